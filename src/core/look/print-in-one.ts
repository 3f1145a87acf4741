/**
 * What is small or lies at the edge may differ in two copies: the end of a frame, a fold, a shadow, a speck. Words that one of them has there,
 * and the other has not, are none of these.
 */
import { LetterCells, unexplained } from "./cell-agreement.ts";
import { cornerOfCell } from "./cells.ts";
import type { Layers } from "./layers.ts";

/**
 * How far the detail that only one picture has stands above the noise of the two, where it is print. Detail is what is left of a cell without
 * the means of its rows and columns: the straight end of a frame leaves none. Of thin captions on 30 photos of `bench/look.mjs`, half `tune`,
 * the loudest cell at an edge came to 3.2 and more and one beside it to 2.7, of 385 true copies one cell to 3.0 and the next to 2.2.
 */
const LOUD_CELL = 3.5;
const LOUD_CELLS = 2.5;

/** @param noise of the two pictures where they agree, as a deviation of the brightness */
export function isPrintInOne({ overlay, cells }: Layers, region: readonly number[], noise: number): boolean {
  const letters = new LetterCells(cells.edge);
  const loudness = region.map((cell) => detailAlone(letters, { overlay, cells }, cell) / noise);
  return loudness.some((value) => value >= LOUD_CELL) || loudness.filter((value) => value >= LOUD_CELLS).length > 1;
}

/** Deviation of the detail in a cell that the other picture does not explain. */
function detailAlone({ deviation, correlation }: LetterCells, { overlay, cells }: Pick<Layers, "overlay" | "cells">, cell: number): number {
  const { edge, shiftX, shiftY } = cells;
  const [x, y] = cornerOfCell(cells, cell);
  const detail = Math.max(deviation(overlay.one, overlay.width, x, y, edge), deviation(overlay.other, overlay.width, x, y, edge));
  const agreement = Math.max(
    0,
    correlation(overlay, x, y, edge, 0, 0),
    correlation(overlay, x, y, edge, shiftX[cell] as number, shiftY[cell] as number),
  );
  return unexplained(detail, agreement);
}
