/**
 * What is on the map: dots, lines between the photos of a set, pictures where there is room, and marks on single points.
 */
import { type Camera, toMap, toScreen, type Viewport } from "./camera.ts";
import { type Coloring, toPixel } from "./colorings.ts";
import { type Dots, paintDots } from "./dots.ts";
import type { MapData } from "./map-data.ts";
import type { Frame, Pictures } from "./pictures.ts";
import { createPointGrid } from "./point-grid.ts";
import { SpacedPoints } from "./spaced-points.ts";
import type { Theme } from "./theme.ts";

/** How the map looks at the moment. */
export interface Look {
  readonly coloring: Coloring;
  /** Only this group stands out; null for all. */
  readonly group: number | null;
  readonly pictures: boolean;
  readonly lines: boolean;
  /** The point under the pointer, and the one that was picked; null for none. */
  readonly hovered: number | null;
  readonly picked: number | null;
  readonly theme: Theme;
}

/** Longer edge of a picture on the map in CSS pixels: on a full map seen whole, and at most. */
const PICTURE_SIZE = { least: 46, most: 84 } as const;
/** How far pictures stay apart, as a multiple of their size: dots are seen in between. */
const PICTURE_SPACING = 1.3;
/** How far from a dot the pointer still means it, in CSS pixels. */
const REACH = 14;

interface DrawnPicture {
  readonly point: number;
  readonly frame: Frame;
}

export class Scene {
  readonly #context: CanvasRenderingContext2D;
  readonly #data: MapData;
  readonly #pictures: Pictures;
  readonly #grid: ReturnType<typeof createPointGrid>;
  readonly #spaced: SpacedPoints;
  #dots: Dots | null = null;
  #dotsOf: Look | null = null;
  #image = new ImageData(1, 1);
  #frames: readonly DrawnPicture[] = [];

  constructor(context: CanvasRenderingContext2D, data: MapData, pictures: Pictures) {
    this.#context = context;
    this.#data = data;
    this.#pictures = pictures;
    this.#grid = createPointGrid(data.x, data.y);
    this.#spaced = new SpacedPoints(data.x, data.y, pictures.points());
  }

  paint(camera: Camera, viewport: Viewport, ratio: number, look: Look): void {
    const context = this.#context;
    const { width, height } = context.canvas;
    if (this.#image.width !== width || this.#image.height !== height) this.#image = new ImageData(width, height);
    const radius = dotRadius(camera, viewport, this.#data.count);
    const pixels = new Uint32Array(this.#image.data.buffer);
    paintDots(pixels, this.#dotsFor(look), camera, viewport, toPixel(look.theme.background), radius * ratio, ratio);
    context.putImageData(this.#image, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (look.lines) this.#drawLines(camera, viewport, radius, look);
    this.#frames = look.pictures ? this.#drawPictures(camera, viewport, look) : [];
    this.#mark(look.hovered, 2, camera, viewport, radius, look.theme);
    this.#mark(look.picked, 3, camera, viewport, radius, look.theme);
  }

  /** The point that a place of the screen means; null for none. A picture lies above the dots that it covers. */
  pointAt(camera: Camera, viewport: Viewport, screenX: number, screenY: number): number | null {
    const covered = this.#frames.findLast(({ frame: { left, top, width, height } }) => {
      return screenX >= left && screenX <= left + width && screenY >= top && screenY <= top + height;
    });
    if (covered !== undefined) return covered.point;
    const point = this.#grid.nearest(...toMap(camera, viewport, screenX, screenY), REACH / camera.scale);
    return point === -1 ? null : point;
  }

  #dotsFor(look: Look): Dots {
    const before = this.#dotsOf;
    if (this.#dots !== null && before?.coloring === look.coloring && before.group === look.group && before.theme === look.theme) {
      return this.#dots;
    }
    this.#dotsOf = look;
    this.#dots = { x: this.#data.x, y: this.#data.y, ...colorDots(look) };
    return this.#dots;
  }

  /** A line that two dots would cover is left out: at a distance a tight set would be a blot. */
  #drawLines(camera: Camera, viewport: Viewport, radius: number, { theme, picked, hovered }: Look): void {
    const { x, y, sets, setOf } = this.#data;
    const place = (point: number) => toScreen(camera, viewport, x[point] as number, y[point] as number);
    const chosen = new Set([picked, hovered].map((point) => (point === null ? -1 : (setOf[point] as number))));
    for (const isChosen of [false, true]) {
      this.#context.beginPath();
      for (const [index, { points }] of sets.entries()) {
        if (chosen.has(index) !== isChosen) continue;
        const from = place(points[0] as number);
        for (const point of points.slice(1)) {
          const to = place(point);
          if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 2 * radius) continue;
          this.#context.moveTo(...from);
          this.#context.lineTo(...to);
        }
      }
      this.#context.strokeStyle = isChosen ? theme.ink : theme.line;
      this.#context.lineWidth = isChosen ? 2.5 : 1.25;
      this.#context.stroke();
    }
  }

