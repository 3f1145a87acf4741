/**
 * What the pipeline needs from outside, as types. The adapters under `io/` fulfil them; the pipeline knows no other
 * thing of disks, databases, decoders or terminals.
 */
import type { Edit } from "./edits.ts";
import type { EncoderSpec } from "./encoder.ts";
import type { ContentId, LibraryContent, Pair } from "./library.ts";
import type { DecodedPhoto, EmbeddedPhoto, IdentifiedPhoto, PhotoFile, RgbPixels, SideFile, SkippedPhoto } from "./photo.ts";
import type { Unfinished } from "./unfinished.ts";
import type { ContentHash, EncoderKey, PhotoPath } from "./units.ts";

/** A stage's result for one photo: the next value, or why there is none. */
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly skipped: SkippedPhoto };

/** One thing the walk met. */
export type WalkEntry =
  | { readonly kind: "photo"; readonly file: PhotoFile }
  | { readonly kind: "side-file"; readonly file: SideFile }
  | { readonly kind: "skipped"; readonly skipped: SkippedPhoto }
  /** Seen and left alone: not a photo by its name, hidden, or a link that is not followed. */
  | { readonly kind: "left-out"; readonly path: string; readonly because: LeftOut };
export type LeftOut = "other-file" | "hidden" | "link" | "same-folder-again";

/** Streams what lies below the roots, from names and stats alone. */
export type Walk = () => AsyncIterable<WalkEntry>;

/** Reads the file once and hashes it. */
export type Identify = (file: PhotoFile) => Promise<Outcome<IdentifiedPhoto>>;

/** Decodes once to the encoder's input size; refuses a file that changed since it was identified. */
export type Decode = (photo: IdentifiedPhoto) => Promise<Outcome<DecodedPhoto>>;

/** Decodes a picture that was made in memory, just as a file with these bytes would be. */
export type DecodeBytes = (bytes: Uint8Array) => Promise<RgbPixels>;

/** Carries an edit out; the same bytes of a JPEG or PNG file for the same pixels and edit. */
export type EditPicture = (pixels: RgbPixels, edit: Edit) => Promise<Uint8Array>;

export interface Encoder {
  /** @returns the unit vector; the same bit for bit for the same pixels, whatever runs beside it. */
  encode(pixels: RgbPixels): Promise<Float32Array>;
}

/**
 * Why a walk did not meet a known photo. `gone`: its folder was listed, on the device that the photo lay on, and has no such
 * name. `left-out`: it is there and left alone by choice. `unsure`: nobody can tell now.
 */
export type Absence = "gone" | "left-out" | "unsure";

/** A known photo that a walk did not meet. */
export interface UnmetPhoto {
  readonly path: PhotoPath;
  /** The one it lies below. */
  readonly root: string;
  /** Those that its file system goes by: what it was met on, and what that is called today where it was numbered anew. */
  readonly devices: ReadonlySet<string>;
}

/** Tells what is not there from what cannot be read now. */
export interface Presence {
  whyUnmet(photo: UnmetPhoto): Promise<Absence>;
  /** Roots that cannot be listed, or stand on another device than when the scan began. */
  lostRoots(): Promise<readonly string[]>;
}

/** What the library already knows of a walked file. */
export type Stock = "unchanged" | "pending" | "skipped-before";

