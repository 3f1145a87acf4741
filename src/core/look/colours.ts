/**
 * Whether two pictures that lie on each other have the same colours, and where they have not: shape alone does not tell a red shirt from
 * a blue one.
 */
import { joinedCells } from "./regions.ts";
import { apply, type Transform } from "./transform.ts";
import type { Box, Colour, Region, Side } from "./verdict.ts";

/** A picture in few pixels. Interleaved RGB, [height, width, 3], 0 to 255. */
export interface ColourPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface ColourComparison {
  readonly colour: Readonly<Record<Side, Colour>>;
  /**
   * Where the colours are others, and not the same with another tint: another thing of the same shape, or a hue that was turned. The
   * largest first.
   */
  readonly others: readonly Region[];
}

/** Mean distance from grey, in levels of Cb and Cr, up to which a picture has no colours. */
const GREY_UP_TO = 3;
const COLOURFUL_FROM = 6;
/** Mean distance of the colours from which on they were changed. */
const TONED_FROM = 9;

/** Parts along each edge of the other picture, whose mean colours are compared: what is smaller is lost in compression. */
const PARTS = 16;
/** Share of a part's pixels that both pictures show, from which on it is compared. */
const SHOWN_FROM = 0.5;
/** Fewer parts tell nothing of a tint. */
const FEWEST_PARTS = 12;

/**
 * What a filter does to all of a picture: colours stronger or weaker, a tint, and another one in the shadows than in the lights. None
 * turns red into blue and leaves white alone. In levels of Cb and Cr.
 */
const STRONGEST_SATURATION = 2.5;
const STRONGEST_TINT = 45;
const STRONGEST_SPLIT = 25;
/** What a filter leaves unexplained of a part, from which on its colour is another; a strong colour may be off by a share of itself. */
const OTHER_FROM = 26;
const OTHER_SHARE = 0.35;
/** A lone part is an edge that lies a pixel off, or what the fit misses. */
const FEWEST_OTHERS = 2;

/** A part of the other picture, and what lies on it of the one. */
interface Part {
  readonly at: number;
  readonly one: Tone;
  readonly other: Tone;
}

/** Parts of the other picture that both show, in rows. */
interface Parts {
  readonly columns: number;
  readonly rows: number;
  readonly shown: readonly Part[];
}

/** Y, Cb and Cr of ITU-R BT.601, the colours about zero. */
type Tone = readonly [luma: number, cb: number, cr: number];

/** @param onto in widths and heights, from the other picture to the one */
export function compareColours(one: ColourPicture, other: ColourPicture, onto: Transform): ColourComparison {
  const parts = partsOf(one, other, onto);
  const { shown } = parts;
  const mean = (value: (part: Part) => number) => shown.reduce((sum, part) => sum + value(part), 0) / Math.max(1, shown.length);
  const [ofOne, ofOther] = [mean((part) => strength(part.one)), mean((part) => strength(part.other))];
  const alike = { one: "as-the-other", other: "as-the-other" } as const;
  if (ofOne <= GREY_UP_TO && ofOther >= COLOURFUL_FROM) return { colour: { ...alike, one: "grey" }, others: [] };
  if (ofOther <= GREY_UP_TO && ofOne >= COLOURFUL_FROM) return { colour: { ...alike, other: "grey" }, others: [] };
  const isToned = mean((part) => apart(part.one, part.other)) >= TONED_FROM;
  return { colour: isToned ? { one: "toned", other: "toned" } : alike, others: regionsOfOthers(parts, onto) };
}

function partsOf(one: ColourPicture, other: ColourPicture, onto: Transform): Parts {
  const [columns, rows] = [Math.min(PARTS, other.width), Math.min(PARTS, other.height)];
  const sums = new Float64Array(columns * rows * 6);
  const [seen, all] = [new Uint32Array(columns * rows), new Uint32Array(columns * rows)];
  for (let y = 0; y < other.height; y++) {
    for (let x = 0; x < other.width; x++) {
      const part = Math.floor((y * rows) / other.height) * columns + Math.floor((x * columns) / other.width);
      all[part] = (all[part] as number) + 1;
      const there = apply(onto, (x + 0.5) / other.width, (y + 0.5) / other.height);
      if (!(there.x >= 0 && there.y >= 0 && there.x < 1 && there.y < 1)) continue;
      seen[part] = (seen[part] as number) + 1;
      addTone(sums, part * 6, one, Math.floor(there.x * one.width), Math.floor(there.y * one.height));
      addTone(sums, part * 6 + 3, other, x, y);
    }
  }
  const shown: Part[] = [];
  for (let at = 0; at < columns * rows; at++) {
    const count = seen[at] as number;
    if (count === 0 || count < SHOWN_FROM * (all[at] as number)) continue;
    const tone = (from: number): Tone => [0, 1, 2].map((k) => (sums[at * 6 + from + k] as number) / count) as unknown as Tone;
    shown.push({ at, one: tone(0), other: tone(3) });
  }
  return { columns, rows, shown };
}

function addTone(sums: Float64Array, to: number, { data, width }: ColourPicture, x: number, y: number): void {
  const at = (y * width + x) * 3;
  const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
  sums[to] = (sums[to] as number) + 0.299 * r + 0.587 * g + 0.114 * b;
  sums[to + 1] = (sums[to + 1] as number) - 0.169 * r - 0.331 * g + 0.5 * b;
  sums[to + 2] = (sums[to + 2] as number) + 0.5 * r - 0.419 * g - 0.081 * b;
}

