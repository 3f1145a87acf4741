/**
 * Finds the nearest others of each vector as matrix products in blocks, with the graph of the pair search: for every row the
 * greatest product with each group of rows, of which the best groups must hold the nearest rows.
 */
import { roundingMargin } from "../../core/encoders/similarity.ts";
import type { SearchNearest, VectorRows } from "../../core/library/vectors.ts";
import { type InferenceSession, Tensor } from "../encoders/onnx-runtime.ts";
import { BestGroups } from "./best-groups.ts";
import { GROUP, openGraph, wholeGroups } from "./pair-search.ts";

/** Asked rows at once, and rows they are compared with. */
const QUERY_ROWS = 1024;
const BASE_ROWS = 8192;
/** No product is above it: the graph's other output stays empty. */
const ABOVE_ALL = 2;

/** @param threads processors to use */
export function createNearestSearch(threads: number): SearchNearest {
  return async function* searchNearest(matrix, asked, count) {
    const session = await openGraph(threads);
    try {
      for (let from = 0; from < asked.length; from += QUERY_ROWS) {
        const some = asked.slice(from, from + QUERY_ROWS);
        const best = await searchGroups(session, matrix, some, count);
        yield { done: from + some.length, candidates: candidatesOf(best, some, matrix.contentIds.length) };
      }
    } finally {
      await session.release();
    }
  };
}

async function searchGroups(session: InferenceSession, matrix: VectorRows, asked: readonly number[], count: number) {
  const queries = new Tensor("float32", gather(matrix, asked), [asked.length, matrix.dimensions]);
  const floor = new Tensor("float32", Float32Array.of(ABOVE_ALL), [1]);
  const best = asked.map(() => new BestGroups(count, 2 * roundingMargin(matrix.dimensions)));
  const all = matrix.contentIds.length;
  for (let start = 0; start < all; start += BASE_ROWS) {
    const base = wholeGroups(matrix, start, Math.min(all, start + BASE_ROWS));
    const { greatest } = await session.run({ queries, base, floor }, ["greatest"]);
    const products = greatest?.data as Float32Array;
    const groups = products.length / asked.length;
    for (const [i, one] of best.entries()) {
      const own = firstOfGroup(asked[i] as number);
      for (let at = 0; at < groups; at++) {
        const first = start + at * GROUP;
        if (first !== own) one.offer(first, GROUP, products[i * groups + at] as number);
      }
    }
  }
  return best;
}

/** A row's own group is always among its groups; in it the row itself drowns all others. */
function* candidatesOf(best: readonly BestGroups[], asked: readonly number[], all: number) {
  for (const [i, one] of best.entries()) {
    const row = asked[i] as number;
    const columns = [firstOfGroup(row), ...one.groups().map(({ first }) => first)].flatMap((first) =>
      Array.from({ length: Math.min(GROUP, all - first) }, (_, place) => first + place),
    );
    yield { row, columns };
  }
}

function firstOfGroup(row: number): number {
  return row - (row % GROUP);
}

function gather({ values, dimensions }: VectorRows, asked: readonly number[]): Float32Array {
  const gathered = new Float32Array(asked.length * dimensions);
  for (const [i, row] of asked.entries()) gathered.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  return gathered;
}
