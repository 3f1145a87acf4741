/**
 * Learns a linear map from labelled pairs: a closed form, the same at every run.
 *
 * Directions in which vectors of one picture differ, and directions that different pictures have in common, hide whether two
 * photos are the same. Both are second moments, S = E (x - y)(x - y)ᵀ over same pairs and D = E (x + y)(x + y)ᵀ over different
 * ones. The metric M that makes tr(M (S + D)) small while log det M keeps it from shrinking (the barrier of Davis et al. 2007) is
 * M = (S + D)⁻¹: whitening by the covariance of matching pairs (Mikolajczyk and Matas 2007), with the different pairs heard too. Few
 * pairs say little of many dimensions, so that N = S/tr S + D/tr D, scaled to a trace of `dimensions`, is shrunk towards the identity (Ledoit
 * and Wolf 2004).
 */
import { type LinearMap, mapLength } from "../encoders/linear-map.ts";

/** Sums over labelled pairs of each kind, lower triangles packed by rows. */
export interface PairMoments {
  readonly dimensions: number;
  readonly same: Float64Array;
  readonly different: Float64Array;
}

export function noMoments(dimensions: number): PairMoments {
  return { dimensions, same: new Float64Array(mapLength(dimensions)), different: new Float64Array(mapLength(dimensions)) };
}

/** Adds one pair to its kind's sum. */
export function addPair(moments: PairMoments, one: Float32Array, other: Float32Array, same: boolean): void {
  const sum = same ? moments.same : moments.different;
  const sign = same ? -1 : 1;
  const vector = Float64Array.from(one, (value, i) => value + sign * (other[i] as number));
  for (let row = 0, at = 0; row < vector.length; row++) {
    const factor = vector[row] as number;
    for (let column = 0; column <= row; column++) sum[at] = (sum[at++] as number) + factor * (vector[column] as number);
  }
}

/** @returns the sums over all pairs of all of them */
export function addUp(parts: readonly PairMoments[], dimensions: number): PairMoments {
  const total = noMoments(dimensions);
  for (const { same, different } of parts) {
    addTo(total.same, same);
    addTo(total.different, different);
  }
  return total;
}

function addTo(sum: Float64Array, part: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (part[i] as number);
}

/**
 * @param shrinkage in (0, 1]: 1 gives the identity
 * @returns L⁻¹ where L Lᵀ = (1 - shrinkage) N + shrinkage I: mapped vectors have the angles of M
 */
export function learnMap(moments: PairMoments, shrinkage: number): LinearMap {
  const { dimensions, same, different } = moments;
  const [ofSame, ofDifferent] = [traceOf(same, dimensions), traceOf(different, dimensions)];
  const kinds = (ofSame > 0 ? 1 : 0) + (ofDifferent > 0 ? 1 : 0);
  // Without a pair of a kind, or where all same pairs are equal, the other kind alone is heard.
  const scale = (trace: number) => (trace > 0 ? ((1 - shrinkage) * dimensions) / (kinds * trace) : 0);
  const [same1, different1] = [scale(ofSame), scale(ofDifferent)];
  const matrix = same.map((value, i) => same1 * value + different1 * (different[i] as number));
  for (let row = 0; row < dimensions; row++) matrix[diagonal(row)] = (matrix[diagonal(row)] as number) + (kinds > 0 ? shrinkage : 1);
  factor(matrix, dimensions);
  return invert(matrix, dimensions);
}

function traceOf(packed: Float64Array, dimensions: number): number {
  let trace = 0;
  for (let row = 0; row < dimensions; row++) trace += packed[diagonal(row)] as number;
  return trace;
}

/** Where a row begins. */
function start(row: number): number {
  return (row * (row + 1)) / 2;
}

function diagonal(row: number): number {
  return start(row) + row;
}

/** Cholesky's factor of a positive definite matrix, in its place (Golub and Van Loan, Matrix Computations, 4.2). */
function factor(matrix: Float64Array, dimensions: number): void {
  for (let row = 0; row < dimensions; row++) {
    const here = start(row);
    for (let column = 0; column <= row; column++) {
      const there = start(column);
      let sum = matrix[here + column] as number;
      for (let k = 0; k < column; k++) sum -= (matrix[here + k] as number) * (matrix[there + k] as number);
      matrix[here + column] = row === column ? Math.sqrt(sum) : sum / (matrix[there + column] as number);
    }
  }
}

/** Row after row by forward substitution: each of the inverse is a sum of those before it. */
function invert(lower: Float64Array, dimensions: number): LinearMap {
  const inverse = new Float64Array(lower.length);
  for (let row = 0; row < dimensions; row++) {
    const here = start(row);
    for (let k = 0; k < row; k++) {
      const weight = lower[here + k] as number;
      const there = start(k);
      for (let column = 0; column <= k; column++) {
        inverse[here + column] = (inverse[here + column] as number) - weight * (inverse[there + column] as number);
      }
    }
    const pivot = lower[here + row] as number;
    inverse[here + row] = 1;
    for (let column = 0; column <= row; column++) inverse[here + column] = (inverse[here + column] as number) / pivot;
  }
  return Float32Array.from(inverse);
}
