/**
 * New contents against all, as a matrix in memory: a fast search finds the candidates, the exact cosine decides.
 */
import { cosineOfRows, roundingMargin } from "../encoders/similarity.ts";
import type { ContentId, Pair } from "../library/contents.ts";
import type { ComparedBlock, SearchPairs, VectorMatrix } from "../library/vectors.ts";

/** @param floor lowest similarity that is found */
export async function* comparePending(matrix: VectorMatrix, searchPairs: SearchPairs, floor: number): AsyncGenerator<ComparedBlock> {
  const total = comparisonCount(matrix.comparedRows, matrix.contentIds.length);
  let done = 0;
  for await (const block of searchPairs(matrix, floor - roundingMargin(matrix.dimensions))) {
    done += block.comparisons;
    const through = matrix.contentIds[block.throughRow - 1] as ContentId;
    yield { pairs: exactPairs(matrix, block.candidates, floor), through, done, total };
  }
}

function exactPairs(matrix: VectorMatrix, candidates: Iterable<readonly [number, number]>, floor: number): readonly Pair[] {
  const { values, dimensions, contentIds } = matrix;
  const pairs: Pair[] = [];
  for (const [one, other] of candidates) {
    const found = cosineOfRows(values, dimensions, one, other);
    if (found >= floor) pairs.push({ a: contentIds[one] as ContentId, b: contentIds[other] as ContentId, similarity: found });
  }
  return pairs;
}

/** Pairs of rows where at least one is new. */
function comparisonCount(compared: number, all: number): number {
  return (all * (all - 1) - compared * (compared - 1)) / 2;
}
