/**
 * A map as one page that works by itself: no server, no network, nothing to install. Paths stand in its data as JSON and reach the
 * page as text, never as markup.
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { LibraryMap, MapColor } from "../../core/map/library-map.ts";
import type { SpriteSheets } from "../../core/map/sprite-sheet.ts";
import type { PageAssets } from "../../core/pages/page-assets.ts";
import { counted, grouped } from "../words.ts";
import { packMap } from "./map-payload.ts";

/** @param thumbnails null for a page without */
export function renderMapHtml(map: LibraryMap, thumbnails: SpriteSheets | null, color: MapColor, { script, style }: PageAssets): string {
  const facts = mapFacts(map);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'sha256-${style.sha256}'; script-src 'sha256-${script.sha256}'">
<title>Map of ${facts[0]}</title>
<style>${style.text}</style>
</head>
<body>
<canvas id="map" tabindex="0" role="application" aria-label="Map of ${facts[0]}. Arrow keys move, plus and minus zoom, Tab goes from set to set, Escape and then Tab leave the map." aria-describedby="spoken"></canvas>
<section id="top" class="surface" aria-label="About this map">
<h1>Photos by similarity</h1>
<p class="note">${facts.join(" · ")}</p>
${thumbnailNote(thumbnails)}<div class="choices">
<label>Colour <select id="color"></select></label>
<label><input type="checkbox" id="pictures"> Pictures</label>
<label><input type="checkbox" id="lines" checked> Lines</label>
</div>
<details id="legend" open><summary>What the colours mean</summary><div id="legend-content"></div></details>
</section>
<div id="tools" class="surface">
<button type="button" id="zoom-in" aria-label="Zoom in">+</button>
<button type="button" id="zoom-out" aria-label="Zoom out">−</button>
<button type="button" id="fit" aria-label="Show everything" title="Show everything">⤢</button>
<button type="button" id="show-help" aria-label="How to use the map">?</button>
</div>
<div id="card" class="surface" hidden></div>
<section id="panel" class="surface" aria-label="The selected photo" hidden>
<header><h2>Photo</h2><button type="button" id="close-panel" aria-label="Close">✕</button></header>
<div id="panel-content"></div>
</section>
<dialog id="help">
<h2>How to use the map</h2>
<p class="note">Similar photos are placed close together; the distance between groups means little. Lines connect the photos of a set.</p>
<dl>
<dt>Drag, <kbd>←↑↓→</kbd></dt><dd>move</dd>
<dt>Wheel, pinch, <kbd>+</kbd> <kbd>−</kbd></dt><dd>zoom</dd>
<dt><kbd>0</kbd></dt><dd>show everything</dd>
<dt>Click, tap</dt><dd>show a photo and its path</dd>
<dt><kbd>Tab</kbd>, <kbd>Shift</kbd>+<kbd>Tab</kbd></dt><dd>next and previous set</dd>
<dt><kbd>Enter</kbd></dt><dd>select it</dd>
<dt><kbd>Esc</kbd></dt><dd>close; then Tab leaves the map</dd>
</dl>
<form method="dialog"><button>Close</button></form>
</dialog>
<div id="spoken" aria-live="polite"></div>
<noscript><div class="surface"><h2>This map needs JavaScript</h2><p>It shows ${facts.join(", ")}. dupfind report lists the same sets.</p></div></noscript>
<script type="application/json" id="data">${inScript(JSON.stringify(packMap(map, thumbnails, color)))}</script>
<script type="module">${script.text}</script>
</body>
</html>
`;
}

/** Of the map, in words: for its page and for the terminal. */
export function mapFacts({ points, sets, encoder, threshold }: LibraryMap): readonly string[] {
  const photos = points.reduce((sum, point) => sum + point.photos.length, 0);
  const count = (kind: (typeof sets)[number]["kind"]) => sets.filter((set) => set.kind === kind).length;
  return [
    counted(photos, "photo"),
    // Files with the same bytes share a dot.
    ...(points.length < photos ? [`${grouped(points.length)} distinct`] : []),
    `${counted(count("copies"), "set")} of copies`,
    ...(count("altered") > 0 ? [`${grouped(count("altered"))} altered`] : []),
    ...(count("undecided") > 0 ? [`${grouped(count("undecided"))} undecided`] : []),
    ...(count("burst") > 0 ? [counted(count("burst"), "burst")] : []),
    `${encoderTitle(encoder)} with threshold ${threshold.value}`,
  ];
}

function thumbnailNote(thumbnails: SpriteSheets | null): string {
  if (thumbnails === null || thumbnails.droppedCount === 0) return "";
  return `<p class="note">${counted(thumbnails.droppedCount, "photo has", "photos have")} no thumbnail, to limit the page's size.</p>\n`;
}

/** A script's text ends at the first "</script", whatever is around it, and has an odd state that "<!--" begins. */
function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
