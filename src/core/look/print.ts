/**
 * Whether a picture is print: ink on paper, letters too small to be told in the size at which photos are compared.
 */
import { deviation } from "./cell-agreement.ts";
import { paperOf } from "./cells.ts";
import type { GreyPicture } from "./grey-picture.ts";

/** Edge of a cell, in pixels of a page that is read: a line or two of print. */
const EDGE = 20;
/** Standard deviation of the brightness from which on there is something in a cell, and from which on it may be ink. */
const SOMETHING_FROM = 12;
const INK_FROM = 20;
/** Share of the pixels of a cell of print that are paper. */
const PAPER_FROM = 0.6;
/**
 * Share of the cells with something in them that are ink on paper, from which on it is print, and share of all cells that may have something
 * in them. Of five pictures of each kind in `bench/look.mjs`, half `tune`: pages, tables, screens and receipts come to 0.8 and above and have
 * something in 0.45 at most, timetables with coloured ground to 0.55, photos, products and memes to 0.68 at most.
 */
const PRINT_FROM = 0.74;
const MOST_COVERED = 0.65;
/** Of the cells with something in them, the share that is less loud than those that tell how pale the ink is; how loud they are where it is not. */
const LOUDEST = 0.9;
const LOUD_OF_PRINT = 40;
const PALEST = 0.4;

export function isPrint({ data, width, height }: GreyPicture): boolean {
  const cells: { readonly x: number; readonly y: number; readonly contrast: number }[] = [];
  for (let y = 0; y + EDGE <= height; y += EDGE)
    for (let x = 0; x + EDGE <= width; x += EDGE) cells.push({ x, y, contrast: deviation(data, width, x, y, EDGE) });
  const [somethingFrom, inkFrom] = thresholds(cells.map(({ contrast }) => contrast));
  const filled = cells.filter(({ contrast }) => contrast >= somethingFrom);
  const inked = filled.filter(({ x, y, contrast }) => contrast >= inkFrom && paperOf(data, width, x, y, EDGE) >= PAPER_FROM);
  return filled.length > 0 && filled.length <= MOST_COVERED * cells.length && inked.length >= PRINT_FROM * filled.length;
}

/** Pale ink on tinted paper is print too: what counts as something, and as ink, goes by the loudest cells. */
function thresholds(contrasts: readonly number[]): readonly [something: number, ink: number] {
  const filled = contrasts.filter((contrast) => contrast >= PALEST * SOMETHING_FROM);
  const loud = filled.sort((a, b) => a - b)[Math.floor(LOUDEST * filled.length)] ?? 0;
  const paleness = Math.max(PALEST, Math.min(1, loud / LOUD_OF_PRINT));
  return [SOMETHING_FROM * paleness, INK_FROM * paleness];
}
