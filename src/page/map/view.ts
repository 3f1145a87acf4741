/**
 * The canvas and its camera: moves, and paints once a frame at most, and only when something changed.
 */
import { type Bounds, between, boundsOf, type Camera, type Covered, fitCamera, panned, type Viewport, zoomedAt } from "./camera.ts";
import type { MapData } from "./map-data.ts";
import type { Pictures } from "./pictures.ts";
import { type Look, Scene } from "./scene.ts";

const FLIGHT_MS = 260;
const NOTHING: Covered = { left: 0, top: 0 };

export class View {
  readonly canvas: HTMLCanvasElement;
  readonly #data: MapData;
  readonly #scene: Scene;
  readonly #bounds: Bounds;
  readonly #covered: (viewport: Viewport) => Covered;
  #look: Look;
  #viewport: Viewport = { width: 1, height: 1 };
  #camera: Camera = { x: 0.5, y: 0.5, scale: 1 };
  /** Nobody has moved yet: the map keeps filling the screen while that changes. */
  #isWhole = true;
  #isDue = false;
  #flight: { readonly from: Camera; readonly to: Camera; readonly begun: number } | null = null;
  #drawn: Camera | null = null;
  #tellMoved: () => void = () => {};

  /** @param covered by what stands in front of the map */
  constructor(canvas: HTMLCanvasElement, data: MapData, pictures: Pictures, look: Look, covered: (viewport: Viewport) => Covered) {
    this.canvas = canvas;
    this.#covered = covered;
    this.#data = data;
    this.#scene = new Scene(canvas.getContext("2d", { alpha: false }) as CanvasRenderingContext2D, data, pictures);
    this.#bounds = boundsOf(data.x, data.y);
    this.#look = look;
    // The observer's first call comes after the first frame, which would be drawn a thousand times too large.
    this.#resize();
    new ResizeObserver(() => this.#resize()).observe(canvas);
  }

  get look(): Look {
    return this.#look;
  }

  change(look: Partial<Look>): void {
    this.#look = { ...this.#look, ...look };
    this.redraw();
  }

  pan(across: number, down: number): void {
    this.#moveTo(panned(this.#camera, across, down));
  }

  /** @param at place of the screen that stays where it is; its middle where none is named */
  zoom(factor: number, at: readonly [x: number, y: number] = [this.#viewport.width / 2, this.#viewport.height / 2]): void {
    this.#moveTo(zoomedAt(this.#camera, factor, ...at, this.#viewport, this.#whole));
  }

  fit(): void {
    this.#isWhole = true;
    this.#flyTo(this.#whole);
  }

  /** Brings points into view, and near enough to tell them apart. */
  visit(points: readonly number[]): void {
    this.#isWhole = false;
    const pick = (values: Float32Array) => Float32Array.from(points, (point) => values[point] as number);
    const bounds = boundsOf(pick(this.#data.x), pick(this.#data.y));
    const { scale } = fitCamera(bounds, { width: this.#viewport.width / 2, height: this.#viewport.height / 2 }, NOTHING);
    const near = Math.min(scale, Math.max(this.#camera.scale, this.#whole.scale * 6));
    this.#flyTo({ x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2, scale: near });
  }

  /** Calls back after each frame that shows another part of the map than the one before. */
  onMoved(tell: () => void): void {
    this.#tellMoved = tell;
  }

  pointAt(screenX: number, screenY: number): number | null {
    return this.#scene.pointAt(this.#camera, this.#viewport, screenX, screenY);
  }

  redraw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame((now) => this.#draw(now));
  }

  get #whole(): Camera {
    return fitCamera(this.#bounds, this.#viewport, this.#covered(this.#viewport));
  }

  #moveTo(camera: Camera): void {
    this.#isWhole = false;
    this.#flight = null;
    this.#camera = camera;
    this.redraw();
  }

  #flyTo(to: Camera): void {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#flight = still ? null : { from: this.#camera, to, begun: performance.now() };
    if (still) this.#camera = to;
    this.redraw();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    this.#viewport = { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
    this.canvas.width = Math.max(1, Math.round(clientWidth * devicePixelRatio));
    this.canvas.height = Math.max(1, Math.round(clientHeight * devicePixelRatio));
    if (this.#isWhole) this.#camera = this.#whole;
    this.redraw();
  }

  #draw(now: number): void {
    this.#isDue = false;
    const flight = this.#flight;
    if (flight !== null) {
      const share = Math.min(1, Math.max(0, (now - flight.begun) / FLIGHT_MS));
      this.#camera = between(flight.from, flight.to, 1 - (1 - share) ** 3);
      if (share === 1) this.#flight = null;
      else this.redraw();
    }
    this.#scene.paint(this.#camera, this.#viewport, this.canvas.width / this.#viewport.width, this.#look);
    const { x, y, scale } = this.#camera;
    this.canvas.dataset["camera"] = `${x} ${y} ${scale}`;
    if (this.#drawn !== this.#camera) this.#tellMoved();
    this.#drawn = this.#camera;
  }
}
