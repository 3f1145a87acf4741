/**
 * The extra laid on the photo that stays: it comes and goes, or lies on one side of a divider that is dragged, or moved by arrow keys.
 */
import type { Quad } from "../../core/look/verdict.ts";
import { element } from "../elements.ts";
import { transformTo } from "./aligned.ts";

export type CompareMode = "flicker" | "slide";

const FLICKER_MS = 500;
/** Of the picture's width. */
const STEP = 0.02;
const LARGE_STEP = 0.1;

export class Comparison {
  readonly mode: CompareMode;
  /** Takes it away again. */
  readonly end: () => void;
  readonly #paper: HTMLElement;
  readonly #quad: Quad | null;
  /** Carries the extra's picture to where it lies. */
  readonly #over: HTMLElement;
  #isSharp = false;

  /**
   * @param paper of the photo that stays
   * @param image of the extra, in no other place
   * @param quad corners of the extra as they lie on the paper; null where that is not known: then it fills it
   */
  constructor(mode: CompareMode, paper: HTMLElement, image: HTMLImageElement, quad: Quad | null) {
    this.mode = mode;
    this.#paper = paper;
    this.#quad = quad;
    this.#over = element("div", "over", image);
    this.end = mode === "flicker" ? flicker(paper, this.#over) : slide(paper, this.#over);
    this.layOut();
  }

  /** For after the paper was given another size. */
  layOut(): void {
    const { clientWidth, clientHeight } = this.#paper;
    if (this.#quad !== null) this.#over.style.transform = transformTo(this.#quad, clientWidth, clientHeight);
  }

  /** Both sides with all their pixels, or one of them would look softer than it is. @param full makes the picture, called once */
  sharpen(full: () => HTMLImageElement): void {
    if (this.#isSharp) return;
    this.#isSharp = true;
    const image = full();
    image.decode().then(
      () => this.#over.replaceChildren(image),
      () => {},
    );
  }
}

function flicker(paper: HTMLElement, over: HTMLElement): () => void {
  paper.append(over);
  const timer = setInterval(() => over.classList.toggle("away"), FLICKER_MS);
  return () => {
    clearInterval(timer);
    over.remove();
  };
}

function slide(paper: HTMLElement, over: HTMLElement): () => void {
  const half = element("div", "half", over);
  const divider = element("div", "divider");
  let place = 0.5;
  const put = (to: number) => {
    place = Math.min(1, Math.max(0, to));
    const percent = `${(place * 100).toFixed(2)}%`;
    half.style.clipPath = `inset(0 0 0 ${percent})`;
    divider.style.left = percent;
    divider.setAttribute("aria-valuenow", String(Math.round(place * 100)));
  };
  divider.tabIndex = 0;
  divider.setAttribute("role", "slider");
  divider.setAttribute("aria-label", "Divider: the photo that stays is left of it, the extra right of it");
  divider.setAttribute("aria-orientation", "horizontal");
  const moves: Readonly<Record<string, (by: number) => number>> = {
    ArrowLeft: (by) => place - by,
    ArrowRight: (by) => place + by,
    Home: () => 0,
    End: () => 1,
  };
  divider.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    // Elsewhere these go to another set.
    event.stopPropagation();
    event.preventDefault();
    put(move(event.shiftKey ? LARGE_STEP : STEP));
  });
  divider.addEventListener("pointerdown", (event) => {
    event.stopPropagation(); // the picture stays where it is
    divider.setPointerCapture(event.pointerId);
  });
  divider.addEventListener("pointermove", (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    const { left, width } = paper.getBoundingClientRect();
    put((event.clientX - left) / width);
  });
  divider.addEventListener("dblclick", (event) => event.stopPropagation());
  put(place);
  paper.append(half, divider);
  divider.focus({ preventScroll: true });
  return () => {
    half.remove();
    divider.remove();
  };
}
