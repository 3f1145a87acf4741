/**
 * Two pictures side by side under one zoom: what is moved in the one moves in the other.
 */
import type { Box, Quad } from "../../core/look/verdict.ts";
import { element } from "../elements.ts";
import { type CompareMode, Comparison } from "./comparison.ts";
import { anotherPictureOf, pictureOf } from "./pictures.ts";

export interface PaneView {
  readonly set: number;
  readonly member: number;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
}

/** From here on the picture is asked for at its full size. */
const FULL_FROM = 1.5;
const ZOOM_AT_MOST = 40;

interface Pane {
  readonly stage: HTMLElement;
  /** Carries the zoom; as large as the stage. */
  readonly layer: HTMLElement;
  view: PaneView | null;
  paper: HTMLElement | null;
}

export class Panes {
  readonly #main: HTMLElement;
  readonly #panes: readonly [Pane, Pane];
  /** Of the stage's width and height. */
  #x = 0;
  #y = 0;
  #scale = 1;
  #comparison: Comparison | null = null;
  readonly #pointers = new Map<number, { x: number; y: number }>();

  /** @param main that holds both */
  constructor(main: HTMLElement, keeper: HTMLElement, extra: HTMLElement) {
    this.#main = main;
    this.#panes = [this.#pane(keeper), this.#pane(extra)];
    // The room that is left by the words beside a picture is known once these are there.
    const resized = new ResizeObserver(() => this.#layOut());
    for (const { stage } of this.#panes) resized.observe(stage);
  }

  show(keeper: PaneView, extra: PaneView | null): void {
    this.stopComparing();
    for (const [index, view] of [keeper, extra].entries()) this.#fill(this.#panes[index] as Pane, view);
    this.reset();
  }

  reset(): void {
    this.#move(0, 0, 1);
  }

  /** About the middle of the stage where no place is given, in its width and height. */
  zoom(factor: number, atX = 0.5, atY = 0.5): void {
    const scale = Math.min(ZOOM_AT_MOST, Math.max(1, this.#scale * factor));
    const change = scale / this.#scale;
    this.#move(atX - (atX - this.#x) * change, atY - (atY - this.#y) * change, scale);
  }

  /** Lays the extra on the keeper, or ends that where it is laid so already. */
  compare(mode: CompareMode, extraOnKeeper: Quad | null): void {
    const ended = this.#comparison?.mode;
    this.stopComparing();
    const [{ paper }, { view }] = this.#panes;
    if (ended === mode || paper === null || view === null) return;
    // Which of the two is seen is told by the divider; the room of both goes to one.
    this.#main.classList.toggle("compared", mode === "slide");
    this.#layOut();
    this.#comparison = new Comparison(mode, paper, anotherPictureOf(view.set, view.member, "screen", ""), extraOnKeeper);
    this.#sharpenAll();
  }

  stopComparing(): void {
    this.#comparison?.end();
    this.#comparison = null;
    this.#main.classList.remove("compared");
  }

  #pane(figure: HTMLElement): Pane {
    const [stage, layer] = [".stage", ".sheet"].map((name) => figure.querySelector(name)) as [HTMLElement, HTMLElement];
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { x, y } = placeIn(stage, event);
      this.zoom(Math.exp(-event.deltaY / 400), x, y);
    });
    stage.addEventListener("dblclick", (event) => {
      const { x, y } = placeIn(stage, event);
      if (this.#scale > 1) this.reset();
      else this.zoom(3, x, y);
    });
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, placeIn(stage, event));
    });
    stage.addEventListener("pointermove", (event) => this.#drag(event.pointerId, placeIn(stage, event)));
    for (const name of ["pointerup", "pointercancel"] as const)
      stage.addEventListener(name, (event) => this.#pointers.delete(event.pointerId));
    return { stage, layer, view: null, paper: null };
  }

  /** One pointer moves the picture; two pull it apart. */
  #drag(id: number, to: { readonly x: number; readonly y: number }): void {
    const from = this.#pointers.get(id);
    if (from === undefined) return;
    const [other] = [...this.#pointers].filter(([each]) => each !== id).map(([, place]) => place);
    this.#pointers.set(id, to);
    if (other === undefined) this.#move(this.#x + to.x - from.x, this.#y + to.y - from.y, this.#scale);
    else this.zoom(distance(to, other) / Math.max(1e-6, distance(from, other)), (to.x + other.x) / 2, (to.y + other.y) / 2);
  }

  #move(x: number, y: number, scale: number): void {
    this.#scale = scale;
    this.#x = Math.min(0, Math.max(1 - scale, x));
    this.#y = Math.min(0, Math.max(1 - scale, y));
    for (const { layer } of this.#panes) layer.style.transform = `translate(${this.#x * 100}%, ${this.#y * 100}%) scale(${this.#scale})`;
    this.#main.style.setProperty("--zoom", String(this.#scale));
    this.#sharpenAll();
  }

  #fill(pane: Pane, view: PaneView | null): void {
    pane.view = view;
    pane.paper = view === null ? null : element("div", "paper", pictureOf(view.set, view.member, "screen", view.path));
    for (const box of view?.boxes ?? []) pane.paper?.append(boxElement(box));
    pane.layer.replaceChildren(...(pane.paper === null ? [] : [pane.paper]));
    this.#layOut();
  }

  #sharpenAll(): void {
    if (this.#scale < FULL_FROM) return;
    for (const pane of this.#panes) this.#sharpen(pane);
    const { view } = this.#panes[1];
    if (view !== null) this.#comparison?.sharpen(() => anotherPictureOf(view.set, view.member, "full", ""));
  }

  /** Takes the place of the smaller picture once it is there. */
  #sharpen({ view, paper }: Pane): void {
    const first = paper?.firstElementChild;
    if (view === null || paper === null || !(first instanceof HTMLImageElement) || paper.dataset["full"] === "asked") return;
    paper.dataset["full"] = "asked";
    const full = pictureOf(view.set, view.member, "full", view.path);
    full.decode().then(
      () => first.replaceWith(full),
      () => {},
    );
  }

  #layOut(): void {
    for (const { stage, view, paper } of this.#panes) {
      if (view === null || paper === null) continue;
      const scale = Math.min(stage.clientWidth / view.width, stage.clientHeight / view.height);
      const [width, height] = [view.width * scale, view.height * scale];
      const left = (stage.clientWidth - width) / 2;
      const top = (stage.clientHeight - height) / 2;
      Object.assign(paper.style, { width: `${width}px`, height: `${height}px`, left: `${left}px`, top: `${top}px` });
    }
    this.#comparison?.layOut();
  }
}

function boxElement({ x, y, width, height }: Box): HTMLElement {
  const made = element("div", "box");
  Object.assign(made.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
  return made;
}

function placeIn(stage: HTMLElement, event: MouseEvent): { x: number; y: number } {
  const { left, top, width, height } = stage.getBoundingClientRect();
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
}

function distance(one: { x: number; y: number }, other: { x: number; y: number }): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
