/**
 * An encoder's vectors in memory, and how they are compared.
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

/** Some of an encoder's embeddings, good until the next block is asked for: memory does not grow with the library. */
export interface VectorBlock {
  /** Of each row. */
  readonly contentIds: Float64Array<ArrayBuffer>;
  /** Row-major, [contentIds.length, dimensions]. */
  readonly values: Float32Array<ArrayBuffer>;
}
