/**
 * The library as a scan sees it.
 */
import type { CompanionFile, EmbeddedPhoto, IdentifiedPhoto, PhotoFile, SkippedPhoto } from "../photos/photo.ts";
import type { Presence } from "../photos/ports.ts";
import type { ContentHash } from "../units.ts";

/** What the library already knows of a walked file. */
export type Stock = "unchanged" | "pending" | "skipped-before";

/** The library as a scan with one encoder sees it. */
export interface ScanStore {
  /** Compares path, size and mtime with what is known; whatever has to be read becomes pending. */
  takeStockOf(file: PhotoFile): Stock;
  noteSideFile(file: CompanionFile): void;
  noteSkipped(skipped: SkippedPhoto, file: PhotoFile | null): void;
  /**
   * Marks as missing what the finished walk did not meet and is surely gone or left out; all else stays as it was.
   * @param lost roots that went away: nothing is settled below them
   */
  finishStock(lost: readonly string[], whyUnmet: Presence["whyUnmet"]): Promise<StockTaken>;
  /** Files below the roots that are not compared, whether found out now or at an earlier scan. */
  skippedCount(): number;
  /** Files that this scan met and has not read. */
  pendingCount(): number;
  /** In path order; photos recorded meanwhile may be left out. */
  pending(): Iterable<PhotoFile>;
  hasEmbedding(hash: ContentHash): boolean;
  recordKnown(photo: IdentifiedPhoto): void;
  recordEmbedded(photo: EmbeddedPhoto): void;
  /** Makes everything recorded so far durable. */
  commit(): void;
}

export interface StockTaken {
  /** Photos that are known, lie below a root, were not met and are not there. */
  readonly missing: number;
  /** Photos that are known, lie below a root, were not met, and may be there: they stay as they were. */
  readonly unsure: number;
  /** Roots that are empty though photos are known below them: nothing there was marked as missing. */
  readonly emptyRoots: readonly string[];
}
