/**
 * How far one cell of two pictures agrees, at the shift where it agrees best.
 */
import type { Overlay } from "./overlay.ts";

/** A cell that agrees so well is not shifted. */
const GOOD = 0.9;

export type Layers = Pick<Overlay, "width" | "height" | "one" | "other" | "covered">;

/** Edge of a cell from which on a quarter of its pixels tells where it lies. */
const COARSE_FROM = 24;

/** Downhill from where it lies, in steps of two pixels and then one: a lens or a fold moves a part of a picture a little. */
export function bestAgreement(layers: Layers, x: number, y: number, edge: number, shift: number, correlate: Correlate) {
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

export type Correlate = (layers: Layers, x: number, y: number, edge: number, dx: number, dy: number) => number;

/** Correlation and deviation without the means of rows and columns; keeps room for these, so that no cell asks for memory. */
export class LetterCells {
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
 * @param stride of every so many pixels each way one counts
 */
export function correlation(
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
export function isCovered(covered: Uint8Array, width: number, x: number, y: number, edge: number): boolean {
  const [right, bottom] = [x + edge - 1, y + edge - 1];
  return [y * width + x, y * width + right, bottom * width + x, bottom * width + right].every((at) => covered[at] === 1);
}

/** What a picture shows, as a deviation of the brightness, less what another explains that agrees with it so far (from 0 to 1). */
export function unexplained(contrast: number, agreement: number): number {
  return contrast * Math.sqrt(Math.max(0, 1 - agreement * agreement));
}

/** Of the brightness in a square of pixels. */
export function deviation(values: Float32Array | Uint8Array, width: number, x: number, y: number, edge: number): number {
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
