/**
 * The matrix product, loaded with the first comparison: most commands make none.
 */
import type { SearchPairs } from "../../core/library/vectors.ts";
import type { ApproximateChoice } from "./approximate-search.ts";

/** @param threads processors that a comparison may use */
export function lazyPairSearch(threads: number): SearchPairs {
  return async function* searchPairs(matrix, floor, most) {
    const { createPairSearch } = await import("./pair-search.ts");
    yield* createPairSearch(threads)(matrix, floor, most);
  };
}

export function lazyApproximateSearch(choice: ApproximateChoice): SearchPairs {
  return async function* searchPairs(matrix, floor, most) {
    const { createApproximateSearch } = await import("./approximate-search.ts");
    yield* createApproximateSearch(choice)(matrix, floor, most);
  };
}