  #drawPictures(camera: Camera, viewport: Viewport, look: Look): readonly DrawnPicture[] {
    const { x, y } = this.#data;
    const drawn: DrawnPicture[] = [];
    const size = pictureSize(camera, viewport, this.#data.count);
    for (const point of this.#spaced.atLeastApart((size * PICTURE_SPACING) / camera.scale)) {
      if (look.group !== null && look.coloring.groupOf[point] !== look.group) continue;
      const [atX, atY] = toScreen(camera, viewport, x[point] as number, y[point] as number);
      const reach = size / 2 + 2;
      if (atX < -reach || atY < -reach || atX > viewport.width + reach || atY > viewport.height + reach) continue;
      const frame = this.#pictures.draw(this.#context, point, atX, atY, size);
      if (frame === null) continue;
      this.#context.strokeStyle = look.coloring.groups[look.coloring.groupOf[point] as number]?.color ?? look.theme.quiet;
      this.#context.lineWidth = 2;
      this.#context.strokeRect(frame.left, frame.top, frame.width, frame.height);
      drawn.push({ point, frame });
    }
    return drawn;
  }

  #mark(point: number | null, width: number, camera: Camera, viewport: Viewport, radius: number, theme: Theme): void {
    if (point === null) return;
    const context = this.#context;
    const [atX, atY] = toScreen(camera, viewport, this.#data.x[point] as number, this.#data.y[point] as number);
    const frame = this.#frames.find((drawn) => drawn.point === point)?.frame;
    context.beginPath();
    if (frame === undefined) context.arc(atX, atY, radius + 4, 0, 2 * Math.PI);
    else context.rect(frame.left - 2, frame.top - 2, frame.width + 4, frame.height + 4);
    context.strokeStyle = theme.ink;
    context.lineWidth = width;
    context.stroke();
  }
}

/** Points that do not stand out lie below the others. */
function colorDots({ coloring, group, theme }: Look): Pick<Dots, "order" | "colors"> {
  const { groupOf, groups } = coloring;
  const quiet = toPixel(theme.quiet);
  const pixels = groups.map(({ color }, i) => (color === null || (group !== null && group !== i) ? quiet : toPixel(color)));
  const colors = Uint32Array.from(groupOf, (i) => pixels[i] as number);
  const stands = (point: number) => (group === null ? groups[groupOf[point] as number]?.color !== null : groupOf[point] === group);
  const all = Array.from(groupOf, (_, point) => point);
  return { colors, order: Uint32Array.from([...all.filter((point) => !stands(point)), ...all.filter(stands)]) };
}

/** Larger where there are few and where one is near, in CSS pixels. */
function dotRadius(camera: Camera, viewport: Viewport, count: number): number {
  return Math.min(7, Math.max(1.6, roomOfEach(viewport, count) * 0.16) * nearness(camera, viewport) ** 0.35);
}

/** As dots are. */
function pictureSize(camera: Camera, viewport: Viewport, count: number): number {
  const { least, most } = PICTURE_SIZE;
  return Math.round(Math.min(most, Math.max(least, roomOfEach(viewport, count) * 0.36) * nearness(camera, viewport) ** 0.2));
}

/** Edge of the square that each point would have if all were spread evenly, in CSS pixels. */
function roomOfEach({ width, height }: Viewport, count: number): number {
  return Math.sqrt((width * height) / Math.max(count, 1));
}

/** 1 where the map is seen whole, twice as much where it is drawn twice as large. */
function nearness(camera: Camera, { width, height }: Viewport): number {
  return Math.max(1, camera.scale / Math.min(width, height));
}
