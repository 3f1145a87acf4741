/**
 * The library as a report sees it.
 */
import type { ContentId, LibraryContent, Pair } from "../library/contents.ts";
import type { Unfinished } from "../library/unfinished.ts";
import type { CompanionFile, SkippedPhoto } from "../photos/photo.ts";
import type { PhotoPath } from "../units.ts";

/** The library as a report with one encoder sees it. */
export interface ReportStore {
  /** In pages, in no order. */
  pairsAtOrAbove(threshold: number): AsyncIterable<readonly Pair[]>;
  /** Contents that several present photos hold. */
  repeatedContents(): Promise<readonly ContentId[]>;
  /** With their present photos in path order; contents that have none, or no embedding, are left out. */
  contents(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, LibraryContent>>;
  vectors(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, Float32Array>>;
  /** Present photos that have an embedding, in pages, in no order. */
  comparedPhotos(): AsyncIterable<readonly PhotoPath[]>;
  /** In pages, in path order. */
  companionFiles(): AsyncIterable<readonly CompanionFile[]>;
  /** The ledger of skipped files, and camera originals that stand alone, in path order. */
  skipped(): Promise<readonly SkippedPhoto[]>;
  unfinished(): Promise<Unfinished>;
}
