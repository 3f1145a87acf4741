/**
 * The library as commands and stories know it: one port that any engine can stand behind, a file on this machine or a server that
 * many share. Every question is asynchronous, and what can be long comes in pages: no story asks row by row what a page could
 * answer. What a call has written is durable when its promise resolves.
 */
import type { DerivedStore } from "./adaptation/derived-vectors-store.ts";
import type { CalibrationStore } from "./calibration/calibration-store.ts";
import type { DriftStore } from "./drift/drift.ts";
import type { ReportStore } from "./duplicates/report-store.ts";
import type { ChosenEncoder } from "./encoders/ports.ts";
import type { LabelStore } from "./labels/question.ts";
import type { HeldContent, LibraryRoot, ScannedRoot, ScanRoot } from "./library/contents.ts";
import type { LeftOutStore } from "./library/left-out.ts";
import type { LibraryCounts } from "./library/library-status.ts";
import type { PruneStore } from "./library/prune-plan.ts";
import type { ScanStore } from "./library/scan-store.ts";
import type { Unfinished } from "./library/unfinished.ts";
import type { PairStore } from "./library/vectors.ts";
import type { LookStore } from "./look/look-store.ts";
import type { MapStore } from "./map/ports.ts";
import type { SearchStore } from "./search/search-store.ts";
import type { ContentHash } from "./units.ts";

export interface Library extends LeftOutStore {
  /** Folders that were scanned, in path order, each as it was scanned last. */
  roots(): Promise<readonly LibraryRoot[]>;
  /** The same, with what is known of each: reads a row for every photo. */
  scannedRoots(): Promise<readonly ScannedRoot[]>;
  /** Whether a photo is known in the folder or below it, or is what the path names, be it skipped, missing or not read yet. */
  knowsBelow(folder: string): Promise<boolean>;
  /** Folders that photos are known in, each once, in pages, in path order of their photos. */
  photoFolders(): AsyncIterable<readonly string[]>;
  /** The encoder this library is used with where none is named; null until one was chosen. */
  defaultModel(): Promise<string | null>;
  setDefaultModel(id: string): Promise<void>;
  status(): Promise<LibraryCounts>;
  /** Contents of present photos that the encoder has embedded. */
  embeddedCount(encoder: ChosenEncoder): Promise<number>;
  /** Present photos that it has no vector of, though their bytes may give one. */
  withoutVectorCount(encoder: ChosenEncoder): Promise<number>;
  /** What is left to do with an encoder, be it one that this library has never seen. */
  unfinishedOf(encoder: ChosenEncoder): Promise<Unfinished>;
  /** Forgets what the encoder made of the photos, and its canaries: the next scan or reindex begins anew. */
  forgetVectors(encoder: ChosenEncoder): Promise<void>;
  /**
   * @param file that something is to be written to; its id is null where there is none yet
   * @returns the photo, companion or skipped file that stands there, as the library has its path; null for none
   */
  fileAt(path: string, fileId: string | null): Promise<string | null>;

  /**
   * What is known of a folder, and of all that lies below it, is known of another folder from now on. Where both know of a path, what is known at
   * the new place stays.
   */
  moveFolder(from: string, to: string): Promise<void>;

  /** Those of the hashes that the library knows. */
  contentsWith(hashes: Iterable<ContentHash>): Promise<ReadonlyMap<ContentHash, HeldContent>>;

  /**
   * Begins a scan.
   * @param attempt names what can be decoded today: files that could not be decoded at another attempt are tried again
   */
  scanWith(encoder: ChosenEncoder, roots: readonly ScanRoot[], attempt: string): Promise<ScanStore>;
  pairsOf(encoder: ChosenEncoder): PairStore;
  reportOf(encoder: ChosenEncoder): ReportStore;
  /** What was seen of pairs of pictures, whatever encoder proposed them. */
  looks(): LookStore;
  searchOf(encoder: ChosenEncoder): SearchStore;
  mapOf(encoder: ChosenEncoder): MapStore;
  calibrationOf(encoder: ChosenEncoder): CalibrationStore;
  canariesOf(encoder: ChosenEncoder): DriftStore;
  /** @param others encoders there are; those that embedded nothing here are left out */
  labelsOf(encoder: ChosenEncoder, others: readonly ChosenEncoder[]): Promise<LabelStore>;
  /** Vectors of one encoder, to be mapped into those of another. */
  derivation(from: ChosenEncoder, to: ChosenEncoder): DerivedStore;
  pruning(): PruneStore;
  close(): Promise<void>;
}
