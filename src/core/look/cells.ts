/**
 * How far two pictures agree, cell by cell of what lies on each other.
 */
import { bestAgreement, correlation, deviation, isCovered, LetterCells } from "./cell-agreement.ts";
import type { Overlay } from "./overlay.ts";

export interface Cells {
  /** Edge of a cell in pixels of the overlay. */
  readonly edge: number;
  readonly columns: number;
  readonly rows: number;
  /** Left and top edge of the first cell, in pixels of the overlay. */
  readonly left: number;
  readonly top: number;
  /** Normalised correlation of each cell, at the shift where it is highest, in [-1, 1]; NaN where a cell is not covered or both are flat. */
  readonly agreement: Float32Array;
  /** Pixels that the other picture was shifted by for that; [columns * rows] each. */
  readonly shiftX: Int8Array;
  readonly shiftY: Int8Array;
  /** Standard deviation of the brightness in each cell, in the one picture and in the other; NaN where it is not covered. */
  readonly contrastOfOne: Float32Array;
  readonly contrastOfOther: Float32Array;
  /** Share of the pixels of each cell that are near its brightest or its darkest: the paper behind ink. */
  readonly paper: Float32Array;
}

/** Along the longer edge of what is covered. */
const CELLS_ALONG = 32;
const SMALLEST_EDGE = 8;
/** Standard deviation of the brightness from which on there is something in a cell. */
export const TEXTURED_FROM = 4;
/**
 * What is compared in a cell: all of its brightness, or, of text, what is left of it without the mean of every row and column. Lines of
 * text lie on lines of any other text, and would make half of the agreement.
 */
export type Comparison = "brightness" | "letters";

export function compareCells({ width, height, one, other, covered }: Overlay, comparison: Comparison = "brightness"): Cells {
  const bounds = boundsOf(covered, width, height);
  const edge = Math.max(SMALLEST_EDGE, Math.round(Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top) / CELLS_ALONG));
  const columns = Math.floor((bounds.right - bounds.left) / edge);
  const rows = Math.floor((bounds.bottom - bounds.top) / edge);
  const left = bounds.left + ((bounds.right - bounds.left - columns * edge) >> 1);
  const top = bounds.top + ((bounds.bottom - bounds.top - rows * edge) >> 1);
  const count = columns * rows;
  const cells = {
    edge,
    columns,
    rows,
    left,
    top,
    agreement: new Float32Array(count).fill(Number.NaN),
    shiftX: new Int8Array(count),
    shiftY: new Int8Array(count),
    contrastOfOne: new Float32Array(count).fill(Number.NaN),
    contrastOfOther: new Float32Array(count).fill(Number.NaN),
    paper: new Float32Array(count),
  };
  const shift = Math.max(2, Math.round(edge / 5));
  const letters = new LetterCells(edge);
  const layers = { width, height, one, other, covered };
  const deviationOf = comparison === "letters" ? letters.deviation : deviation;
  const correlate = comparison === "letters" ? letters.correlation : correlation;
  const compare = (cell: number): void => {
    const [x, y] = cornerOfCell(cells, cell);
    if (!isCovered(covered, width, x, y, edge)) return;
    const [a, b] = [deviationOf(one, width, x, y, edge), deviationOf(other, width, x, y, edge)];
    cells.contrastOfOne[cell] = a;
    cells.contrastOfOther[cell] = b;
    if (Math.max(a, b) < TEXTURED_FROM) return;
    cells.paper[cell] = paperOf(a > b ? one : other, width, x, y, edge);
    const best = bestAgreement(layers, x, y, edge, shift, correlate);
    cells.agreement[cell] = best.agreement;
    cells.shiftX[cell] = best.dx;
    cells.shiftY[cell] = best.dy;
  };
  // A part of the cells first: where these are others, so is the rest, and it need not be searched.
  const isOfSample = (cell: number) => ((cell % columns) + 2 * Math.floor(cell / columns)) % SAMPLE_STEP === 0;
  for (let cell = 0; cell < count; cell++) if (isOfSample(cell)) compare(cell);
  if (areOthers(cells.agreement)) return cells;
  for (let cell = 0; cell < count; cell++) if (!isOfSample(cell)) compare(cell);
  return cells;
}

/** Its left and top edge, in pixels of the overlay. */
export function cornerOfCell(
  { left, top, edge, columns }: Pick<Cells, "left" | "top" | "edge" | "columns">,
  cell: number,
): readonly [x: number, y: number] {
  return [left + (cell % columns) * edge, top + Math.floor(cell / columns) * edge];
}

/** One cell of so many is of the sample; fewer in it than that tell nothing. */
const SAMPLE_STEP = 5;
const FEWEST_IN_SAMPLE = 24;
const FEW_AGREE = 0.3;

function areOthers(agreement: Float32Array): boolean {
  let [seen, agreeing] = [0, 0];
  for (const value of agreement) {
    if (Number.isNaN(value)) continue;
    seen++;
    if (value >= 0.5) agreeing++;
  }
  return seen >= FEWEST_IN_SAMPLE && agreeing < FEW_AGREE * seen;
}

function boundsOf(covered: Uint8Array, width: number, height: number) {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (covered[at] === 0) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return right > left ? { left, right, top, bottom } : { left: 0, right: 0, top: 0, bottom: 0 };
}

/** Brightness between the ends of a cell's range that is neither ink nor paper. */
const NEAR_AN_END = 0.3;

/** Share of the pixels of a square that are near its brightest or its darkest: the paper behind ink. */
export function paperOf(values: Float32Array | Uint8Array, width: number, x: number, y: number, edge: number): number {
  let [low, high] = [255, 0];
  for (let row = y; row < y + edge; row++) {
    for (let at = row * width + x; at < row * width + x + edge; at++) {
      const value = values[at] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const [dark, bright] = [low + NEAR_AN_END * (high - low), high - NEAR_AN_END * (high - low)];
  let [darks, brights] = [0, 0];
  for (let row = y; row < y + edge; row++) {
    for (let at = row * width + x; at < row * width + x + edge; at++) {
      const value = values[at] as number;
      if (value < dark) darks++;
      if (value > bright) brights++;
    }
  }
  return Math.max(darks, brights) / (edge * edge);
}
