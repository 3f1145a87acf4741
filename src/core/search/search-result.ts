/**
 * A finished search as data; the renderers turn it into text, JSON, a page or a list of paths.
 */
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { LibraryContent, LibraryPhoto } from "../library/contents.ts";
import type { Similarity } from "../units.ts";
import type { Query } from "./query.ts";

export interface SearchResult {
  readonly encoder: NamedEncoder;
  readonly query: Query;
  /** Contents that were compared with the query, photos that are missing included. */
  readonly comparedCount: number;
  /** Present photos with the bytes of the query's photo; they are no hits. */
  readonly same: readonly LibraryPhoto[];
  /** The most similar first. */
  readonly hits: readonly Hit[];
}

/** A content of the library, its photos narrowed to the folders that were asked for. */
export interface Hit {
  readonly content: LibraryContent;
  readonly similarity: Similarity;
}
