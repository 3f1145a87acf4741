/**
 * A pair whose answer is known, with what a person needs to look at it again.
 */
import type { ScoredPair } from "./scored-pair.ts";
import type { PhotoPath } from "./units.ts";

/** Two photos and what a person says of them. */
export interface LabelledPair {
  readonly a: PhotoPath;
  readonly b: PhotoPath;
  readonly same: boolean;
}

/** A picture of a judged pair: a photo, or an edit that was made of one. */
export interface Picture {
  /** As it is shown: a path, or an original's path and what was done to it. */
  readonly name: string;
  /** The photo itself, or the original of an edit. */
  readonly photo: PhotoPath;
}

/** A scored pair that can be shown by name and as two pictures. */
export interface JudgedPair extends ScoredPair {
  readonly pictures: readonly [Picture, Picture];
}
