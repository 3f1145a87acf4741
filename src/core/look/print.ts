/**
 * Whether a picture is print: ink on paper, letters too small to be told in the size at which photos are compared.
 */
import type { GreyPicture } from "./grey-picture.ts";

/** Edge of a cell, in pixels of a page that is read: a line or two of print. */
const EDGE = 20;
/** Standard deviation of the brightness from which on there is something in a cell, and from which on it may be ink. */
const SOMETHING_FROM = 12;
const INK_FROM = 20;
/** Share of a cell's range, from either end, that is ink or paper. */
const NEAR_AN_END = 0.3;
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

export function isPrint(picture: GreyPicture): boolean {
  const cells = cellsOf(picture);
  const [somethingFrom, inkFrom] = thresholds(cells);
  let [filled, inked] = [0, 0];
  for (const { deviation, paper } of cells) {
    if (deviation < somethingFrom) continue;
    filled++;
    if (deviation >= inkFrom && paper >= PAPER_FROM) inked++;
  }
  return filled > 0 && filled <= MOST_COVERED * cells.length && inked >= PRINT_FROM * filled;
}

/** Pale ink on tinted paper is print too: what counts as something, and as ink, goes by the loudest cells. */
function thresholds(cells: readonly Cell[]): readonly [something: number, ink: number] {
  const filled = cells.map(({ deviation }) => deviation).filter((deviation) => deviation >= PALEST * SOMETHING_FROM);
  const loud = filled.sort((a, b) => a - b)[Math.floor(LOUDEST * filled.length)] ?? 0;
  const paleness = Math.max(PALEST, Math.min(1, loud / LOUD_OF_PRINT));
  return [SOMETHING_FROM * paleness, INK_FROM * paleness];
}

interface Cell {
  /** Of the brightness. */
  readonly deviation: number;
  /** Share of its pixels near its brightest or its darkest. */
  readonly paper: number;
}

function cellsOf(picture: GreyPicture): readonly Cell[] {
  const cells: Cell[] = [];
  for (let y = 0; y + EDGE <= picture.height; y += EDGE)
    for (let x = 0; x + EDGE <= picture.width; x += EDGE) cells.push(cellAt(picture, x, y));
  return cells;
}

function cellAt({ data, width }: GreyPicture, x: number, y: number): Cell {
  let [low, high, sum, squares] = [255, 0, 0, 0];
  for (let row = y; row < y + EDGE; row++) {
    for (let at = row * width + x; at < row * width + x + EDGE; at++) {
      const value = data[at] as number;
      sum += value;
      squares += value * value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const count = EDGE * EDGE;
  const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  const [dark, bright] = [low + NEAR_AN_END * (high - low), high - NEAR_AN_END * (high - low)];
  let [darks, brights] = [0, 0];
  for (let row = y; row < y + EDGE; row++) {
    for (let at = row * width + x; at < row * width + x + EDGE; at++) {
      const value = data[at] as number;
      if (value < dark) darks++;
      if (value > bright) brights++;
    }
  }
  return { deviation, paper: Math.max(darks, brights) / count };
}
