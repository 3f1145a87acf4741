/**
 * New contents against all, as a matrix in memory: a fast search finds the candidates, the exact cosine decides.
 */
import { cosineOfRows, roundingMargin } from "../encoders/similarity.ts";
import type { ContentId, Pair } from "../library/contents.ts";
import type { Candidate, ComparedBlock, SearchPairs, VectorMatrix, VectorRows } from "../library/vectors.ts";
import type { Similarity } from "../units.ts";

/** @param floor lowest similarity that is found */
export async function* comparePending(matrix: VectorMatrix, searchPairs: SearchPairs, floor: number): AsyncGenerator<ComparedBlock> {
  const total = comparisonCount(matrix.comparedRows, matrix.contentIds.length);
  let done = 0;
  for await (const block of searchPairs(matrix, floor - roundingMargin(matrix.dimensions), MOST_PAIRS_OF_A_PHOTO)) {
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

/** Of the candidates those that reach the floor exactly, and of each row its nearest. */
export function exactPairs(matrix: VectorRows, candidates: Iterable<Candidate>, floor: number): readonly Pair[] {
  const { values, dimensions, contentIds } = matrix;
  const nearest = new Map<number, Nearest>();
  for (const [row, column, atMost] of candidates) {
    const known = nearest.get(row);
    if (known !== undefined && atMost < known.least) continue;
    const found = cosineOfRows(values, dimensions, row, column);
    if (found < floor) continue;
    if (known === undefined) nearest.set(row, { neighbours: [{ column, similarity: found }], least: Number.NEGATIVE_INFINITY });
    else if (known.neighbours.push({ column, similarity: found }) >= 2 * MOST_PAIRS_OF_A_PHOTO) keepClosest(known);
  }
  return [...nearest].flatMap(([row, known]) => {
    keepClosest(known);
    return known.neighbours.map(({ column, similarity }) => ({
      a: contentIds[row] as ContentId,
      b: contentIds[column] as ContentId,
      similarity,
    }));
  });
}

interface Neighbour {
  readonly column: number;
  readonly similarity: Similarity;
}

/** The nearest of a row so far. */
interface Nearest {
  neighbours: Neighbour[];
  /** Who is less similar is none of them. */
  least: number;
}

function keepClosest(nearest: Nearest): void {
  if (nearest.neighbours.length <= MOST_PAIRS_OF_A_PHOTO) return;
  nearest.neighbours.sort((one, other) => other.similarity - one.similarity || one.column - other.column);
  nearest.neighbours.length = MOST_PAIRS_OF_A_PHOTO;
  nearest.least = nearest.neighbours.at(-1)?.similarity ?? nearest.least;
}

/** Pairs of rows where at least one is new: is not among the first `compared`. */
export function comparisonCount(compared: number, all: number): number {
  return (all * (all - 1) - compared * (compared - 1)) / 2;
}
