/**
 * Cells that differ, joined to regions: a caption is one, another text is many.
 */
import type { Cells } from "./cells.ts";

export interface CellRegion {
  /** Numbers of its cells. */
  readonly cells: readonly number[];
  /** Whether every cell of it lies at the edge of what both pictures show, where folds, shadows and frames end. */
  readonly isAtEdge: boolean;
}

/** The largest first. */
export function regionsOf({ columns, rows, contrastOfOne }: Cells, differs: (cell: number) => boolean): readonly CellRegion[] {
  const isAtEdge = (cell: number) => {
    const near = cellsAround(cell, columns, rows);
    return near.length < 8 || near.some((other) => Number.isNaN(contrastOfOne[other]));
  };
  return joinedCells(columns, rows, differs).map((cells) => ({ cells, isAtEdge: cells.every(isAtEdge) }));
}

/** Numbers of the cells that are chosen, those that touch each other together; the largest group first. */
export function joinedCells(columns: number, rows: number, isChosen: (cell: number) => boolean): readonly (readonly number[])[] {
  const seen = new Uint8Array(columns * rows);
  const groups: number[][] = [];
  for (let first = 0; first < seen.length; first++) {
    if (seen[first] === 1 || !isChosen(first)) continue;
    const cells = [first];
    seen[first] = 1;
    for (const cell of cells) {
      for (const next of cellsAround(cell, columns, rows)) {
        if (seen[next] === 1 || !isChosen(next)) continue;
        seen[next] = 1;
        cells.push(next);
      }
    }
    groups.push(cells);
  }
  return groups.sort((one, other) => other.length - one.length);
}

/** Numbers of the cells up to so many columns and rows away, row by row. */
export function cellsAround(cell: number, columns: number, rows: number, reach = 1): readonly number[] {
  const [x, y] = [cell % columns, Math.floor(cell / columns)];
  const near: number[] = [];
  for (let v = Math.max(0, y - reach); v <= Math.min(rows - 1, y + reach); v++)
    for (let u = Math.max(0, x - reach); u <= Math.min(columns - 1, x + reach); u++) if (u !== x || v !== y) near.push(v * columns + u);
  return near;
}
