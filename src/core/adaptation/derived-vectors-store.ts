/**
 * What deriving vectors asks of the library.
 */
import type { ContentId } from "../library/contents.ts";

/** An embedding as it lies in the library. */
export interface KeptVector {
  readonly content: ContentId;
  /** In [0, 1]; see `detail.ts`. */
  readonly detail: number;
  /** Unit length. */
  readonly vector: Float32Array;
}

/** Vectors of one encoder to read, and of another to keep. */
export interface DerivedStore {
  /** Contents that the first one embedded. */
  total(): Promise<number>;
  /** The first one's, a page at a time, in the order they were made. */
  pages(): AsyncIterable<readonly KeptVector[]>;
  /** Keeps vectors of the other, all of them or none; those it has stay. */
  keep(vectors: readonly KeptVector[]): Promise<void>;
}
