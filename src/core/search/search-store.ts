/**
 * The library as a search sees it.
 */
import type { ContentId, LibraryContent } from "../library/contents.ts";
import type { VectorBlock } from "../library/vectors.ts";
import type { ContentHash, PhotoPath } from "../units.ts";

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
