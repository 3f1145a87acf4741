/**
 * An encoder's vectors, and how they are compared.
 */
import type { ContentId, Pair } from "./contents.ts";

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

/** Some of an encoder's embeddings, good until the next block is asked for: memory does not grow with the library. */
export interface VectorBlock {
  /** Of each row: content ids. */
  readonly contentIds: Float64Array<ArrayBuffer>;
  /** Row-major, [contentIds.length, dimensions]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** What one step of a comparison found. */
export interface ComparedBlock {
  /** Exactly those at or above the floor, of the contents that were new to this step; of each its nearest (`MOST_PAIRS_OF_A_PHOTO`). */
  readonly pairs: readonly Pair[];
  /** The last of the contents that are now compared with all before them; null where only others have compared something. */
  readonly through: ContentId | null;
  /** Comparisons made up to here, and in all. */
  readonly done: number;
  readonly total: number;
}

/** The library as a comparison with one encoder sees it. */
export interface PairStore {
  uncomparedCount(): Promise<number>;
  /**
   * Compares what is not compared yet with everything. Nothing is kept of it but by `recordPairs`.
   * @param by proposes the pairs; exactly, where it is left out
   */
  findPairs(floor: number, by?: SearchPairs): AsyncIterable<ComparedBlock>;
  /** Whether the library may keep an index of nearest neighbours itself: `findNearPairs` then needs none beside. */
  hasNearestIndex(): Promise<boolean>;
  /**
   * The same by an index of nearest neighbours that the library keeps itself: most pairs, and never all vectors in memory.
   * @param onMeasured told of each photo that was compared with all, to see how many of its pairs the index proposed
   * @returns null where it has none, or where comparing everything is faster
   */
  findNearPairs(floor: number, onMeasured: (measured: Approximation) => void): Promise<AsyncIterable<ComparedBlock> | null>;
  /** Keeps the pairs and that all contents up to `through` are now compared with each other, both or neither. */
  recordPairs(block: Pick<ComparedBlock, "pairs" | "through">): Promise<void>;
  /** All vectors in one matrix: as much memory as they take. */
  loadVectors(): Promise<VectorMatrix>;
}

/** Pairs of rows among which are all that reach the floor, give or take rounding, or of each row its nearest ones. */
export interface CandidateBlock {
  /** Rows below are now compared with all rows below. */
  readonly throughRow: number;
  /** Comparisons made for this block. */
  readonly comparisons: number;
  readonly candidates: Iterable<Candidate>;
}

/** Two rows, and what their similarity cannot exceed; Infinity where nothing is known of it. */
export type Candidate = readonly [row: number, column: number, atMost: number];

/**
 * Compares the rows from `comparedRows` on with every row before them; exact up to `roundingMargin`.
 * @param most of a new row that reaches the floor with more rows, so many of its nearest are enough; all of them where it is left out
 */
export type SearchPairs = (matrix: VectorMatrix, floor: number, most?: number) => AsyncIterable<CandidateBlock>;

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

/** How much of the pairs an index of nearest neighbours found, on photos that were also compared exactly. */
export interface Approximation {
  /** New photos that were compared exactly with all before them. */
  readonly photos: number;
  /** Their nearest pairs at or above the floor, as many as an exact comparison keeps of each. */
  readonly pairs: number;
  /** Of these, pairs that the index proposed. */
  readonly found: number;
}
