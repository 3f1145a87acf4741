/**
 * What `dupfind status` tells of a library.
 */
import type { NamedEncoder } from "./encoder.ts";
import type { SkippedPhoto } from "./photo.ts";

export interface LibraryStatus {
  readonly roots: readonly string[];
  /** Photos on disk at the last scan. */
  readonly photos: number;
  /** Photos known from earlier scans and not met by the last. */
  readonly missing: number;
  /** Distinct contents. */
  readonly contents: number;
  /** Found by a scan that was interrupted before it read them. */
  readonly pending: number;
  readonly encoders: readonly EncoderStatus[];
  readonly skipped: readonly SkippedPhoto[];
}

export interface EncoderStatus extends NamedEncoder {
  /** Contents that have an embedding. */
  readonly embedded: number;
  /** Of these, not yet compared with the rest. */
  readonly uncompared: number;
  /** Pairs at or above the encoder's floor. */
  readonly pairs: number;
}

/** What `dupfind prune` would forget, or has forgotten. */
export interface PrunePlan {
  readonly photos: number;
  readonly contents: number;
  /** Roots that are missing, empty or lost most of their photos at once: nothing below them is forgotten. */
  readonly guardedRoots: readonly string[];
}
