/**
 * Two pictures, whether they are the same one, and how similar an encoder finds them: what every measurement starts from.
 */
import type { Similarity } from "../units.ts";

export interface ScoredPair {
  /** Names the photos that the two pictures come from: what a bootstrap draws. An edit carries its original's name. */
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly similarity: Similarity;
}
