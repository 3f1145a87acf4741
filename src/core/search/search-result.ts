/**
 * A finished search as data; the renderers turn it into text, JSON, a page or a list of paths.
 */
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { LibraryContent, LibraryPhoto } from "../library/contents.ts";
import { comparePaths } from "../paths.ts";
import type { Similarity } from "../units.ts";
import type { Query } from "./query.ts";

export interface SearchResult {
  readonly encoder: NamedEncoder;
  readonly query: Query;
  /** Contents that were compared with the query, photos that are missing included. */
  readonly comparedCount: number;
  /** Present photos with the bytes of the query's photo; they are no hits. */
  readonly same: readonly LibraryPhoto[];
  /** In the order of `compareHits`. */
  readonly hits: readonly Hit[];
}

/** A content of the library, its photos narrowed to the folders that were asked for. */
export interface Hit {
  readonly content: LibraryContent;
  readonly similarity: Similarity;
}

/** The most similar first; of equally similar ones that with the first path: when a photo was met tells nothing. */
export function compareHits(one: Hit, other: Hit): number {
  const [path, otherPath] = [one.content.photos[0]?.path ?? "", other.content.photos[0]?.path ?? ""];
  return other.similarity - one.similarity || comparePaths(path, otherPath);
}
