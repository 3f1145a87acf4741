/**
 * The nearest contents of each content: what a map is drawn from, and what tells an outlier from the crowd.
 */
import { cosineOfRows } from "../encoders/similarity.ts";
import type { VectorRows } from "../library/vectors.ts";

/** For every row of a matrix its nearest other rows, the most similar first. */
export interface NeighbourTable {
  /** Neighbours of each row; less than the number of rows. */
  readonly count: number;
  /** Row-major, [rows, count]. */
  readonly rows: Int32Array;
  /** Cosines, as `rows`. */
  readonly similarities: Float64Array;
}

export function emptyNeighbourTable(rowCount: number, count: number): NeighbourTable {
  return { count, rows: new Int32Array(rowCount * count), similarities: new Float64Array(rowCount * count) };
}

/**
 * Puts the nearest of the columns into a row of the table, by the exact similarity; of two equally near the one that stands
 * first in the matrix.
 * @param columns at least `count` without the row itself, none twice
 */
export function keepNearest(neighbours: NeighbourTable, { values, dimensions }: VectorRows, row: number, columns: readonly number[]): void {
  const { count, rows, similarities } = neighbours;
  const first = row * count;
  let kept = 0;
  for (const column of columns) {
    if (column === row) continue;
    const found = cosineOfRows(values, dimensions, row, column);
    let at = first + kept;
    if (kept === count) {
      if (!comesBefore(found, column, similarities[at - 1] as number, rows[at - 1] as number)) continue;
      at--;
    } else kept++;
    for (; at > first && comesBefore(found, column, similarities[at - 1] as number, rows[at - 1] as number); at--) {
      similarities[at] = similarities[at - 1] as number;
      rows[at] = rows[at - 1] as number;
    }
    similarities[at] = found;
    rows[at] = column;
  }
  if (kept < count) throw new RangeError(`Expected ${count} neighbours of row ${row}, got ${kept}`);
}

function comesBefore(similarity: number, row: number, otherSimilarity: number, otherRow: number): boolean {
  return similarity > otherSimilarity || (similarity === otherSimilarity && row < otherRow);
}

/**
 * How far each row lies from its neighbours: the mean of 1 - cosine, in [0, 2] (Angiulli and Pizzuti, Fast outlier detection in
 * high dimensional spaces, 2002). A mean over several is not misled by a single copy of an outlier.
 */
export function outlierScores({ count, similarities }: NeighbourTable): Float64Array {
  return Float64Array.from({ length: count === 0 ? 0 : similarities.length / count }, (_, row) => {
    let sum = 0;
    for (let i = row * count; i < (row + 1) * count; i++) sum += 1 - (similarities[i] as number);
    return sum / count;
  });
}
