/**
 * The look: whether two pictures lie on each other, and agree where they do. The encoder proposes a pair, this decides.
 */
import { align } from "./alignment.ts";
import { compareColours } from "./colours.ts";
import { isFramed, shareOfOthers } from "./frames.ts";
import { type GreyPicture, longerEdge, mirrored } from "./grey-picture.ts";
import { type Judgement, judge, kindOf } from "./judge.ts";
import { agreeingShare, type Layers, layOn } from "./layers.ts";
import { match } from "./matching.ts";
import type { PreparedPicture } from "./prepared-picture.ts";
import { shareCovered } from "./quads.ts";
import type { CellRegion } from "./regions.ts";
import { apply, compose, invert, type Point, type Transform } from "./transform.ts";
import type { Box, Laying, Look, Quad, Region } from "./verdict.ts";
import { mayBeMirrored, wholeOnWhole } from "./whole-pictures.ts";

interface Found {
  /** The pictures as they were laid, the other before it was turned over. */
  readonly one: GreyPicture;
  readonly other: GreyPicture;
  readonly layers: Layers;
  readonly isMirrored: boolean;
}

/** Whole on whole, ways that are tried. */
const MOST_WAYS = 2;
/** Agreeing share from which on no better map is looked for. */
const GOOD_WHOLE = 0.8;
const GOOD_BY_POINTS = 0.5;
/** Points of a picture below which it may be too plain to be found again. */
const FEWEST_POINTS = 40;

/** Share of one picture that the other shows from which on it is a copy of it, and from which on it is at least nearly one. */
const HELD_FROM = 0.88;
const NEARLY_HELD_FROM = 0.7;
/** Share of a picture that may be something else around the other one: a screen's bars, a frame's carving. More is a collage. */
const MOST_AROUND = 0.2;
/** Agreement of two pages at a glance below which their words are others. */
const WORTH_READING = 0.7;

const NOTHING = { agreement: 0, laying: null, regions: [] } as const;

/**
 * The same for the same two pictures in the same order, bit for bit. Takes about as long as decoding two photos.
 */
export function lookAtPictures(one: PreparedPicture, other: PreparedPicture): Look {
  const coarse = findLayers(one, other);
  if (coarse === null) {
    const isPlain = Math.min(one.points().count, other.points().count) < FEWEST_POINTS;
    return { verdict: isPlain ? "undecided" : "different", ...NOTHING };
  }
  // Small print is grey in the size at which photos are compared, and one table like another.
  const kind = one.isPrint() && other.isPrint() ? "text" : kindOf(coarse.layers.cells);
  const seen = kind === "text" ? null : judge(coarse.layers.cells, "photo");
  if (kind === "photo" && seen !== null) return conclude(one, other, coarse, seen);
  const look = read(one, other, coarse);
  // Whatever is written in it, it may be a photo of which a part was altered: nobody calls that the same.
  const isAltered = look.verdict === "different" && seen !== null && (seen.verdict === "altered" || seen.verdict === "same");
  return isAltered ? conclude(one, other, coarse, { ...seen, verdict: "altered" }) : look;
}

/** Two pages are the same when their words are: what does not even lie roughly is not read closely. */
function read(one: PreparedPicture, other: PreparedPicture, coarse: Found): Look {
  const roughly = judge(coarse.layers.cells, "text");
  const closely = roughly.agreement < WORTH_READING ? null : layFinely(one, other, coarse);
  if (closely === null) return conclude(one, other, coarse, roughly);
  const judgement = judge(closely.layers.cells, "text");
  // Dots of a print or of a screen drown what is fine: the rough picture agrees, and nobody can read.
  if (judgement.isDrowned && roughly.verdict === "same") return conclude(one, other, coarse, { ...roughly, verdict: "undecided" });
  return conclude(one, other, closely, judgement);
}

function conclude(one: PreparedPicture, other: PreparedPicture, found: Found, judgement: Judgement): Look {
  if (judgement.verdict === "different") return { verdict: "different", ...NOTHING, agreement: rounded(judgement.agreement) };
  return describeLook(one, other, found, judgement);
}

