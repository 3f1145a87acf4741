/**
 * Finds the pairs of vectors above a floor, and the nearest of each vector, as matrix products in blocks. Only user of
 * onnxruntime-node, whose product runs at the processor's speed where a loop in JavaScript would take a hundred times longer.
 */
import { fileURLToPath } from "node:url";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { CandidateBlock, SearchNearest, SearchPairs, VectorMatrix, VectorRows } from "../core/ports.ts";
import { roundingMargin } from "../core/similarity.ts";

/** Made by `training/pair-search/make_graph.py`; has no weights. */
const GRAPH = fileURLToPath(new URL("../../models/pair-search/model.onnx", import.meta.url));
/** Base rows whose greatest product the graph looks at together; fixed in the graph. */
const GROUP = 16;
/** New rows compared at once, and rows they are compared with: 32 MB of products, enough to keep the processor busy. */
const QUERY_ROWS = 1024;
const BASE_ROWS = 8192;
/** No product is above it: for those who ask for the greatest products alone. */
const ABOVE_ALL = new Tensor("float32", Float32Array.of(2), [1]);

/** @param threads processors to use */
export function createPairSearch(threads: number): SearchPairs {
  return async function* searchPairs(matrix, floor) {
    const session = await openGraph(threads);
    try {
      const all = matrix.contentIds.length;
      for (let from = matrix.comparedRows; from < all; from += QUERY_ROWS) {
        yield await searchBlock(session, matrix, from, Math.min(all, from + QUERY_ROWS), floor);
      }
    } finally {
      await session.release();
    }
  };
}

/** @param threads processors to use */
export function createNearestSearch(threads: number): SearchNearest {
  return async function* searchNearest(matrix, asked) {
    const session = await openGraph(threads);
    try {
      for (let from = 0; from < asked.length; from += QUERY_ROWS) {
        const some = asked.slice(from, from + QUERY_ROWS);
        yield { done: from + some.length, candidates: await searchGroups(session, matrix, some) };
      }
    } finally {
      await session.release();
    }
  };
}

function openGraph(threads: number): Promise<InferenceSession> {
  return InferenceSession.create(GRAPH, { intraOpNumThreads: threads, interOpNumThreads: 1 });
}

/** Rows [from, to) against every row before them. */
async function searchBlock(
  session: InferenceSession,
  matrix: VectorMatrix,
  from: number,
  to: number,
  floor: number,
): Promise<CandidateBlock> {
  const queries = new Tensor("float32", rows(matrix, from, to), [to - from, matrix.dimensions]);
  const limit = new Tensor("float32", Float32Array.of(floor), [1]);
  const found: { readonly start: number; readonly groups: BigInt64Array }[] = [];
  for (let start = 0; start < to; start += BASE_ROWS) {
    const base = wholeGroups(matrix, start, Math.min(to, start + BASE_ROWS));
    const { groups } = await session.run({ queries, base, floor: limit }, ["groups"]);
    found.push({ start, groups: groups?.data as BigInt64Array });
  }
  return { throughRow: to, comparisons: ((to - from) * (from + to - 1)) / 2, candidates: membersOf(found, from) };
}

/** Every earlier row of the groups that were found; the caller's exact similarity decides which of them it was. */
function* membersOf(found: Iterable<{ readonly start: number; readonly groups: BigInt64Array }>, from: number) {
  for (const { start, groups } of found) {
    for (let i = 0; i < groups.length; i += 2) {
      const row = from + Number(groups[i]);
      const first = start + Number(groups[i + 1]) * GROUP;
      for (let column = first; column < Math.min(first + GROUP, row); column++) yield [row, column] as const;
    }
  }
}

/** The asked rows against all, a group of rows that has one of them not among its own rivals. */
async function searchGroups(session: InferenceSession, matrix: VectorRows, asked: readonly number[]) {
  const queries = new Tensor("float32", gather(matrix, asked), [asked.length, matrix.dimensions]);
  const nearest = asked.map((row) => new NearestGroups(Math.floor(row / GROUP), 2 * roundingMargin(matrix.dimensions)));
  const all = matrix.contentIds.length;
  for (let start = 0; start < all; start += BASE_ROWS) {
    const base = wholeGroups(matrix, start, Math.min(all, start + BASE_ROWS));
    const { greatest } = await session.run({ queries, base, floor: ABOVE_ALL }, ["greatest"]);
    const products = greatest?.data as Float32Array;
    const groups = products.length / asked.length;
    for (const [i, one] of nearest.entries()) {
      for (let group = 0; group < groups; group++) one.offer(start / GROUP + group, products[i * groups + group] as number);
    }
  }
  return rowsOf(nearest, asked, all);
}

function* rowsOf(nearest: readonly NearestGroups[], asked: readonly number[], all: number) {
  for (const [i, one] of nearest.entries()) {
    for (const group of one.groups()) {
      for (let column = group * GROUP; column < Math.min(all, (group + 1) * GROUP); column++) yield [asked[i] as number, column] as const;
    }
  }
}

/** The groups among which is the nearest of one row. */
class NearestGroups {
  readonly #own: number;
  readonly #slack: number;
  #greatest = Number.NEGATIVE_INFINITY;
  readonly #found: { readonly group: number; readonly product: number }[] = [];

  /**
   * @param own the row's own group, in which the row itself drowns all others
   * @param slack how far a product may lie below the greatest though it is the exact greatest
   */
  constructor(own: number, slack: number) {
    this.#own = own;
    this.#slack = slack;
  }

  offer(group: number, product: number): void {
    if (product < this.#greatest - this.#slack || group === this.#own) return;
    this.#greatest = Math.max(this.#greatest, product);
    this.#found.push({ group, product });
  }

  groups(): readonly number[] {
    return [this.#own, ...this.#found.filter(({ product }) => product >= this.#greatest - this.#slack).map(({ group }) => group)];
  }
}

/** The rows as they lie in the matrix; the last few that fill no group are copied, and the last of them fills it up. */
function wholeGroups(matrix: VectorRows, from: number, to: number): Tensor {
  const groups = Math.ceil((to - from) / GROUP);
  const shape = [groups * GROUP, matrix.dimensions];
  if (groups * GROUP === to - from) return new Tensor("float32", rows(matrix, from, to), shape);
  const filled = new Float32Array(groups * GROUP * matrix.dimensions);
  filled.set(rows(matrix, from, to));
  for (let row = to - from; row < groups * GROUP; row++) filled.set(rows(matrix, to - 1, to), row * matrix.dimensions);
  return new Tensor("float32", filled, shape);
}

function gather(matrix: VectorRows, asked: readonly number[]): Float32Array {
  const gathered = new Float32Array(asked.length * matrix.dimensions);
  for (const [i, row] of asked.entries()) gathered.set(rows(matrix, row, row + 1), i * matrix.dimensions);
  return gathered;
}

/** A view of the matrix, not a copy. */
function rows({ values, dimensions }: VectorRows, from: number, to: number): Float32Array<ArrayBuffer> {
  return values.subarray(from * dimensions, to * dimensions);
}
