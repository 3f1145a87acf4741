/**
 * How similarities are spread: counts in fixed bins, so that those of two days can be laid on each other.
 */

/** Bins over [-1, 1], each 0.01 wide. */
export const HISTOGRAM_BINS = 200;

/** @returns counts, [HISTOGRAM_BINS]; bin i holds [-1 + i/100, -1 + (i + 1)/100), and the last one 1 as well */
export function histogram(similarities: Iterable<number>): readonly number[] {
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  for (const similarity of similarities) {
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.max(0, Math.floor(((similarity + 1) / 2) * HISTOGRAM_BINS)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}
