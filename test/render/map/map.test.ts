import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { SpriteSheets } from "../../../src/core/map/sprite-sheet.ts";
import { readMapData } from "../../../src/page/map/map-data.ts";
import { renderMapHtml } from "../../../src/render/map/map-html.ts";
import { packMap } from "../../../src/render/map/map-payload.ts";
import { renderMapJson, renderMapText } from "../../../src/render/map/map-summary.ts";
import { libraryMap, mapPoint } from "../../library-fixtures.ts";

const AWKWARD = [
  "/photos/<!--<script>\u{1F600}.jpg",
  '/photos/"quoted"\n & \\ \u2028.jpg',
  "/photos/</script><img src=x onerror=alert(1)>.jpg",
];
const MAP = libraryMap(
  [
    mapPoint(0, 0.25, { photos: [AWKWARD[0] as string], year: 1999, outlierScore: 0.125 }),
    mapPoint(1, 0.75, { photos: [AWKWARD[1] as string, AWKWARD[2] as string] }),
    mapPoint(0.5, 0.5, { photos: ["/photos/z/last.jpg"], year: 2024, outlierScore: 1.5 }),
  ],
  [
    { kind: "copies", points: [1] },
    { kind: "burst", points: [2, 0] },
  ],
);
const THUMBNAILS: SpriteSheets = {
  edge: 64,
  sheets: [{ jpeg: Uint8Array.of(1, 2, 3), tiles: [{ index: 2, width: 64, height: 48 }] }],
  droppedCount: 1,
};
const asset = (text: string) => ({ text, sha256: createHash("sha256").update(text).digest("base64") });
const ASSETS = { script: asset("let a = 1;"), style: asset("a { color: red }") };
const page = (thumbnails: SpriteSheets | null = null) => renderMapHtml(MAP, thumbnails, "year", ASSETS);

describe("the data of a map's page", () => {
  test("comes back from the page as it went in, whatever the paths are", () => {
    const carried = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page(THUMBNAILS))?.[1] as string;
    const data = readMapData(JSON.parse(carried));
    expect(data).toMatchObject({ count: 3, color: "year", sets: MAP.sets });
    expect([0, 1, 2].map((point) => data.photosOf(point))).toEqual(MAP.points.map(({ photos }) => photos));
    expect([...data.x, ...data.y]).toEqual([0, 1, 0.5, 0.25, 0.75, 0.5]);
    expect([...data.years]).toEqual([1999, 0, 2024]);
    expect([...data.outlierScores]).toEqual([0.125, 0.5, 1.5]);
    expect([...data.setOf]).toEqual([1, 0, 1]);
    expect([...data.folderOf].map((folder) => data.folderNames[folder])).toEqual(["photos", "photos", "photos/z"]);
    expect(data.thumbnails).toEqual({ edge: 64, columns: 32, sheets: [{ image: "AQID", points: "AgAAAA==", sizes: "QDA=" }] });
  });

  test("holds more photos with the same bytes than sixteen bits count", () => {
    const photos = Array.from({ length: 70_000 }, (_, i) => `/photos/${i}.jpg`);
    const data = readMapData(packMap(libraryMap([mapPoint(0, 0, { photos }), mapPoint(1, 1, { photos: ["/z.jpg"] })]), null, "set"));
    expect([data.photosOf(0).length, data.photosOf(1)]).toEqual([70_000, ["/z.jpg"]]);
  });
});

describe("the page of a map", () => {
  test("lets no path end its data or become markup", () => {
    expect(page().match(/<\/script/g)).toHaveLength(2);
    expect(page()).not.toContain("<!--");
    expect(page()).not.toContain("<img");
  });

  test("runs only the script and the style that it was given, and loads nothing", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page())?.[1];
    expect(policy).toBe(
      `default-src 'none'; img-src data:; style-src 'sha256-${ASSETS.style.sha256}'; script-src 'sha256-${ASSETS.script.sha256}'`,
    );
    expect(page()).toContain("<style>a { color: red }</style>");
    expect(page()).toContain('<script type="module">let a = 1;</script>');
  });

  test("says how many photos it shows, and how many have no thumbnail", () => {
    expect(page()).toContain("4 photos · 3 distinct · 1 set of copies · 1 burst · dupfind-lite 12 with threshold 0.65");
    expect(page()).not.toContain("no room");
    expect(page(THUMBNAILS)).toContain("1 photo has no thumbnail, to limit the page's size.");
  });
});

describe("the summary of a map", () => {
  const summary = { map: MAP, thumbnails: THUMBNAILS, output: "map.html", bytes: 12_345 };

  test("says where the page is, what is on it and what is missing", () => {
    expect(renderMapText(summary)).toBe(
      "map.html, 12.3 kB: 4 photos, 3 distinct, 1 set of copies, 1 burst, dupfind-lite 12 with threshold 0.65.\n" +
        "1 thumbnail; 1 left out to limit the size, evenly across the library; 1 photo could no longer be read.\n",
    );
    expect(renderMapText({ ...summary, thumbnails: null }).split("\n")).toHaveLength(2);
  });

  test("has its figures for programs", () => {
    expect(JSON.parse(renderMapJson(summary))).toEqual({
      schemaVersion: 1,
      command: "map",
      encoder: MAP.encoder,
      threshold: 0.65,
      thresholdOrigin: "measured",
      calibration: null,
      output: "map.html",
      bytes: 12_345,
      photos: 4,
      points: 3,
      sets: 2,
      thumbnails: 1,
    });
  });
});
