/**
 * Pairs whose answer is known, and those of them that a threshold decides.
 */
import { NEARLY_EMPTY_BELOW } from "../photos/detail.ts";
import { areDifferentExposures, type TakenPicture } from "../photos/exposure.ts";
import type { ContentHash, PhotoPath, Similarity } from "../units.ts";
import type { ScoredPair } from "./scored-pair.ts";

/** Two photos and what a person says of them. */
export interface LabelledPair {
  readonly a: PhotoPath;
  readonly b: PhotoPath;
  readonly same: boolean;
  /** Line of the file that says so. */
  readonly line: number;
}

/** A picture of a pair: a photo, or an edit of one. */
export interface Picture {
  /** As it is shown: a path, or an original's path and what was done to it. */
  readonly name: string;
  /** The photo itself, or the original of an edit. */
  readonly photo: PhotoPath;
}

/** A scored pair that can be shown, by name and as two pictures. */
export interface ReviewablePair extends ScoredPair {
  readonly pictures: readonly [Picture, Picture];
}

/** A pair that is worth a second look. */
export interface DisputedPair {
  readonly similarity: Similarity;
  readonly pictures: readonly [Picture, Picture];
}

/** A photo as far as a report decides by it. */
export interface PhotoEvidence extends TakenPicture {
  readonly hash: ContentHash;
  /** In [0, 1]; see `detail.ts`. */
  readonly detail: number;
  /** Unit length. */
  readonly vector: Float32Array;
}

/** Why a report decides a pair without its similarity. */
export type PairExclusion = "sameBytes" | "nearlyEmpty" | "differentExposures" | "seenDifferent";

export const NONE_EXCLUDED: Readonly<Record<PairExclusion, number>> = {
  sameBytes: 0,
  nearlyEmpty: 0,
  differentExposures: 0,
  seenDifferent: 0,
};

/** Null for a pair that the threshold decides, unless a look does: only such pairs tell what a threshold is worth. */
export function exclusionOf(one: PhotoEvidence, other: PhotoEvidence): Exclude<PairExclusion, "seenDifferent"> | null {
  if (one.hash === other.hash) return "sameBytes";
  if (Math.min(one.detail, other.detail) < NEARLY_EMPTY_BELOW) return "nearlyEmpty";
  return areDifferentExposures(one, other) ? "differentExposures" : null;
}
