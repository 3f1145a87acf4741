/**
 * What a search found, for programs: JSON (docs/reference/json/search.schema.json) and paths.
 */
import type { SearchResult } from "../../core/search/search-result.ts";
import { renderJsonAnswer } from "../json-answer.ts";

export function renderSearchJson({ encoder, query, comparedCount, same, hits }: SearchResult): string {
  return renderJsonAnswer("search", {
    encoder,
    query,
    compared: comparedCount,
    same: same.map(({ path }) => path),
    hits: hits.map(({ content, similarity }) => {
      const { width, height, format } = content.facts;
      const paths = content.photos.map(({ path }) => path);
      return { similarity, paths, bytes: content.bytes, sha256: content.hash, width, height, format };
    }),
  });
}

/** Every photo of every hit, the most similar first. */
export function hitPaths({ hits }: SearchResult): readonly string[] {
  return hits.flatMap(({ content }) => content.photos.map(({ path }) => path));
}
