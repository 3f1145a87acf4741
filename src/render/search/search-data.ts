/**
 * What a search found, for programs: JSON (docs/search.schema.json) and NUL-separated paths.
 */
import type { SearchResult } from "../../core/search/search-result.ts";

/** Raised when a field changes its meaning or goes; new fields come without. */
const SEARCH_SCHEMA_VERSION = 1;

export function renderSearchJson({ encoder, query, comparedCount, same, hits }: SearchResult): string {
  const document = {
    schemaVersion: SEARCH_SCHEMA_VERSION,
    encoder,
    query,
    compared: comparedCount,
    same: same.map(({ path }) => path),
    hits: hits.map(({ content, similarity }) => {
      const { width, height, format } = content.facts;
      const paths = content.photos.map(({ path }) => path);
      return { similarity, paths, bytes: content.bytes, sha256: content.hash, width, height, format };
    }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Every photo of every hit, the most similar first, each ended by NUL: what `xargs -0` takes. */
export function renderHitPaths({ hits }: SearchResult): string {
  return hits.flatMap(({ content }) => content.photos.map(({ path }) => `${path}\0`)).join("");
}
