/**
 * Places in the plane: the first ones, along the directions in which the vectors differ most, and their scaling to a square.
 */
import type { VectorRows } from "../library/vectors.ts";
import { seededRandom } from "../statistics/seeded-random.ts";

/** A place for each row of a matrix. */
export interface Plane {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Rows that the directions are learned from, at most: enough for two directions, and no more work for a larger library. */
const SAMPLE_ROWS = 4096;
const ROUNDS = 40;

/**
 * The vectors on their first two principal axes, found by orthogonal iteration (Golub and Van Loan, Matrix Computations, 4th ed.,
 * section 8.2.4). As the start of a layout they keep together on a large scale what belongs together, where random places
 * would not (Kobak and Linderman, Initialization is critical for preserving global data structure in both t-SNE and UMAP, 2021).
 */
export function principalPlane(matrix: VectorRows): Plane {
  const { values, dimensions } = matrix;
  const rowCount = matrix.contentIds.length;
  const sample = sampleRows(rowCount);
  const mean = meanOf(values, dimensions, sample);
  const random = seededRandom(1);
  let axes = [0, 1].map(() => Float64Array.from({ length: dimensions }, () => random() - 0.5));
  for (let round = 0; round < ROUNDS; round++) axes = orthonormal(axes.map((axis) => timesCovariance(values, mean, sample, axis)));
  const [x, y] = axes.map((axis) => Float64Array.from({ length: rowCount }, (_, row) => along(values, mean, row, axis)));
  return { x: x as Float64Array, y: y as Float64Array };
}

/** Moves and scales both axes alike, so that all places lie in [0, 1] and the longer side fills it. */
export function toUnitSquare({ x, y }: Plane): Plane {
  const [left, right] = rangeOf(x);
  const [top, bottom] = rangeOf(y);
  const side = Math.max(right - left, bottom - top) || 1;
  const into = (values: Float64Array, low: number, high: number) => values.map((value) => 0.5 + (value - (low + high) / 2) / side);
  return { x: into(x, left, right), y: into(y, top, bottom) };
}

function rangeOf(values: Float64Array): readonly [low: number, high: number] {
  return values.length === 0 ? [0, 0] : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** Rows at even distances. */
function sampleRows(rowCount: number): readonly number[] {
  const taken = Math.min(rowCount, SAMPLE_ROWS);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * rowCount) / taken));
}

function meanOf(values: Float32Array, dimensions: number, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(dimensions);
  for (const row of rows) for (let i = 0; i < dimensions; i++) mean[i] = (mean[i] as number) + (values[row * dimensions + i] as number);
  return mean.map((sum) => sum / rows.length);
}

/** The sum over the rows of (row - mean) · ((row - mean) · axis): the covariance times the axis, without the d × d matrix. */
function timesCovariance(values: Float32Array, mean: Float64Array, rows: readonly number[], axis: Float64Array): Float64Array {
  const product = new Float64Array(axis.length);
  for (const row of rows) {
    const weight = along(values, mean, row, axis);
    for (let i = 0; i < axis.length; i++) {
      product[i] = (product[i] as number) + weight * ((values[row * axis.length + i] as number) - (mean[i] as number));
    }
  }
  return product;
}

function along(values: Float32Array, mean: Float64Array, row: number, axis: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < axis.length; i++) {
    sum += ((values[row * axis.length + i] as number) - (mean[i] as number)) * (axis[i] as number);
  }
  return sum;
}

/** Gram and Schmidt; an axis without length, as all have where all rows are one, becomes zero. */
function orthonormal(axes: readonly Float64Array[]): Float64Array<ArrayBuffer>[] {
  const made: Float64Array<ArrayBuffer>[] = [];
  for (const axis of axes) {
    const rest = made.reduce((left, known) => {
      const shadow = dot(left, known);
      return left.map((value, i) => value - shadow * (known[i] as number));
    }, Float64Array.from(axis));
    const length = Math.sqrt(dot(rest, rest));
    made.push(rest.map((value) => (length > 1e-12 ? value / length : 0)));
  }
  return made;
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
}
