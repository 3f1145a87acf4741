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

export function isPrint(picture: GreyPicture): boolean {
  const { width, height } = picture;
  let [cells, filled, inked] = [0, 0, 0];
  for (let y = 0; y + EDGE <= height; y += EDGE) {
    for (let x = 0; x + EDGE <= width; x += EDGE) {
      cells++;
      const kind = cellKind(picture, x, y);
      if (kind !== "empty") filled++;
      if (kind === "ink") inked++;
    }
  }
  return filled > 0 && filled <= MOST_COVERED * cells && inked >= PRINT_FROM * filled;
}

function cellKind({ data, width }: GreyPicture, x: number, y: number): "empty" | "ink" | "other" {
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
  if (deviation < SOMETHING_FROM) return "empty";
  const [dark, bright] = [low + NEAR_AN_END * (high - low), high - NEAR_AN_END * (high - low)];
  let [darks, brights] = [0, 0];
  for (let row = y; row < y + EDGE; row++) {
    for (let at = row * width + x; at < row * width + x + EDGE; at++) {
      const value = data[at] as number;
      if (value < dark) darks++;
      if (value > bright) brights++;
    }
  }
  return deviation >= INK_FROM && Math.max(darks, brights) >= PAPER_FROM * count ? "ink" : "other";
}
