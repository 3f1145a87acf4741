/**
 * Cosine similarity of unit vectors. The one place where two embeddings meet, so that a pair has the same
 * similarity bit for bit whichever block, batch or report asks for it.
 */
import { type Similarity, similarity } from "../units.ts";

/**
 * Dot product in double precision, summed from the first dimension to the last.
 * @param one unit vector
 * @param other unit vector of the same length
 */
export function cosine(one: Float32Array, other: Float32Array): Similarity {
  if (one.length !== other.length) throw new RangeError(`Expected ${one.length} dimensions, got ${other.length}`);
  return similarity(dot(one, 0, other, 0, one.length));
}

/**
 * `cosine` of two rows of a matrix, without a view of either: an all-against-all search asks for millions.
 * @param values row-major, unit rows of `dimensions` values
 */
export function cosineOfRows(values: Float32Array, dimensions: number, one: number, other: number): Similarity {
  return similarity(dot(values, one * dimensions, values, other * dimensions, dimensions));
}

/**
 * `cosine` of a vector and one row of a matrix, without a view of the row.
 * @param vector unit vector; as long as the rows are
 * @param values row-major, unit rows
 */
export function cosineToRow(vector: Float32Array, values: Float32Array, row: number): Similarity {
  return similarity(dot(vector, 0, values, row * vector.length, vector.length));
}

/**
 * `cosine` of a vector and every row of a matrix. Four rows side by side: each sum is added up in its own order, and none waits for another,
 * which takes two thirds of the time of one row after the other.
 * @param vector unit vector; as long as the rows are
 * @param values row-major, unit rows
 * @param found takes one cosine for each row
 */
export function cosinesToRows(vector: Float32Array, values: Float32Array, found: Float64Array): void {
  const { length } = vector;
  const rows = values.length / length;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    const [one, two, three, four] = [row * length, (row + 1) * length, (row + 2) * length, (row + 3) * length];
    for (let i = 0; i < length; i++) {
      const value = vector[i] as number;
      first += value * (values[one + i] as number);
      second += value * (values[two + i] as number);
      third += value * (values[three + i] as number);
      fourth += value * (values[four + i] as number);
    }
    found[row] = similarity(first);
    found[row + 1] = similarity(second);
    found[row + 2] = similarity(third);
    found[row + 3] = similarity(fourth);
  }
  for (; row < rows; row++) found[row] = cosineToRow(vector, values, row);
}

/** Four dimensions a turn, still added one after the other: the loop itself costs as much as a product. */
function dot(one: Float32Array, oneFrom: number, other: Float32Array, otherFrom: number, length: number): number {
  let sum = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const a = oneFrom + i;
    const b = otherFrom + i;
    sum += (one[a] as number) * (other[b] as number);
    sum += (one[a + 1] as number) * (other[b + 1] as number);
    sum += (one[a + 2] as number) * (other[b + 2] as number);
    sum += (one[a + 3] as number) * (other[b + 3] as number);
  }
  for (; i < length; i++) sum += (one[oneFrom + i] as number) * (other[otherFrom + i] as number);
  return sum;
}

/**
 * The vector scaled to length 1.
 * @throws {RangeError} when it has no direction (all zero, or not finite): an encoder that gives such a vector is broken
 */
export function toUnitLength(vector: ArrayLike<number>): Float32Array<ArrayBuffer> {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] as number) ** 2;
  const length = Math.sqrt(squares);
  if (!(length > 0 && Number.isFinite(length))) throw new RangeError(`Expected a vector with a direction, got length ${length}`);
  return Float32Array.from({ length: vector.length }, (_, i) => (vector[i] as number) / length);
}

/**
 * How far a single-precision dot product of two unit vectors may lie from the exact one: n·u with u = 2^-24
 * (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., eq. 3.5, with Σ|aᵢbᵢ| ≤ 1), doubled because the
 * stored vectors are themselves rounded. A search that keeps everything above `floor - margin` misses no true pair.
 */
export function roundingMargin(dimensions: number): number {
  return dimensions * 2 ** -23;
}
