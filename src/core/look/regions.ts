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
  const seen = new Uint8Array(columns * rows);
  const around = (cell: number): readonly number[] => {
    const [x, y] = [cell % columns, Math.floor(cell / columns)];
    const near: number[] = [];
    for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) if (u !== x || v !== y) near.push(v * columns + u);
    return near;
  };
  const isAtEdge = (cell: number) => {
    const near = around(cell);
    return near.length < 8 || near.some((other) => Number.isNaN(contrastOfOne[other]));
  };
  const regions: CellRegion[] = [];
  for (let first = 0; first < seen.length; first++) {
    if (seen[first] === 1 || !differs(first)) continue;
    const cells = [first];
    seen[first] = 1;
    for (const cell of cells) {
      for (const next of around(cell)) {
        if (seen[next] === 1 || !differs(next)) continue;
        seen[next] = 1;
        cells.push(next);
      }
    }
    regions.push({ cells, isAtEdge: cells.every(isAtEdge) });
  }
  return regions.sort((one, other) => other.cells.length - one.cells.length);
}
