/**
 * What looks say of pairs, as far as a threshold is concerned: two pictures that were seen to be different are in no report together,
 * however similar they are.
 */
import type { ContentId, PhotoPath, Similarity } from "../units.ts";

export type AreDifferent = (one: ContentId, other: ContentId) => boolean;

/** Looks at pairs of photos that need not be in a library. */
export interface PhotoLooks {
  /** Similarity from which on a report would look at a pair. */
  readonly from: Similarity;
  /** False too where a photo cannot be read now. */
  readonly areDifferent: (one: PhotoPath, other: PhotoPath) => Promise<boolean>;
}
