/**
 * The look: whether two pictures lie on each other, and agree where they do. The encoder proposes a pair, this decides.
 */
import { align } from "./alignment.ts";
import { changedLetters } from "./changed-letters.ts";
import { describeLook, type Found, NOTHING, rounded } from "./describe-look.ts";
import { type GreyPicture, longerEdge, mirrored } from "./grey-picture.ts";
import { type Judgement, judge, type Kind, kindOf } from "./judge.ts";
import { agreeingShare, layOn } from "./layers.ts";
import { match } from "./matching.ts";
import type { PreparedPicture } from "./prepared-picture.ts";
import { compose, type Transform } from "./transform.ts";
import type { Look } from "./verdict.ts";
import { mayBeMirrored, wholeOnWhole } from "./whole-pictures.ts";

/** Whole on whole, ways that are tried. */
const MOST_WAYS = 2;
/** Agreeing share from which on no better map is looked for. */
const GOOD_WHOLE = 0.8;
const GOOD_BY_POINTS = 0.5;
/** Points of a picture below which it may be too plain to be found again. */
const FEWEST_POINTS = 40;

/** Edge of a picture as it is looked at roughly, to its own, from which on it was enlarged for that. */
const ENLARGED_FROM = 1.5;
/**
 * A thing before a plain wall looks like ink on paper, and a caption of three words over it like another text. Agreement of the middle cell from which
 * on it is a photo that was altered: of altered photos and memes 0.93 and more, of other products, planes, moons and screens 0.92 at most.
 */
const CLEARLY_ON_EACH_OTHER = 0.93;
/** Agreement of two pages at a glance below which their words are others. */
const WORTH_READING = 0.7;

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
  const kind = kindOfPair(one, other, coarse);
  const seen = kind === "text" && isPrintInEither(one, other) ? null : judge(coarse.layers, "photo");
  if (kind === "photo" && seen !== null) return conclude(one, other, coarse, seen);
  const look = read(one, other, coarse);
  // Whatever is written in it, it may be a photo of which a part was altered: nobody calls that the same.
  const isPhoto = seen !== null && (kind === "mixed" || seen.middle >= CLEARLY_ON_EACH_OTHER);
  const isAltered = look.verdict === "different" && isPhoto && (seen.verdict === "altered" || seen.verdict === "same");
  return isAltered ? conclude(one, other, coarse, { ...seen, verdict: "altered" }) : look;
}

/** Where one of the two is print and the other too pale or too poor to be told, its words decide too. */
function kindOfPair(one: PreparedPicture, other: PreparedPicture, { layers }: Found): Kind {
  if (one.isPrint() && other.isPrint()) return "text";
  const kind = kindOf(layers.cells);
  return kind === "photo" && isPrintInEither(one, other) ? "mixed" : kind;
}

function isPrintInEither(one: PreparedPicture, other: PreparedPicture): boolean {
  return one.isPrint() || other.isPrint();
}

/** Two pages are the same when their words are: what does not even lie roughly is not read closely. */
function read(one: PreparedPicture, other: PreparedPicture, coarse: Found): Look {
  const roughly = judge(coarse.layers, "text");
  const closely = roughly.agreement < WORTH_READING ? null : layFinely(one, other, coarse);
  if (closely === null) return conclude(one, other, coarse, roughly);
  const judgement = judge(closely.layers, "text");
  // Dots of a print or of a screen drown what is fine: the rough picture agrees, and nobody can read.
  if (judgement.isDrowned && roughly.verdict === "same") return conclude(one, other, coarse, { ...roughly, verdict: "undecided" });
  // A small picture is enlarged for the rough look: what that shows as another was not read any closer.
  const isCloser = [one, other].every(({ fine, coarse }) => longerEdge(coarse) < ENLARGED_FROM * longerEdge(fine));
  if (judgement.verdict === "same" && roughly.verdict !== "same" && !isCloser)
    return conclude(one, other, coarse, { ...roughly, verdict: "altered" });
  const changed = judgement.verdict === "same" ? changedLetters(closely.layers) : [];
  return conclude(one, other, closely, changed.length === 0 ? judgement : { ...judgement, verdict: "altered", regions: changed });
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
