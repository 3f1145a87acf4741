/**
 * The library as a scan sees it.
 */
import type { EmbeddedPhoto, IdentifiedPhoto, PhotoFile, SkippedPhoto } from "../photos/photo.ts";
import type { FactsAgain, Presence, WalkEntry } from "../photos/ports.ts";
import type { ContentHash, ContentId, PhotoPath } from "../units.ts";

/** What the library already knows of a walked file. */
export type FileState = "unchanged" | "pending" | "skipped-before";

/** What the walk met and the library takes note of. */
export type MetEntry = Exclude<WalkEntry, { readonly kind: "excluded" }>;

/** What became of one file that was read. */
export type ReadOutcome =
  | { readonly kind: "known"; readonly photo: IdentifiedPhoto }
  | { readonly kind: "embedded"; readonly photo: EmbeddedPhoto }
  | { readonly kind: "skipped"; readonly skipped: SkippedPhoto; readonly file: PhotoFile };

/** Where contents that were known were found now, counted by path: those that held the same before are in neither. */
export interface KnownAgain {
  /** Moved or renamed: no other photo holds the content any more. */
  readonly renamed: number;
  /** Another photo holds it too. */
  readonly copied: number;
}

/** A content whose facts lack what is read now, and a photo that holds it. */
export interface OutdatedContent {
  readonly content: ContentId;
  readonly file: PhotoFile;
}

export interface ReadAgain extends FactsAgain {
  readonly content: ContentId;
}

/** The library as a scan with one encoder sees it. */
export interface ScanStore {
  /**
   * Takes in a page of what the walk met. Photos are compared with what is known by path, size and time of change; whatever has
   * to be read becomes pending. A photo that is known where something was skipped stays known: that it could not be read now does
   * not say that it is not there.
   * @returns the state of each photo of the page, in its order
   */
  meet(entries: readonly MetEntry[]): Promise<readonly FileState[]>;
  /**
   * Camera originals among the companions that this scan met which travel with no photo that it met: those are photos of their own. One
   * that was and has its photo beside it now is none any more. A photo that is known not to be readable has no companions.
   * @returns pages in path order; what is met meanwhile is taken into account or not
   */
  loneOriginals(): AsyncIterable<readonly PhotoPath[]>;
  /**
   * Marks as missing what the finished walk did not meet and is surely gone or excluded; all else stays as it was, and so does what a filter of
   * this scan passed by.
   * @param lost roots that went away: nothing is settled below them
   */
  finishWalk(lost: readonly string[], presence: Unmet): Promise<WalkResult>;
  /** Files below the roots that are not compared, whether found out now or at an earlier scan, and those that this scan met elsewhere. */
  skippedCount(): Promise<number>;
  /** Files that this scan met and has not read. */
  pendingCount(): Promise<number>;
  /** Pages in path order; photos recorded meanwhile may be left out, and so is what another machine is reading now. */
  pending(): AsyncIterable<readonly PhotoFile[]>;
  /**
   * Waits a moment where another machine is reading photos of this scan.
   * @returns whether it may have left some: `pending` is to be asked again. False where nobody else scans
   */
  awaitOthers(): Promise<boolean>;
  /** Those of the contents that have an embedding. */
  embeddedAmong(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>>;
  record(outcomes: readonly ReadOutcome[]): Promise<KnownAgain>;
  /** Contents of photos that this scan met of which an earlier dupfind read less than is read now (`FACTS_VERSION`). */
  outdatedCount(): Promise<number>;
  /** One photo of each, in pages. */
  outdated(): AsyncIterable<readonly OutdatedContent[]>;
  /** Vectors that may be of another picture go, every encoder's, and the photos that this scan met are pending. */
  recordFacts(read: readonly ReadAgain[]): Promise<void>;
}

/** What the end of a walk asks of what it did not meet. */
export type Unmet = Pick<Presence, "whyUnmet" | "isForAnotherRoot">;

export interface WalkResult {
  /** Photos that are known, lie below a root, were not met and are not there. */
  readonly missing: number;
  /** Photos that are known and there, and that the walk was told to pass by: out of the library until a walk meets them. */
  readonly nowExcluded: number;
  /** Photos that are known, lie below a root, were not met, and may be there: they stay as they were. */
  readonly unsure: number;
  /** Roots that are empty though photos are known below them: nothing there was marked as missing. */
  readonly emptyRoots: readonly string[];
}
