/**
 * New contents against all: a fast search finds the candidates, the exact cosine decides. Each block of rows is kept as
 * soon as it is done, so that an interrupted comparison goes on where it stopped and no pair is computed twice.
 */
import { cosineOfRows, roundingMargin } from "../../core/encoders/similarity.ts";
import type { Pair } from "../../core/library/contents.ts";
import type { PairStore, SearchPairs, VectorMatrix } from "../../core/library/vectors.ts";
import type { OnProgress } from "../../core/progress.ts";

export interface ComparePorts {
  readonly store: PairStore;
  readonly searchPairs: SearchPairs;
  /** Lowest similarity that is kept. */
  readonly floor: number;
  readonly onProgress: OnProgress;
  readonly stop: AbortSignal;
}

/** @returns whether every content is now compared with every other */
export async function compareContents({ store, searchPairs, floor, onProgress, stop }: ComparePorts): Promise<boolean> {
  if (store.uncomparedCount() === 0) return true;
  const matrix = store.loadVectors();
  const total = comparisonCount(matrix.comparedRows, matrix.contentIds.length);
  let done = 0;
  for await (const block of searchPairs(matrix, floor - roundingMargin(matrix.dimensions))) {
    store.recordPairs(exactPairs(matrix, block.candidates, floor), matrix, block.throughRow);
    done += block.comparisons;
    onProgress({ step: "compare", done, total });
    if (stop.aborted) return false;
  }
  return true;
}

function exactPairs(matrix: VectorMatrix, candidates: Iterable<readonly [number, number]>, floor: number): readonly Pair[] {
  const { values, dimensions, contentIds } = matrix;
  const pairs: Pair[] = [];
  for (const [one, other] of candidates) {
    const found = cosineOfRows(values, dimensions, one, other);
    if (found >= floor) pairs.push({ a: contentIds[one] as number, b: contentIds[other] as number, similarity: found });
  }
  return pairs;
}

/** Pairs of rows where at least one is new. */
function comparisonCount(compared: number, all: number): number {
  return (all * (all - 1) - compared * (compared - 1)) / 2;
}
