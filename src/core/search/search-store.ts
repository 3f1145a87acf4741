/**
 * The library as a search sees it.
 */
import type { ContentId, LibraryContent } from "../library/contents.ts";
import type { VectorBlock } from "../library/vectors.ts";
import type { ContentHash, PhotoPath, Similarity } from "../units.ts";

/** A photo, and what it holds. */
export interface PhotoOfContent {
  readonly content: ContentId;
  readonly path: PhotoPath;
  /** Device and inode; two paths with one id are one file. */
  readonly fileId: string;
}

export interface NearestChoice {
  /** Contents that are wanted. */
  readonly count: number;
  /** Lowest similarity; null for any. */
  readonly min: number | null;
  /** Contents that no present photo below them holds do not count; empty for the whole library. */
  readonly folders: readonly string[];
  /** Not asked for; null for none. */
  readonly except: ContentId | null;
}

/** A content and how similar it is to what was looked for. */
export interface Ranked {
  readonly content: ContentId;
  readonly similarity: Similarity;
}

export interface Nearest {
  /**
   * The most similar first, and of those as similar as the last of the count all, since which of them come first is told by their photos;
   * equal ones in no order.
   */
  readonly best: readonly Ranked[];
  /** Contents that were compared with what is wanted. */
  readonly comparedCount: number;
}

/** The library as a search with one encoder sees it. */
export interface SearchStore {
  /** The content with these bytes, where it has an embedding. */
  find(hash: ContentHash): Promise<{ readonly content: ContentId; readonly vector: Float32Array } | null>;
  /** The contents most similar to a vector, exactly. */
  nearest(wanted: Float32Array, choice: NearestChoice): Promise<Nearest>;
  /** All embeddings, in the order they were made; a block is overwritten by the next. */
  vectors(): AsyncIterable<VectorBlock>;
  /** Every present photo that has an embedding, in pages, in no order. */
  photos(): AsyncIterable<readonly PhotoOfContent[]>;
  /** The contents with their present photos in path order; those that have none are left out. */
  contents(ids: readonly ContentId[]): Promise<ReadonlyMap<ContentId, LibraryContent>>;
}
