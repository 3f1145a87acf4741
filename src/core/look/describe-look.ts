/**
 * What is said of two pictures once it is known that they lie on each other: how they lie, where they differ, and which of them has words
 * that the other lacks.
 */
import { captionBeside } from "./captions.ts";
import { type Cells, cornerOfCell } from "./cells.ts";
import { compareColours } from "./colours.ts";
import { isFramed, shareOfOthers } from "./frames.ts";
import type { GreyPicture } from "./grey-picture.ts";
import type { Judgement } from "./judge.ts";
import type { Layers } from "./layers.ts";
import type { PreparedPicture } from "./prepared-picture.ts";
import { shareCovered } from "./quads.ts";
import type { CellRegion } from "./regions.ts";
import { apply, compose, invert, type Point, type Transform } from "./transform.ts";
import type { Box, Laying, Look, Quad, Region, Side } from "./verdict.ts";

export interface Found {
  /** The pictures as they were laid, the other before it was turned over. */
  readonly one: GreyPicture;
  readonly other: GreyPicture;
  readonly layers: Layers;
  readonly isMirrored: boolean;
}

/** Share of one picture that the other shows from which on it is a copy of it, and from which on it is at least nearly one. */
const HELD_FROM = 0.88;
const NEARLY_HELD_FROM = 0.7;
/** Share of a picture that may be something else around the other one: a screen's bars, a frame's carving. More is a collage. */
const MOST_AROUND = 0.2;

export const NOTHING = { agreement: 0, laying: null, regions: [] } as const;

export function describeLook(one: PreparedPicture, other: PreparedPicture, found: Found, judgement: Judgement): Look {
  const { layers } = found;
  const flip: Transform = found.isMirrored ? [-1, 0, found.other.width - 1, 0, 1, 0, 0, 0, 1] : [1, 0, 0, 0, 1, 0, 0, 0, 1];
  // In widths and heights: what a verdict is kept in.
  const onto = compose(toShares(found.one), compose(compose(layers.onto, flip), fromShares(found.other)));
  const back = invert(onto);
  if (back === null) return { verdict: "different", ...NOTHING };
  const [otherOnOne, oneOnOther] = [quadOf(onto), quadOf(back)];
  // Of a copy and its original one holds all of the other; two parts of one view each show what the other lacks.
  const held = Math.max(shareCovered(otherOnOne), shareCovered(oneOnOther));
  if (held < NEARLY_HELD_FROM) return { verdict: "different", ...NOTHING, agreement: rounded(judgement.agreement) };
  const captions = captionsBeside(one, other, otherOnOne, oneOnOther);
  const colours = compareColours(one.colour, other.colour, onto);
  const laying: Laying = {
    otherOnOne,
    oneOnOther,
    colour: colours.colour,
    isFramed: {
      one: captions.one !== null || isFramed(one.coarse, otherOnOne),
      other: captions.other !== null || isFramed(other.coarse, oneOnOther),
    },
    isEnlarged: { one: false, other: false }, // told by the files alone: `look-at-pages.ts`
  };
  const isMore = (picture: PreparedPicture, quad: Quad, isInFrame: boolean) =>
    isInFrame && shareOfOthers(picture.coarse, quad) > MOST_AROUND;
  const holdsOthers = isMore(one, otherOnOne, laying.isFramed.one) || isMore(other, oneOnOther, laying.isFramed.other);
  const beside = regionsBeside(captions, onto, back);
  const isOther = colours.others.length > 0 || beside.length > 0 || holdsOthers || held < HELD_FROM;
  const verdict = judgement.verdict === "same" && isOther ? "altered" : judgement.verdict;
  const to = {
    one: compose(toShares(found.one), layers.overlay.toOne),
    other: compose(toShares(found.other), compose(flip, layers.overlay.toOther)),
  };
  const inShape = judgement.regions.map((region) => regionOf(layers, region, to));
  const regions = verdict === "altered" ? [...beside, ...inShape, ...colours.others] : [];
  return { verdict, agreement: rounded(judgement.agreement), laying, regions };
}

type Captions = Readonly<Record<Side, Box | null>>;

function captionsBeside(one: PreparedPicture, other: PreparedPicture, otherOnOne: Quad, oneOnOther: Quad): Captions {
  return { one: captionBeside(one.fine, otherOnOne), other: captionBeside(other.fine, oneOnOther) };
}

function regionsBeside({ one, other }: Captions, onto: Transform, back: Transform): readonly Region[] {
  return [
    ...(one === null ? [] : [{ one: roundedBox(one), other: boxAround(back, cornersOf(one)), captioned: "one" as const }]),
    ...(other === null ? [] : [{ one: boxAround(onto, cornersOf(other)), other: roundedBox(other), captioned: "other" as const }]),
  ];
}

/** @param to from pixels of the overlay to widths and heights of each picture */
function regionOf({ cells }: Layers, region: CellRegion, to: Readonly<Record<Side, Transform>>): Region {
  const corners = region.cells.flatMap((cell) => cornersOfCell(cells, cell));
  return { one: boxAround(to.one, corners), other: boxAround(to.other, corners), captioned: null };
}

function toShares({ width, height }: GreyPicture): Transform {
  return [1 / width, 0, 0.5 / width, 0, 1 / height, 0.5 / height, 0, 0, 1];
}

function fromShares({ width, height }: GreyPicture): Transform {
  return [width, 0, -0.5, 0, height, -0.5, 0, 0, 1];
}

function quadOf(onto: Transform): Quad {
  const corners: readonly Point[] = [apply(onto, 0, 0), apply(onto, 1, 0), apply(onto, 1, 1), apply(onto, 0, 1)];
  return corners.flatMap(({ x, y }) => [rounded(x), rounded(y)]) as unknown as Quad;
}

function cornersOfCell(cells: Cells, cell: number): readonly Point[] {
  const [x, y] = cornerOfCell(cells, cell);
  return cornersOf({ x, y, width: cells.edge, height: cells.edge });
}

function cornersOf({ x, y, width, height }: Box): readonly Point[] {
  return [x, x + width].flatMap((u) => [y, y + height].map((v) => ({ x: u, y: v })));
}

/** Around points that are laid on a picture, within it. */
function boxAround(to: Transform, points: readonly Point[]): Box {
  const laid = points.map(({ x, y }) => apply(to, x, y));
  const within = (value: number) => rounded(Math.min(1, Math.max(0, value)));
  const [xs, ys] = [laid.map(({ x }) => x), laid.map(({ y }) => y)];
  const [x, y] = [within(Math.min(...xs)), within(Math.min(...ys))];
  return { x, y, width: rounded(within(Math.max(...xs)) - x), height: rounded(within(Math.max(...ys)) - y) };
}

function roundedBox({ x, y, width, height }: Box): Box {
  return { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
}

export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
