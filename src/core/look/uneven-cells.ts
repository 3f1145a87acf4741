/**
 * Whether what agrees is as loud in one picture as in the other. Correlation does not see how dark a window is, only that it is darker than
 * the wall: of two house fronts every cell agrees, by other amounts.
 */
import type { Cells } from "./cells.ts";

/** Agreement and deviation of the brightness from which on a cell is asked. */
const AGREES_FROM = 0.7;
const LOUD_FROM = 12;
/** Fewer cells tell nothing. */
const FEWEST_CELLS = 24;
/** Deviation that grain adds to both, in grey levels: it would make what is pale look uneven. */
const GRAIN = 2;
/** The logarithm of the ratio of the two deviations that lies so far from the middle one of the picture is another. */
const OTHER_RATIO = 0.25;
/**
 * Share of the cells with another ratio, from which on the pictures are not the same. Of drawn house fronts, half `tune` of `bench/look.mjs`,
 * 0.46 to 0.77 have; of 290 copies 0.32 at most, in photos of a screen, but for one photo of a screen with 47 such cells (0.55).
 */
const OTHER_SHARE = 0.42;

/** @returns numbers of the cells with another ratio; none where these are no more than a copy has */
export function unevenCells({ agreement, contrastOfOne, contrastOfOther }: Cells): readonly number[] {
  const asked: { readonly cell: number; readonly ratio: number }[] = [];
  for (let cell = 0; cell < agreement.length; cell++) {
    const [one, other] = [contrastOfOne[cell] as number, contrastOfOther[cell] as number];
    if (!((agreement[cell] as number) >= AGREES_FROM) || Math.max(one, other) < LOUD_FROM) continue;
    asked.push({ cell, ratio: Math.log((one + GRAIN) / (other + GRAIN)) });
  }
  if (asked.length < FEWEST_CELLS) return [];
  const middle = asked.map(({ ratio }) => ratio).sort((one, other) => one - other)[asked.length >> 1] as number;
  const others = asked.filter(({ ratio }) => Math.abs(ratio - middle) > OTHER_RATIO);
  return others.length < OTHER_SHARE * asked.length ? [] : others.map(({ cell }) => cell);
}
