/**
 * Proposes pairs by an index of nearest neighbours: of very many new photos most pairs in a fraction of the time. What it proposes
 * is compared exactly; what it misses is missed, and how much that is, is measured on a sample.
 */
import { setImmediate as turn } from "node:timers/promises";
import type { Approximation, Candidate, SearchPairs } from "../../core/library/vectors.ts";
import { measureRow, sampledRows } from "../../core/pairs/approximation.ts";
import { comparisonCount } from "../../core/pairs/compare-pending.ts";
import { createPairSearch } from "./pair-search.ts";
import { openNearestIndex } from "./usearch.ts";

/**
 * Comparisons for each photo of the library from which on the index is used. To build it takes a photo 0.3 to 0.5 ms of the processor, as
 * long as 150,000 exact comparisons at 3 ns: a first scan of 300,000 photos, or 150,000 new ones beside very many.
 */
const COMPARISONS_A_PHOTO = 150_000;
/** Rows that are added and looked for at once: the program hears a signal in between. */
const ROWS_AT_ONCE = 1024;
/** More neighbours than are wanted, since some of them are later rows of the same step. */
const FURTHER = 32;

export interface ApproximateChoice {
  /** Processors that it may use. */
  readonly threads: number;
  /** Told of each photo of the sample once the index proposed all; not told where all was compared exactly. */
  readonly onMeasured: (measured: Approximation) => void;
  readonly comparisonsAPhoto?: number;
}

export function createApproximateSearch({ threads, onMeasured, comparisonsAPhoto = COMPARISONS_A_PHOTO }: ApproximateChoice): SearchPairs {
  return async function* searchPairs(matrix, floor, most = Number.POSITIVE_INFINITY) {
    const all = matrix.contentIds.length;
    const from = matrix.comparedRows;
    // Who wants every pair gets every pair.
    if (most === Number.POSITIVE_INFINITY || comparisonCount(from, all) < comparisonsAPhoto * all) {
      yield* createPairSearch(threads)(matrix, floor, most);
      return;
    }
    const index = await openNearestIndex(matrix.dimensions, threads);
    const rows = (start: number, end: number) => matrix.values.subarray(start * matrix.dimensions, end * matrix.dimensions);
    for (let start = 0; start < from; start += ROWS_AT_ONCE) {
      index.add(start, rows(start, Math.min(from, start + ROWS_AT_ONCE)));
      await turn();
    }
    const sampled = new Set(sampledRows(matrix));
    const proposed = new Map<number, ReadonlySet<number>>();
    for (let start = from; start < all; start += ROWS_AT_ONCE) {
      const end = Math.min(all, start + ROWS_AT_ONCE);
      index.add(start, rows(start, end));
      const nearest = index.nearest(rows(start, end), most + FURTHER).map((columns, i) => columns.filter((column) => column < start + i));
      for (const [i, columns] of nearest.entries()) if (sampled.has(start + i)) proposed.set(start + i, new Set(columns));
      yield { throughRow: end, comparisons: comparisonCount(start, end), candidates: pairsOf(nearest, start) };
      await turn();
    }
    for (const [row, columns] of proposed) {
      onMeasured(measureRow(matrix, floor, row, columns));
      await turn();
    }
  };
}

function* pairsOf(nearest: readonly (readonly number[])[], start: number): Generator<Candidate> {
  for (const [i, columns] of nearest.entries()) for (const column of columns) yield [start + i, column, Number.POSITIVE_INFINITY];
}
