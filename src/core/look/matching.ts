/**
 * Which point of one picture may be which of another.
 */
import { type Descriptors, WORDS } from "./descriptors.ts";

/** The closest first. */
export interface Matches {
  readonly one: Int32Array;
  readonly other: Int32Array;
}

/** A match has to be so much closer than the next best: Lowe's ratio test (2004). */
const RATIO = 0.85;
/** Bits of 256 that two descriptions of one point may differ in; two of different points differ in 128 ± 16. */
const MOST_BITS = 84;
/** Bits of the first 128 above which the rest is not looked at: two deviations above the half of `MOST_BITS`. Nine of ten pairs end there. */
const MOST_BITS_OF_HALF = 54;

/** Points that are each other's closest. Takes count × count comparisons. */
export function match(one: Descriptors, other: Descriptors): Matches {
  const [rows, columns] = [one.length / WORDS, other.length / WORDS];
  const closestOfColumn = new Int32Array(columns).fill(-1);
  const distanceOfColumn = new Int32Array(columns).fill(TESTS);
  const closestOfRow = new Int32Array(rows).fill(-1);
  const distanceOfRow = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * WORDS;
    const [a0, a1, a2, a3] = [one[from], one[from + 1], one[from + 2], one[from + 3]] as [number, number, number, number];
    const [a4, a5, a6, a7] = [one[from + 4], one[from + 5], one[from + 6], one[from + 7]] as [number, number, number, number];
    let [best, second, closest] = [TESTS, TESTS, -1];
    for (let column = 0, k = 0; column < columns; column++, k += WORDS) {
      let distance = bits4(
        a0 ^ (other[k] as number),
        a1 ^ (other[k + 1] as number),
        a2 ^ (other[k + 2] as number),
        a3 ^ (other[k + 3] as number),
      );
      if (distance > MOST_BITS_OF_HALF) continue;
      distance += bits4(
        a4 ^ (other[k + 4] as number),
        a5 ^ (other[k + 5] as number),
        a6 ^ (other[k + 6] as number),
        a7 ^ (other[k + 7] as number),
      );
      if (distance < best) {
        second = best;
        best = distance;
        closest = column;
      } else if (distance < second) second = distance;
      if (distance < (distanceOfColumn[column] as number)) {
        distanceOfColumn[column] = distance;
        closestOfColumn[column] = row;
      }
    }
    distanceOfRow[row] = best;
    if (best <= MOST_BITS && best < RATIO * second) closestOfRow[row] = closest;
  }
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    const column = closestOfRow[row] as number;
    if (column >= 0 && closestOfColumn[column] === row) found.push(row);
  }
  found.sort((a, b) => (distanceOfRow[a] as number) - (distanceOfRow[b] as number) || a - b);
  return { one: Int32Array.from(found), other: Int32Array.from(found, (row) => closestOfRow[row] as number) };
}

const TESTS = WORDS * 32;

/** Bits that are set in four words together. */
function bits4(a: number, b: number, c: number, d: number): number {
  return bits2(a, b) + bits2(c, d);
}

function bits2(a: number, b: number): number {
  const x = a - ((a >>> 1) & 0x55555555);
  const y = b - ((b >>> 1) & 0x55555555);
  const fours = (x & 0x33333333) + ((x >>> 2) & 0x33333333) + (y & 0x33333333) + ((y >>> 2) & 0x33333333);
  const eights = (fours & 0x0f0f0f0f) + ((fours >>> 4) & 0x0f0f0f0f);
  return Math.imul(eights, 0x01010101) >>> 24;
}
