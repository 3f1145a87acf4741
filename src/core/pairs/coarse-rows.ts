/**
 * Vectors in whole numbers of eight bits, with what that rounds away: a product of them costs a third, and the inequality of Cauchy and
 * Schwarz tells which pairs cannot reach a floor whatever was rounded away.
 */

/** Whole numbers of a query lie in ±127, kept as 1 to 255; those of a base row in ±64. */
const QUERY_LEVELS = 127;
/**
 * Two products of a query's byte (at most 255) and a base row's are added up in 16 bits where a processor has no better instruction
 * (x86's VPMADDUBSW, which saturates): 2 · 255 · 64 = 32,640 still fits, and every sum is exact.
 */
const BASE_LEVELS = 64;
/** The zero of a query's bytes, as the graph has it. */
const CODE_ZERO = 128;
const LEAST_INT32 = -(2 ** 31);

/** Rows in steps of one size: each number of a row is `step` times its whole number, and a rest. */
export interface CoarseRows<Codes extends Uint8Array | Int8Array> {
  readonly codes: Codes;
  readonly step: number;
  /** The greatest length of a row, about 1. */
  readonly length: number;
  /** The greatest length of what rounding left of a row. */
  readonly rest: number;
}

/**
 * @param values row-major, rows of `dimensions` numbers
 * @returns codes row-major, [to - from, dimensions]
 */
export function coarseQueries(values: Float32Array, dimensions: number, from: number, to: number): CoarseRows<Uint8Array<ArrayBuffer>> {
  return round(values, dimensions, from, to, QUERY_LEVELS);
}

/**
 * Rows as the right side of a product wants them, in tiles that its inner loop holds in the cache; zeros fill the last one up.
 * @param values row-major, rows of `dimensions` numbers
 * @param tile rows of a tile
 * @returns codes as [tiles, dimensions, tile]
 */
export function coarseBase(
  values: Float32Array,
  dimensions: number,
  from: number,
  to: number,
  tile: number,
): CoarseRows<Int8Array<ArrayBuffer>> {
  const { codes: rowMajor, ...rounded } = round(values, dimensions, from, to, BASE_LEVELS);
  const codes = new Int8Array(Math.ceil((to - from) / tile) * tile * dimensions);
  for (let row = 0, at = 0; row < to - from; row++) {
    let into = Math.floor(row / tile) * tile * dimensions + (row % tile);
    for (let i = 0; i < dimensions; i++, into += tile) codes[into] = (rowMajor[at++] as number) - CODE_ZERO;
  }
  return { codes, ...rounded };
}

/**
 * The product of whole numbers above which a pair has to be looked at; no pair at or above the floor has a lesser one.
 *
 * With a = â + r and b = b̂ + s, where â and b̂ are the whole numbers times their steps, a·b = â·b̂ + r·b + â·s, and by Cauchy and Schwarz
 * |r·b| ≤ |r||b| and |â·s| ≤ (|a| + |r|)|s|. The product of the whole numbers is exact. The lengths are computed in double precision, to
 * a relative n·2⁻⁵³ (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., eq. 3.5), which lies far within what `floor` is
 * lowered by for single precision (`roundingMargin`).
 * @param floor of the cosine, already lowered by `roundingMargin`
 * @returns a number of 32 bits; the least one where nothing can be told
 */
export function productToExceed(floor: number, queries: CoarseRows<Uint8Array>, base: CoarseRows<Int8Array>): number {
  const away = queries.rest * base.length + (queries.length + queries.rest) * base.rest;
  const least = Math.ceil((floor - away) / (queries.step * base.step)) - 1;
  return least > LEAST_INT32 ? Math.min(least, 2 ** 31 - 1) : LEAST_INT32;
}

/** Codes row-major with `CODE_ZERO` for zero. To which of two neighbours a number is rounded does not matter: its rest is what it is. */
function round(values: Float32Array, dimensions: number, from: number, to: number, levels: number): CoarseRows<Uint8Array<ArrayBuffer>> {
  const codes = new Uint8Array((to - from) * dimensions);
  const step = greatest(values, from * dimensions, to * dimensions) / levels || 1;
  const perStep = 1 / step;
  let longest = 0;
  let most = 0;
  for (let at = from * dimensions, into = 0; into < codes.length; ) {
    let squares = 0;
    let rests = 0;
    for (const end = into + dimensions; into < end; into++) {
      const value = values[at++] as number;
      // Cut off at the point, which of a positive number is half up; Math.round takes several times as long.
      const code = (value * perStep + (CODE_ZERO + 0.5)) | 0;
      codes[into] = code;
      const rest = value - (code - CODE_ZERO) * step;
      squares += value * value;
      rests += rest * rest;
    }
    longest = Math.max(longest, squares);
    most = Math.max(most, rests);
  }
  return { codes, step, length: Math.sqrt(longest), rest: Math.sqrt(most) };
}

function greatest(values: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let at = from; at < to; at++) most = Math.max(most, Math.abs(values[at] as number)); // NaN stays
  return most;
}
