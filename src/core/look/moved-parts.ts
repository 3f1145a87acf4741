/**
 * What moved between two photos of one scene. People and cars that took a step lie on themselves a little beside where the scene around them
 * lies, and agree there: no cell differs, and yet it is another moment.
 */
import { correlation } from "./cell-agreement.ts";
import { type Cells, cornerOfCell } from "./cells.ts";
import type { Layers } from "./layers.ts";
import { cellsAround } from "./regions.ts";

/** Agreement and deviation of the brightness from which on a cell tells where the scene lies, and agreement of one that moved. */
const AGREES_FROM = 0.5;
const MOVED_FROM = 0.8;
const LOUD_FROM = 8;
/** Cells each way that tell where the scene lies, and the fewest of them that do. */
const AROUND = 4;
const FEWEST_AROUND = 6;
/**
 * Pixels of the overlay that it has to lie beside them, and by how much better it has to agree there. Of consecutive frames of films that no
 * cell told apart, 7 to 40 cells of 480 have moved so; of 100 copies as clean, six in two that have a caption too, and four at most in the others.
 */
const BESIDE = 2;
const GAIN = 0.1;

/** @returns numbers of the cells */
export function movedCells(layers: Pick<Layers, "overlay" | "cells">): readonly number[] {
  const moved: number[] = [];
  for (let cell = 0; cell < layers.cells.agreement.length; cell++) if (isMoved(layers, cell)) moved.push(cell);
  return moved;
}

function isMoved({ overlay, cells }: Pick<Layers, "overlay" | "cells">, cell: number): boolean {
  if (!tellsWhere(cells, cell) || (cells.agreement[cell] as number) < MOVED_FROM) return false;
  const around = cellsAround(cell, cells.columns, cells.rows, AROUND).filter((other) => tellsWhere(cells, other));
  if (around.length < FEWEST_AROUND) return false;
  const [dx, dy] = [middleOf(cells.shiftX, around), middleOf(cells.shiftY, around)];
  if (Math.hypot((cells.shiftX[cell] as number) - dx, (cells.shiftY[cell] as number) - dy) < BESIDE) return false;
  const [x, y] = cornerOfCell(cells, cell);
  const withTheScene = correlation(overlay, x, y, cells.edge, dx, dy);
  return withTheScene > -1 && (cells.agreement[cell] as number) - withTheScene >= GAIN;
}

function tellsWhere({ agreement, contrastOfOne, contrastOfOther }: Cells, cell: number): boolean {
  return (
    (agreement[cell] as number) >= AGREES_FROM && Math.max(contrastOfOne[cell] as number, contrastOfOther[cell] as number) >= LOUD_FROM
  );
}

function middleOf(shifts: Int8Array, cells: readonly number[]): number {
  const sorted = cells.map((cell) => shifts[cell] as number).sort((one, other) => one - other);
  return sorted[sorted.length >> 1] as number;
}
