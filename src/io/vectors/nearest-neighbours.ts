/**
 * Finds the nearest others of each vector as matrix products in blocks, with the graph of the pair search: for every row the
 * greatest product with each group of rows, of which the best groups must hold the nearest rows.
 */
import { roundingMargin } from "../../core/encoders/similarity.ts";
import type { SearchNearest, VectorRows } from "../../core/library/vectors.ts";
import { type InferenceSession, Tensor } from "../encoders/onnx-runtime.ts";
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
  const best = asked.map((row) => new BestGroups(Math.floor(row / GROUP), count, 2 * roundingMargin(matrix.dimensions)));
  const all = matrix.contentIds.length;
  for (let start = 0; start < all; start += BASE_ROWS) {
    const base = wholeGroups(matrix, start, Math.min(all, start + BASE_ROWS));
    const { greatest } = await session.run({ queries, base, floor }, ["greatest"]);
    const products = greatest?.data as Float32Array;
    const groups = products.length / asked.length;
    for (const [i, one] of best.entries()) one.offer(products.subarray(i * groups, (i + 1) * groups), start / GROUP);
  }
  return best;
}

function* candidatesOf(best: readonly BestGroups[], asked: readonly number[], all: number) {
  for (const [i, one] of best.entries()) {
    const columns = one.groups().flatMap((group) => {
      const first = group * GROUP;
      return Array.from({ length: Math.min(GROUP, all - first) }, (_, place) => first + place);
    });
    yield { row: asked[i] as number, columns };
  }
}

/**
 * The groups among which are a row's nearest `count` rows. Each of the `count` best groups holds a row as near as its greatest
 * product, so that none of the nearest can lie in a group whose greatest product is below theirs.
 */
class BestGroups {
  readonly #own: number;
  readonly #count: number;
  readonly #slack: number;
  #limit = Number.NEGATIVE_INFINITY;
  #found: { readonly group: number; readonly product: number }[] = [];

  /**
   * @param own the row's own group, in which the row itself drowns all others: no rival, but always among the groups
   * @param slack how far the product of two rows may lie below another's though it is the greater one
   */
  constructor(own: number, count: number, slack: number) {
    this.#own = own;
    this.#count = count;
    this.#slack = slack;
  }

  /** @param products the greatest with each of the groups from `first` on */
  offer(products: Float32Array, first: number): void {
    for (let i = 0; i < products.length; i++) {
      const product = products[i] as number;
      if (product < this.#limit || first + i === this.#own) continue;
      this.#found.push({ group: first + i, product });
      if (this.#found.length >= 4 * this.#count) this.#prune();
    }
  }

  groups(): readonly number[] {
    this.#prune();
    return [this.#own, ...this.#found.map(({ group }) => group)];
  }

  #prune(): void {
    this.#found.sort((one, other) => other.product - one.product);
    const last = this.#found[this.#count - 1];
    if (last === undefined) return;
    this.#limit = last.product - this.#slack;
    this.#found = this.#found.filter(({ product }) => product >= this.#limit);
  }
}

function gather({ values, dimensions }: VectorRows, asked: readonly number[]): Float32Array {
  const gathered = new Float32Array(asked.length * dimensions);
  for (const [i, row] of asked.entries()) gathered.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  return gathered;
}
