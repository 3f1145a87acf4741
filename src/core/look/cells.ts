/**
 * How far two pictures agree, cell by cell of what lies on each other.
 */
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
/** A cell that agrees so well is not shifted. */
const GOOD = 0.9;

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
    const [x, y] = [left + (cell % columns) * edge, top + Math.floor(cell / columns) * edge];
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

function isCovered(covered: Uint8Array, width: number, x: number, y: number, edge: number): boolean {
  const [right, bottom] = [x + edge - 1, y + edge - 1];
  return [y * width + x, y * width + right, bottom * width + x, bottom * width + right].every((at) => covered[at] === 1);
}

function deviation(values: Float32Array, width: number, x: number, y: number, edge: number): number {
  let [sum, squares] = [0, 0];
  for (let row = y; row < y + edge; row++) {
    for (let at = row * width + x; at < row * width + x + edge; at++) {
      const value = values[at] as number;
      sum += value;
      squares += value * value;
    }
  }
  const count = edge * edge;
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** Brightness between the ends of a cell's range that is neither ink nor paper. */
const NEAR_AN_END = 0.3;

function paperOf(values: Float32Array, width: number, x: number, y: number, edge: number): number {
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

type Layers = Pick<Overlay, "width" | "height" | "one" | "other" | "covered">;

/** Edge of a cell from which on a quarter of its pixels tells where it lies. */
const COARSE_FROM = 24;

/** Downhill from where it lies, in steps of two pixels and then one: a lens or a fold moves a part of a picture a little. */
function bestAgreement(layers: Layers, x: number, y: number, edge: number, shift: number, correlate: Correlate) {
  let best = correlate(layers, x, y, edge, 0, 0);
  let [dx, dy] = [0, 0];
  if (best >= GOOD) return { agreement: best, dx, dy };
  // Where it may lie is found in a quarter of the pixels, and then seen in all.
  const stride = edge >= COARSE_FROM ? 2 : 1;
  let [rough, fromX, fromY] = [-1, 0, 0];
  for (let v = -shift; v <= shift; v += 2) {
    for (let u = -shift; u <= shift; u += 2) {
      const found = correlation(layers, x, y, edge, u, v, stride);
      if (found > rough) [rough, fromX, fromY] = [found, u, v];
    }
  }
  for (let v = -1; v <= 1; v++) {
    for (let u = -1; u <= 1; u++) {
      const found = correlate(layers, x, y, edge, fromX + u, fromY + v);
      if (found > best) {
        best = found;
        dx = fromX + u;
        dy = fromY + v;
      }
    }
  }
  return { agreement: best, dx, dy };
}

type Correlate = (layers: Layers, x: number, y: number, edge: number, dx: number, dy: number) => number;

/** Correlation and deviation without the means of rows and columns; keeps room for these, so that no cell asks for memory. */
class LetterCells {
  readonly #rowsOfOne: Float64Array;
  readonly #columnsOfOne: Float64Array;
  readonly #rowsOfOther: Float64Array;
  readonly #columnsOfOther: Float64Array;

  constructor(edge: number) {
    [this.#rowsOfOne, this.#columnsOfOne] = [new Float64Array(edge), new Float64Array(edge)];
    [this.#rowsOfOther, this.#columnsOfOther] = [new Float64Array(edge), new Float64Array(edge)];
  }

  readonly deviation = (values: Float32Array, width: number, x: number, y: number, edge: number): number => {
    const squares = this.#sums(values, y * width + x, width, edge, this.#rowsOfOne, this.#columnsOfOne);
    const rows = this.#rowsOfOne;
    const columns = this.#columnsOfOne;
    return Math.sqrt(Math.max(0, withoutMeans(squares, rows, rows, columns, columns, edge) / (edge * edge)));
  };

  readonly correlation: Correlate = ({ width, height, one, other, covered }, x, y, edge, dx, dy) => {
    if (x + dx < 0 || y + dy < 0 || x + dx + edge > width || y + dy + edge > height) return -1;
    if (!isCovered(covered, width, x + dx, y + dy, edge)) return -1;
    const [from, to] = [y * width + x, (y + dy) * width + x + dx];
    const [rows, columns, otherRows, otherColumns] = [this.#rowsOfOne, this.#columnsOfOne, this.#rowsOfOther, this.#columnsOfOther];
    const aa = withoutMeans(this.#sums(one, from, width, edge, rows, columns), rows, rows, columns, columns, edge);
    const squares = this.#sums(other, to, width, edge, otherRows, otherColumns);
    const bb = withoutMeans(squares, otherRows, otherRows, otherColumns, otherColumns, edge);
    let products = 0;
    for (let row = 0; row < edge; row++) {
      for (let column = 0; column < edge; column++)
        products += (one[from + row * width + column] as number) * (other[to + row * width + column] as number);
    }
    const ab = withoutMeans(products, rows, otherRows, columns, otherColumns, edge);
    const count = edge * edge;
    return ab / count / (Math.sqrt(Math.max(0, aa / count) * Math.max(0, bb / count)) + 2);
  };

  /** Fills in the sums of rows and columns. @returns the sum of squares */
  #sums(values: Float32Array, from: number, width: number, edge: number, rows: Float64Array, columns: Float64Array): number {
    columns.fill(0);
    let squares = 0;
    for (let row = 0; row < edge; row++) {
      let sum = 0;
      for (let column = 0; column < edge; column++) {
        const value = values[from + row * width + column] as number;
        sum += value;
        squares += value * value;
        columns[column] = (columns[column] as number) + value;
      }
      rows[row] = sum;
    }
    return squares;
  }
}

/** A sum of products over a square of cells, less what the sums of rows and of columns make of it. */
function withoutMeans(
  products: number,
  rows: Float64Array,
  otherRows: Float64Array,
  columns: Float64Array,
  otherColumns: Float64Array,
  edge: number,
): number {
  let byRows = 0;
  let byColumns = 0;
  let all = 0;
  let allOther = 0;
  for (let i = 0; i < edge; i++) {
    byRows += (rows[i] as number) * (otherRows[i] as number);
    byColumns += (columns[i] as number) * (otherColumns[i] as number);
    all += rows[i] as number;
    allOther += otherRows[i] as number;
  }
  return products - byRows / edge - byColumns / edge + (all * allOther) / (edge * edge);
}

/**
 * Of the cell with the other picture shifted by (dx, dy); -1 where that leaves what is covered.
 * @param stride every so manieth pixel each way counts
 */
function correlation(
  { width, height, one, other, covered }: Layers,
  x: number,
  y: number,
  edge: number,
  dx: number,
  dy: number,
  stride = 1,
): number {
  if (x + dx < 0 || y + dy < 0 || x + dx + edge > width || y + dy + edge > height) return -1;
  if (!isCovered(covered, width, x + dx, y + dy, edge)) return -1;
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  let count = 0;
  for (let row = 0; row < edge; row += stride) {
    const from = (y + row) * width + x;
    const off = (y + row + dy) * width + x + dx - from;
    for (let at = from; at < from + edge; at += stride) {
      const p = one[at] as number;
      const q = other[at + off] as number;
      count++;
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const [varianceOfOne, varianceOfOther] = [aa / count - (a / count) ** 2, bb / count - (b / count) ** 2];
  // Two grey levels of noise: a cell that is flat in one picture agrees with nothing.
  return (ab / count - (a / count) * (b / count)) / (Math.sqrt(Math.max(0, varianceOfOne) * Math.max(0, varianceOfOther)) + 2);
}