function strength([, cb, cr]: Tone): number {
  return Math.hypot(cb, cr);
}

function apart([, cb, cr]: Tone, [, otherCb, otherCr]: Tone): number {
  return Math.hypot(cb - otherCb, cr - otherCr);
}

function regionsOfOthers({ columns, rows, shown }: Parts, onto: Transform): readonly Region[] {
  if (shown.length < FEWEST_PARTS) return [];
  const excess = unexplainedColours(shown);
  const isOther = new Map(shown.map(({ at }, index) => [at, (excess[index] as number) > 0]));
  const groups = joinedCells(columns, rows, (cell) => isOther.get(cell) === true).filter(({ length }) => length >= FEWEST_OTHERS);
  return groups.map((cells) => {
    const xs = cells.map((cell) => cell % columns);
    const ys = cells.map((cell) => Math.floor(cell / columns));
    const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
    const corners = [left, right].flatMap((x) => [top, bottom].map((y) => ({ x: x / columns, y: y / rows })));
    return { one: boxAround(corners.map(({ x, y }) => apply(onto, x, y))), other: boxAround(corners), captioned: null };
  });
}

/** By how much each part's colour is another than a filter over all of the picture would make it; zero and less is as it should be. */
function unexplainedColours(parts: readonly Part[]): readonly number[] {
  const spread = (side: Side) => parts.reduce((sum, part) => sum + strength(part[side]) ** 2, 0);
  // What has lost its colours can be explained by what has them, and not the other way.
  const [from, to]: readonly [Side, Side] = spread("one") >= spread("other") ? ["one", "other"] : ["other", "one"];
  const leftAs = (filter: Filter) => parts.map((part) => apart(filter(part[from], part[to]), part[to]));
  const everywhere = parts.map(() => 1);
  const untouched = leftAs((tone) => tone);
  // A large thing in other colours draws the fit to itself, unless what is untouched around it is believed first.
  const fitted = [everywhere, untouched.map(belief)].map((first) =>
    leftAfterRounds(first, (weights) => leftAs(fitFilter(parts, from, to, weights))),
  );
  const excess = (left: readonly number[]) =>
    left.map((distance, at) => distance - OTHER_FROM - OTHER_SHARE * strength((parts[at] as Part)[to]));
  return fitted.map(excess).reduce((best, next) => (othersIn(next) < othersIn(best) ? next : best), excess(untouched));
}

function leftAfterRounds(first: readonly number[], leftWith: (weights: readonly number[]) => readonly number[]): readonly number[] {
  let left = leftWith(first);
  for (let round = 1; round < ROUNDS; round++) left = leftWith(left.map(belief));
  return left;
}

function belief(distance: number): number {
  return 1 / (1 + (distance / OTHER_FROM) ** 2);
}

function othersIn(excess: readonly number[]): number {
  return excess.filter((value) => value > 0).length;
}

/** Each round believes less in the parts that the last one did not explain. */
const ROUNDS = 5;

type Filter = (from: Tone, to: Tone) => Tone;

/** The filter over all of a picture that comes nearest: weighted least squares, each of its three parts within its bound. */
function fitFilter(parts: readonly Part[], from: Side, to: Side, weights: readonly number[]): Filter {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (side: Side, channel: 0 | 1 | 2) =>
    parts.reduce((sum, part, at) => sum + (weights[at] as number) * part[side][channel], 0) / total;
  const [luma, cb, cr, toCb, toCr] = [mean(to, 0), mean(from, 1), mean(from, 2), mean(to, 1), mean(to, 2)];
  const sumOf = (term: (part: Part) => number) => parts.reduce((sum, part, at) => sum + (weights[at] as number) * term(part), 0);
  const within = (value: number, bound: number) => Math.min(bound, Math.max(-bound, value));
  const strongest = sumOf((part) => (part[from][1] - cb) ** 2 + (part[from][2] - cr) ** 2);
  const along = sumOf((part) => (part[from][1] - cb) * (part[to][1] - toCb) + (part[from][2] - cr) * (part[to][2] - toCr));
  const saturation = strongest === 0 ? 1 : Math.min(STRONGEST_SATURATION, Math.max(0, along / strongest));
  const lumas = sumOf((part) => (part[to][0] - luma) ** 2);
  const split = (channel: 1 | 2, mid: number, toMid: number) => {
    const slope = sumOf((part) => (part[to][0] - luma) * (part[to][channel] - toMid - saturation * (part[from][channel] - mid)));
    return lumas === 0 ? 0 : within(slope / lumas, STRONGEST_SPLIT / 128);
  };
  const [splitCb, splitCr] = [split(1, cb, toCb), split(2, cr, toCr)];
  const tint = [toCb - saturation * cb, toCr - saturation * cr] as const;
  const scale = Math.min(1, STRONGEST_TINT / Math.max(1, Math.hypot(...tint)));
  return ([, oneCb, oneCr], [y]) => [
    y,
    saturation * oneCb + tint[0] * scale + splitCb * (y - luma),
    saturation * oneCr + tint[1] * scale + splitCr * (y - luma),
  ];
}

function boxAround(corners: readonly { readonly x: number; readonly y: number }[]): Box {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const [xs, ys] = [corners.map(({ x }) => within(x)), corners.map(({ y }) => within(y))];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