/** The best of what the whole pictures and the points that both have propose. */
function findLayers(one: PreparedPicture, other: PreparedPicture): Found | null {
  let best: (Found & { readonly share: number }) | null = null;
  const consider = (onto: Transform, isMirrored: boolean): void => {
    const layers = layOn(one.coarse, isMirrored ? mirrored(other.coarse) : other.coarse, onto);
    if (layers === null) return;
    const share = agreeingShare(layers.cells);
    if (best === null || share > best.share) best = { one: one.coarse, other: other.coarse, layers, isMirrored, share };
  };
  const isGood = (share: number) => best !== null && best.share >= share;
  for (const { onto } of wholeOnWhole(one, other).slice(0, MOST_WAYS)) if (!isGood(GOOD_WHOLE)) consider(onto, false);
  for (const isMirrored of [false, true]) {
    if (isGood(isMirrored ? GOOD_BY_POINTS : GOOD_WHOLE) || (isMirrored && !mayBeMirrored(one, other))) break;
    const matches = match(one.descriptors(), isMirrored ? other.mirroredDescriptors() : other.descriptors());
    const alignment = align(one.points(), other.points(), matches, isMirrored, other.coarse.width);
    if (alignment !== null) consider(alignment.onto, isMirrored);
  }
  return best;
}

function layFinely(one: PreparedPicture, other: PreparedPicture, { layers, isMirrored }: Found): Found | null {
  const onto = compose(enlarging(one.coarse, one.fine), compose(layers.onto, enlarging(other.fine, other.coarse)));
  const fine = layOn(one.fine, isMirrored ? mirrored(other.fine) : other.fine, onto, "letters");
  return fine === null ? null : { one: one.fine, other: other.fine, layers: fine, isMirrored };
}

/** From pixels of a picture to pixels of the same in another size; pixels' centres lie at halves. */
function enlarging(from: GreyPicture, to: GreyPicture): Transform {
  const scale = longerEdge(to) / longerEdge(from);
  return [scale, 0, (scale - 1) / 2, 0, scale, (scale - 1) / 2, 0, 0, 1];
}

function describeLook(one: PreparedPicture, other: PreparedPicture, found: Found, judgement: Judgement): Look {
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
  const colours = compareColours(one.colour, other.colour, onto);
  const laying: Laying = {
    otherOnOne,
    oneOnOther,
    colour: colours.colour,
    isFramed: { one: isFramed(one.coarse, otherOnOne), other: isFramed(other.coarse, oneOnOther) },
    isEnlarged: { one: false, other: false }, // told by the files alone: `look-at-pages.ts`
  };
  const toOne = compose(toShares(found.one), layers.overlay.toOne);
  const toOther = compose(toShares(found.other), compose(flip, layers.overlay.toOther));
  const inShape = judgement.regions.map((region): Region => ({ one: boxOf(layers, region, toOne), other: boxOf(layers, region, toOther) }));
  const isMore = (picture: PreparedPicture, quad: Quad, isInFrame: boolean) =>
    isInFrame && shareOfOthers(picture.coarse, quad) > MOST_AROUND;
  const holdsOthers = isMore(one, otherOnOne, laying.isFramed.one) || isMore(other, oneOnOther, laying.isFramed.other);
  const isOther = colours.others.length > 0 || holdsOthers || held < HELD_FROM;
  const verdict = judgement.verdict === "same" && isOther ? "altered" : judgement.verdict;
  const regions = verdict === "altered" ? [...inShape, ...colours.others] : [];
  return { verdict, agreement: rounded(judgement.agreement), laying, regions };
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

/** Around all cells of a region, within the picture. */
function boxOf({ cells: { left, top, edge, columns } }: Layers, region: CellRegion, to: Transform): Box {
  const corners = region.cells.flatMap((cell) => {
    const [x, y] = [left + (cell % columns) * edge, top + Math.floor(cell / columns) * edge];
    return [apply(to, x, y), apply(to, x + edge, y), apply(to, x, y + edge), apply(to, x + edge, y + edge)];
  });
  const within = (value: number) => rounded(Math.min(1, Math.max(0, value)));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [within(Math.min(...xs)), within(Math.min(...ys))];
  return { x, y, width: rounded(within(Math.max(...xs)) - x), height: rounded(within(Math.max(...ys)) - y) };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