/** The library as a scan with one encoder sees it. */
export interface ScanStore {
  /** Compares path, size and mtime with what is known; whatever has to be read becomes pending. */
  takeStockOf(file: PhotoFile): Stock;
  noteSideFile(file: SideFile): void;
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

/** Embeddings of one encoder, in the order they were made. */
export interface VectorRows {
  /** Row-major, [contentIds.length, dimensions]. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly dimensions: number;
  readonly contentIds: readonly ContentId[];
}

/** All of them. */
export interface VectorMatrix extends VectorRows {
  /** Rows below are compared with each other already. */
  readonly comparedRows: number;
}

export interface PairStore {
  loadVectors(): VectorMatrix;
  uncomparedCount(): number;
  /** Keeps the pairs and that all rows below `throughRow` are now compared with each other, both or neither. */
  recordPairs(pairs: readonly Pair[], matrix: VectorMatrix, throughRow: number): void;
}

/** Pairs of rows among which are all that reach the floor, give or take rounding. */
export interface CandidateBlock {
  /** Rows below are now compared with all rows below. */
  readonly throughRow: number;
  /** Comparisons made for this block. */
  readonly comparisons: number;
  readonly candidates: Iterable<readonly [row: number, column: number]>;
}

/** Compares the rows from `comparedRows` on with every row before them; exact up to `roundingMargin`. */
export type SearchPairs = (matrix: VectorMatrix, floor: number) => AsyncIterable<CandidateBlock>;

/** For some of the asked rows, other rows among which are the most similar ones. */
export interface NearestBlock {
  /** Asked rows that are done, those of earlier blocks among them. */
  readonly done: number;
  /** A row itself may be among its columns. */
  readonly candidates: Iterable<{ readonly row: number; readonly columns: readonly number[] }>;
}

/**
 * Compares the asked rows with every row and proposes, for each, rows among which are its `count` nearest others; exact up to
 * `roundingMargin`.
 */
export type SearchNearest = (matrix: VectorRows, asked: readonly number[], count: number) => AsyncIterable<NearestBlock>;

/** The library as a report with one encoder sees it. */
export interface ReportStore {
  pairsAtOrAbove(threshold: number): readonly Pair[];
  /** The contents of the pairs, and all that several present photos hold; photos that are missing are left out. */
  contentsFor(pairs: readonly Pair[]): ReadonlyMap<ContentId, LibraryContent>;
  vector(content: ContentId): Float32Array;
  comparedPhotos(): Iterable<PhotoPath>;
  sideFiles(): Iterable<SideFile>;
  skipped(): readonly SkippedPhoto[];
  unfinished(): Unfinished;
}

/** Some of an encoder's embeddings, good until the next block is asked for: memory does not grow with the library. */
export interface VectorBlock {
  /** Of each row. */
  readonly contentIds: Float64Array<ArrayBuffer>;
  /** Row-major, [contentIds.length, dimensions]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** A photo, and what it holds. */
export interface PhotoOfContent {
  readonly content: ContentId;
  readonly path: PhotoPath;
  /** Device and inode; two paths with one id are one file. */
  readonly fileId: string;
}

/** The library as a search with one encoder sees it. */
export interface SearchStore {
  /** The content with these bytes, where it has an embedding. */
  find(hash: ContentHash): { readonly content: ContentId; readonly vector: Float32Array } | null;
  /** All embeddings, in the order they were made. */
  vectors(): Iterable<VectorBlock>;
  /**
   * Tells whether a present photo holds a content.
   * @param folders photos outside do not count; empty for the whole library
   */
  isPresent(folders: readonly string[]): (content: ContentId) => boolean;
  /** Every present photo that has an embedding, in no order. */
  photos(): Iterable<PhotoOfContent>;
  /** The contents with their present photos in path order; those that have none are left out. */
  contents(ids: readonly ContentId[]): ReadonlyMap<ContentId, LibraryContent>;
}

/** Which encoder a library is read or written with. */
export interface ChosenEncoder {
  readonly spec: EncoderSpec;
  readonly key: EncoderKey;
}

/** How far the work has come. */
export type Progress =
  | { readonly step: "walk"; readonly found: number }
  | { readonly step: "embed"; readonly done: number; readonly total: number }
  | { readonly step: "edit"; readonly done: number; readonly total: number }
  | { readonly step: "compare"; readonly done: number; readonly total: number }
  | { readonly step: "neighbours"; readonly done: number; readonly total: number }
  | { readonly step: "learn"; readonly done: number; readonly total: number }
  | { readonly step: "lay-out"; readonly done: number; readonly total: number }
  | { readonly step: "thumbnails"; readonly done: number; readonly total: number }
  | { readonly step: "pull"; readonly done: number; readonly total: number; readonly bytesPerSecond: number };
export type OnProgress = (progress: Progress) => void;
