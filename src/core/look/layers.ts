/**
 * One picture laid on another by a map, cell against cell.
 */
import { type Cells, type Comparison, compareCells } from "./cells.ts";
import type { GreyPicture } from "./grey-picture.ts";
import { type Overlay, overlay } from "./overlay.ts";
import { compose, fitAffine, fitHomography, invert, type Transform } from "./transform.ts";

export interface Layers {
  /** From pixels of the other picture to pixels of the one. */
  readonly onto: Transform;
  readonly overlay: Overlay;
  readonly cells: Cells;
}

/** Of what agrees, cells that lie a pixel off: from a fifth on, the map is put right and the pictures are laid anew. */
const SHIFTED_SHARE = 0.2;
const FEWEST_CELLS = 8;
/** From so many cells on they tell perspective too. */
const FEWEST_FOR_PERSPECTIVE = 40;
const MOST_NUDGES = 3;
/** Agreeing share from which on the map is good enough to be put right. */
const WORTH_NUDGING = 0.4;
const AGREES_FROM = 0.5;

/** @returns null where the map lays nothing on anything */
export function layOn(one: GreyPicture, other: GreyPicture, onto: Transform, comparison: Comparison = "brightness"): Layers | null {
  let best = layOnce(one, other, onto, comparison);
  for (let round = 0; best !== null && round < MOST_NUDGES && agreeingShare(best.cells) >= WORTH_NUDGING; round++) {
    const nudged = nudge(best);
    const again = nudged === null ? null : layOnce(one, other, nudged, comparison);
    if (again === null || totalAgreement(again.cells) <= totalAgreement(best.cells)) break;
    best = again;
  }
  return best;
}

/** Share of the cells with something in them that agree; few cells count as if more had been seen. */
export function agreeingShare({ agreement }: Cells): number {
  let [seen, agreeing] = [0, 0];
  for (const value of agreement) {
    if (Number.isNaN(value)) continue;
    seen++;
    if (value >= 0.6) agreeing++;
  }
  return agreeing / Math.max(12, seen);
}

function layOnce(one: GreyPicture, other: GreyPicture, onto: Transform, comparison: Comparison): Layers | null {
  const laid = overlay(one, other, onto);
  return laid === null ? null : { onto, overlay: laid, cells: compareCells(laid, comparison) };
}

function totalAgreement({ agreement }: Cells): number {
  return agreement.reduce((sum, value) => (value > 0 ? sum + value : sum), 0);
}

/** The map as the shifts of the cells that agree say it should be; null where they say it is right. */
function nudge({ overlay: { toOne, toOther }, cells }: Layers): Transform | null {
  const { agreement, columns, edge, left, top, shiftX, shiftY } = cells;
  const points = {
    count: agreement.length,
    x: new Float64Array(agreement.length),
    y: new Float64Array(agreement.length),
    u: new Float64Array(agreement.length),
    v: new Float64Array(agreement.length),
  };
  const chosen: number[] = [];
  let shifted = 0;
  for (let cell = 0; cell < agreement.length; cell++) {
    if (!((agreement[cell] as number) >= AGREES_FROM)) continue;
    const [x, y] = [left + ((cell % columns) + 0.5) * edge, top + (Math.floor(cell / columns) + 0.5) * edge];
    const [dx, dy] = [shiftX[cell] as number, shiftY[cell] as number];
    if (dx !== 0 || dy !== 0) shifted++;
    points.x[cell] = x + dx;
    points.y[cell] = y + dy;
    points.u[cell] = x;
    points.v[cell] = y;
    chosen.push(cell);
  }
  if (chosen.length < FEWEST_CELLS || shifted < SHIFTED_SHARE * chosen.length) return null;
  const correction = chosen.length >= FEWEST_FOR_PERSPECTIVE ? fitHomography(points, chosen) : fitAffine(points, chosen);
  const [uncorrected, toOverlay] = [correction === null ? null : invert(correction), invert(toOne)];
  if (uncorrected === null || toOverlay === null) return null;
  return invert(compose(toOther, compose(uncorrected, toOverlay)));
}
