/**
 * The library as a report sees it.
 */
import type { ContentId, LibraryContent, Pair } from "../library/contents.ts";
import type { Unfinished } from "../library/unfinished.ts";
import type { CompanionFile, SkippedPhoto } from "../photos/photo.ts";
import type { PhotoPath } from "../units.ts";

/** The library as a report with one encoder sees it. */
export interface ReportStore {
  pairsAtOrAbove(threshold: number): readonly Pair[];
  /** The contents of the pairs, and all that several present photos hold; photos that are missing are left out. */
  contentsFor(pairs: readonly Pair[]): ReadonlyMap<ContentId, LibraryContent>;
  vector(content: ContentId): Float32Array;
  comparedPhotos(): Iterable<PhotoPath>;
  sideFiles(): Iterable<CompanionFile>;
  skipped(): readonly SkippedPhoto[];
  unfinished(): Unfinished;
}
