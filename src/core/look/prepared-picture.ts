/**
 * What a look needs of one picture: made once, used for every pair that the picture is in.
 */
import type { ColourPicture } from "./colours.ts";
import { type Descriptors, describe } from "./descriptors.ts";
import { type GreyPicture, longerEdge, resample, resize } from "./grey-picture.ts";
import { findKeypoints, type Keypoints } from "./keypoints.ts";
import { isPrint } from "./print.ts";

/** Pixels along the longer edge of what is read of a file: enough to tell the words of a page from others. */
export const FINE_EDGE = 1280;
/** Where points are looked for. */
const COARSE_EDGE = 512;
/** A smaller picture is enlarged so far. */
const MOST_ENLARGED = 2;
/** Edge of the square that whole pictures are compared at first. */
export const TINY_EDGE = 32;

export interface PreparedPicture {
  readonly fine: GreyPicture;
  readonly coarse: GreyPicture;
  /** Squashed to `TINY_EDGE` each way. */
  readonly tiny: GreyPicture;
  readonly colour: ColourPicture;
  /** Whether it is ink on paper, read at its finest. */
  readonly isPrint: () => boolean;
  readonly points: () => Keypoints;
  readonly descriptors: () => Descriptors;
  /** Of the picture turned over from left to right. */
  readonly mirroredDescriptors: () => Descriptors;
}

/**
 * @param fine at most `FINE_EDGE` along its longer edge; kept, not copied
 * @param colour the whole picture in few pixels
 */
export function preparePicture(fine: GreyPicture, colour: ColourPicture): PreparedPicture {
  const scale = Math.min(MOST_ENLARGED, COARSE_EDGE / longerEdge(fine));
  const coarse = scale === 1 ? fine : resize(fine, scale);
  const points = once(() => findKeypoints(coarse));
  return {
    fine,
    coarse,
    tiny: resample(coarse, TINY_EDGE, TINY_EDGE),
    colour,
    isPrint: once(() => isPrint(fine)),
    points,
    descriptors: once(() => describe(points(), false)),
    mirroredDescriptors: once(() => describe(points(), true)),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
