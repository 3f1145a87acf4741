/**
 * What `dupfind status` tells of a library.
 */
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { SkippedPhoto } from "../photos/photo.ts";
import type { ScannedRoot } from "./contents.ts";
import type { LeftOutCounts, LeftOutFile } from "./left-out.ts";

/** What the library itself tells of it. */
export interface LibraryCounts {
  readonly roots: readonly string[];
  /** Photos on disk at the last scan. */
  readonly photos: number;
  /** Photos known from earlier scans and not met by the last. */
  readonly missing: number;
  /** Distinct contents. */
  readonly contents: number;
  /** Found by a scan that was interrupted before it read them. */
  readonly pending: number;
  /** Roots whose scan is under way, was broken off, or could not tell of each known photo whether it is there. */
  readonly unwalked: readonly string[];
  readonly encoders: readonly EncoderStatus[];
  readonly skipped: readonly SkippedPhoto[];
}

export interface LibraryStatus extends LibraryCounts {
  /** As the encoder that a report would use sees it. */
  readonly leftOut: LeftOutCounts;
  /** All that was not compared, one by one, skipped files among them; null where it was not asked for. */
  readonly leftOutFiles: readonly LeftOutFile[] | null;
  /** Whether a report with the library's own encoder speaks of every photo that is not skipped. */
  readonly finished: boolean;
}

/** What `dupfind roots` tells of a folder. */
export interface RootStatus extends ScannedRoot {
  /** False where it is missing, empty or cannot be listed now, as on a drive that is away. */
  readonly isHere: boolean;
}

export interface EncoderStatus extends NamedEncoder {
  /** Contents that have an embedding. */
  readonly embedded: number;
  /** Of these, not yet compared with the rest. */
  readonly uncompared: number;
  /** Pairs at or above the encoder's floor. */
  readonly pairs: number;
}
