/**
 * The matrix product, loaded with the first comparison: most commands make none.
 */
import type { SearchPairs } from "../../core/library/vectors.ts";

/** @param threads processors that a comparison may use */
export function lazyPairSearch(threads: number): SearchPairs {
  return async function* searchPairs(matrix, floor, most) {
    const { createPairSearch } = await import("./pair-search.ts");
    yield* createPairSearch(threads)(matrix, floor, most);
  };
}
