/**
 * Scored pairs that a threshold is calibrated on.
 */
import type { DisputedPair, PairExclusion, ReviewablePair } from "../pairs/labelled-pair.ts";
import type { Similarity } from "../units.ts";
import type { EditKind } from "./edits.ts";

/** Pairs that the threshold decides, and how many it does not. */
export interface ScoredPairSet {
  readonly pairs: readonly ReviewablePair[];
  /** Those of `pairs` that a person labelled. */
  readonly labelled: readonly ReviewablePair[];
  /** Different pairs that are less similar than every different one of `pairs`: too many to list, but counted. */
  readonly unlisted: number;
  readonly excluded: Readonly<Record<PairExclusion, number>>;
  /** What the edits among them rest on; null where a person labelled all. */
  readonly synthetic: SyntheticPairs | null;
}

/** How similar an edit is to its original. */
export interface EditSimilarity {
  readonly kind: EditKind;
  readonly similarity: Similarity;
}

/** What synthetic pairs rest on. */
export interface SyntheticPairs {
  /** Photos that were edited. */
  readonly photos: number;
  /** Photos that can no longer be read. */
  readonly skipped: number;
  /** Of every edit. */
  readonly edits: readonly EditSimilarity[];
  /** Pairs of different contents that may be one picture, and that are excluded: those at or above a threshold. */
  readonly suspects: { readonly threshold: number; readonly count: number; readonly mostDoubtful: readonly DisputedPair[] };
}
