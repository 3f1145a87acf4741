/**
 * A linear map that an encoder's vectors go through. The one place where it is carried out, so that a vector that was kept and
 * is mapped later is the same bit for bit as one that is encoded and mapped at once.
 */
import { toUnitLength } from "./similarity.ts";

/**
 * Lower-triangular [dimensions, dimensions], packed by rows: row 0 has one value, row 1 two. Any other map with the same
 * angles is a rotation of a triangular one, which takes half the values and half the time.
 */
export type LinearMap = Float32Array<ArrayBuffer>;

/** Values of a packed map. */
export function mapLength(dimensions: number): number {
  return (dimensions * (dimensions + 1)) / 2;
}

/**
 * Map times vector, summed in double precision from the first dimension to the last, scaled to length 1.
 * @param vector unit length
 * @throws {RangeError} when the map is for other dimensions
 */
export function applyMap(map: LinearMap, vector: Float32Array): Float32Array<ArrayBuffer> {
  if (map.length !== mapLength(vector.length))
    throw new RangeError(`Expected a map of ${vector.length} dimensions, got ${map.length} values`);
  const mapped = new Float64Array(vector.length);
  for (let row = 0, at = 0; row < vector.length; row++) {
    let sum = 0;
    for (let column = 0; column <= row; column++) sum += (map[at++] as number) * (vector[column] as number);
    mapped[row] = sum;
  }
  return toUnitLength(mapped);
}
