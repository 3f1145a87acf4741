/**
 * New contents against all, as a matrix in memory: a fast search finds the candidates, the exact cosine decides.
 */
import { cosineOfRows, roundingMargin } from "../encoders/similarity.ts";
import type { ContentId, Pair } from "../library/contents.ts";
import type { ComparedBlock, SearchPairs, VectorMatrix } from "../library/vectors.ts";
import type { Similarity } from "../units.ts";

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

/**
 * Pairs that one photo brings in with those before it: the most similar ones, and of equal ones those with the earliest. A series of
 * thousands of frames would have millions of pairs else; a copy is among the nearest, and what it is a copy of holds the rest together.
 */
export const MOST_PAIRS_OF_A_PHOTO = 64;

function exactPairs(matrix: VectorMatrix, candidates: Iterable<readonly [number, number]>, floor: number): readonly Pair[] {
  const { values, dimensions, contentIds } = matrix;
  const nearest = new Map<number, Neighbour[]>();
  for (const [row, column] of candidates) {
    const found = cosineOfRows(values, dimensions, row, column);
    if (found < floor) continue;
    const known = nearest.get(row);
    if (known === undefined) nearest.set(row, [{ column, similarity: found }]);
    else if (known.push({ column, similarity: found }) >= 4 * MOST_PAIRS_OF_A_PHOTO) nearest.set(row, closest(known));
  }
  return [...nearest].flatMap(([row, neighbours]) =>
    closest(neighbours).map(({ column, similarity }) => ({
      a: contentIds[row] as ContentId,
      b: contentIds[column] as ContentId,
      similarity,
    })),
  );
}

interface Neighbour {
  readonly column: number;
  readonly similarity: Similarity;
}

function closest(neighbours: Neighbour[]): Neighbour[] {
  if (neighbours.length <= MOST_PAIRS_OF_A_PHOTO) return neighbours;
  return neighbours.sort((one, other) => other.similarity - one.similarity || one.column - other.column).slice(0, MOST_PAIRS_OF_A_PHOTO);
}

/** Pairs of rows where at least one is new. */
function comparisonCount(compared: number, all: number): number {
  return (all * (all - 1) - compared * (compared - 1)) / 2;
}
