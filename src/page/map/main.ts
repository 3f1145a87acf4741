/**
 * The script of a map's page: reads the data that the page carries, and joins the map with what stands around it.
 */
import { MAP_COLORS, type MapColor } from "../../core/map/library-map.ts";
import type { MapPayload } from "../../core/map/map-payload.ts";
import { byId } from "../elements.ts";
import type { Covered, Viewport } from "./camera.ts";
import { colorBy } from "./colorings.ts";
import { Details } from "./details.ts";
import { listen } from "./input.ts";
import { showLegend } from "./legend.ts";
import { readMapData } from "./map-data.ts";
import { Pictures } from "./pictures.ts";
import { onThemeChange, readTheme } from "./theme.ts";
import { View } from "./view.ts";

const data = readMapData(JSON.parse(byId("data", HTMLScriptElement).text) as MapPayload);
const pictures = new Pictures(data.thumbnails);
const details = new Details(data, pictures);
const heading = byId("top", HTMLElement);
const legendFold = byId("legend", HTMLDetailsElement);
const card = byId("card", HTMLDivElement);
const panel = byId("panel", HTMLElement);
const panelContent = byId("panel-content", HTMLDivElement);
const colorChoice = byId("color", HTMLSelectElement);
const picturesChoice = byId("pictures", HTMLInputElement);
const linesChoice = byId("lines", HTMLInputElement);
const legend = byId("legend-content", HTMLDivElement);
const spoken = byId("spoken", HTMLDivElement);
const help = byId("help", HTMLDialogElement);
const view = new View(
  byId("map", HTMLCanvasElement),
  data,
  pictures,
  {
    coloring: colorBy(data.color, data),
    group: null,
    pictures: pictures.points().length > 0,
    lines: true,
    hovered: null,
    picked: null,
    theme: readTheme(),
  },
  coveredByTop,
);

/** What Tab goes through: the keepers of sets, or all points where there is no set. */
const stops = data.sets.length > 0 ? data.sets.map(({ points }) => points[0] as number) : Array.from(data.x, (_, point) => point);
let stop = -1;
/** Escape lets the next Tab leave the map. */
let isLeaving = false;

const COLOR_NAMES: Readonly<Record<MapColor, string>> = { folder: "folder", year: "year", set: "duplicate set", outlier: "how unusual" };

// On a phone the names would hide the map.
legendFold.open = innerWidth > 640;
setUpControls();
listen(view, { hover, pick, walk, confirm: () => pick(view.look.hovered), escape: stepBack });
onThemeChange((theme) => view.change({ theme }));
pictures.opened().then(() => view.redraw());
colorAs(data.color);

function setUpControls(): void {
  colorChoice.append(...MAP_COLORS.map((name) => new Option(COLOR_NAMES[name], name)));
  colorChoice.value = data.color;
  colorChoice.addEventListener("change", () => colorAs(colorChoice.value as MapColor));
  picturesChoice.checked = view.look.pictures;
  picturesChoice.disabled = !view.look.pictures;
  picturesChoice.addEventListener("change", () => view.change({ pictures: picturesChoice.checked }));
  linesChoice.addEventListener("change", () => view.change({ lines: linesChoice.checked }));
  byId("zoom-in", HTMLButtonElement).addEventListener("click", () => view.zoom(1.6));
  byId("zoom-out", HTMLButtonElement).addEventListener("click", () => view.zoom(1 / 1.6));
  byId("fit", HTMLButtonElement).addEventListener("click", () => view.fit());
  byId("show-help", HTMLButtonElement).addEventListener("click", () => help.showModal());
  byId("close-panel", HTMLButtonElement).addEventListener("click", () => pick(null));
}

/** Beside the map on a wide screen, above it on a narrow one. */
function coveredByTop({ width }: Viewport): Covered {
  const { right, bottom } = heading.getBoundingClientRect();
  return right < width / 2 ? { left: right, top: 0 } : { left: 0, top: bottom };
}

function colorAs(color: MapColor): void {
  const coloring = colorBy(color, data);
  const choose = (group: number | null) => {
    view.change({ coloring, group });
    showLegend(legend, coloring, group, choose);
  };
  choose(null);
}

function hover(point: number | null, x: number, y: number): void {
  view.canvas.classList.toggle("over-point", point !== null);
  if (point !== view.look.hovered) {
    view.change({ hovered: point });
    card.replaceChildren(...(point === null ? [] : details.brief(point)));
  }
  card.hidden = point === null;
  if (point !== null) placeCard(x, y);
}

/** Beside the pointer, on the side where there is room. */
function placeCard(x: number, y: number): void {
  const { clientWidth, clientHeight } = view.canvas;
  const left = x + 18 + card.offsetWidth > clientWidth ? x - 18 - card.offsetWidth : x + 18;
  card.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, Math.min(y + 14, clientHeight - card.offsetHeight - 4))}px)`;
}

function pick(point: number | null): void {
  view.change({ picked: point });
  panel.hidden = point === null;
  if (point === null) return;
  card.hidden = true;
  panelContent.replaceChildren(...details.full(point, (other) => visit(other, pick)));
  spoken.textContent = details.spoken(point);
}

/** Flies to a point and all that is in a set with it. */
function visit(point: number, then: (point: number) => void): void {
  view.visit(data.sets[data.setOf[point] as number]?.points ?? [point]);
  then(point);
}

/** @returns false where the walk has come to its end */
function walk(step: 1 | -1): boolean {
  const next = stop + step;
  if (isLeaving || next < 0 || next >= stops.length) {
    isLeaving = false;
    stop = -1;
    return false;
  }
  stop = next;
  visit(stops[stop] as number, (point) => {
    view.change({ hovered: point });
    if (view.look.picked === null) spoken.textContent = details.spoken(point);
    else pick(point);
  });
  return true;
}

function stepBack(): void {
  if (view.look.picked === null) {
    isLeaving = true;
    hover(null, 0, 0);
  } else pick(null);
}
