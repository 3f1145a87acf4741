/**
 * Finds the pairs of vectors above a floor as matrix products in blocks of ONNX Runtime, which works at the
 * processor's speed where a loop in JavaScript would take a hundred times longer. Where much is new, a product in whole
 * numbers discards first what cannot reach the floor; a block in which that discards little is compared in single precision.
 */
import { roundingMargin } from "../../core/encoders/similarity.ts";
import type { CandidateBlock, SearchPairs, VectorMatrix, VectorRows } from "../../core/library/vectors.ts";
import { coarseQueries } from "../../core/pairs/coarse-rows.ts";
import { InferenceSession, Tensor } from "../encoders/onnx-runtime.ts";
import { packageFile } from "../package-files.ts";
import { CandidateGroups } from "./candidate-groups.ts";
import { type CoarseSearch, openCoarseSearch } from "./coarse-search.ts";

/** Made by `tools/pair-graph/make_graph.py`; has no weights. */
const GRAPH = packageFile("models/pair-search/model.onnx");
/** Base rows whose greatest product the graph looks at together; fixed in the graph. */
export const GROUP = 16;
/** New rows compared at once, and rows they are compared with: 32 MB of products, enough to keep the processor busy. */
const QUERY_ROWS = 1024;
const BASE_ROWS = 8192;

/** @param threads processors to use */
export function createPairSearch(threads: number): SearchPairs {
  return async function* searchPairs(matrix, floor, most = Number.POSITIVE_INFINITY) {
    const all = matrix.contentIds.length;
    const session = await openGraph(threads);
    // To round all rows takes as long as to compare some hundred of them.
    const coarse = all - matrix.comparedRows >= QUERY_ROWS ? await openCoarseSearch(threads, matrix, BASE_ROWS) : null;
    try {
      for (let from = matrix.comparedRows; from < all; from += QUERY_ROWS) {
        yield await searchBlock({ session, coarse }, matrix, from, Math.min(all, from + QUERY_ROWS), floor, most);
      }
    } finally {
      await coarse?.release();
      await session.release();
    }
  };
}

/** The graph of matrix products in single precision; released by the caller. */
export function openGraph(threads: number): Promise<InferenceSession> {
  return InferenceSession.create(GRAPH, { intraOpNumThreads: threads, interOpNumThreads: 1 });
}

interface Searches {
  readonly session: InferenceSession;
  readonly coarse: CoarseSearch | null;
}

/** Rows [from, to) against every row before them; the last first, since what is alike was often met together. */
async function searchBlock(
  { session, coarse }: Searches,
  matrix: VectorMatrix,
  from: number,
  to: number,
  floor: number,
  most: number,
): Promise<CandidateBlock> {
  const found = new CandidateGroups(from, to, most, 2 * roundingMargin(matrix.dimensions));
  const rounded = coarse === null ? null : coarseQueries(matrix.values, matrix.dimensions, from, to);
  const queries = new Tensor("float32", rows(matrix, from, to), [to - from, matrix.dimensions]);
  const limit = new Tensor("float32", Float32Array.of(floor), [1]);
  for (let start = Math.floor((to - 1) / BASE_ROWS) * BASE_ROWS; start >= 0; start -= BASE_ROWS) {
    if (coarse !== null && rounded !== null && (await coarse.search(rounded, start, to, floor, found))) continue;
    const base = wholeGroups(matrix, start, Math.min(to, start + BASE_ROWS));
    const { groups, greatest } = await session.run({ queries, base, floor: limit }, ["groups", "greatest"]);
    found.addByProduct(groups?.data as BigInt64Array, greatest?.data as Float32Array, start, GROUP);
  }
  return { throughRow: to, comparisons: ((to - from) * (from + to - 1)) / 2, candidates: found.pairs() };
}

/** The rows as they lie in the matrix; the last few that fill no group are copied, and the last of them fills it up. */
export function wholeGroups(matrix: VectorRows, from: number, to: number): Tensor {
  const groups = Math.ceil((to - from) / GROUP);
  const shape = [groups * GROUP, matrix.dimensions];
  if (groups * GROUP === to - from) return new Tensor("float32", rows(matrix, from, to), shape);
  const filled = new Float32Array(groups * GROUP * matrix.dimensions);
  filled.set(rows(matrix, from, to));
  for (let row = to - from; row < groups * GROUP; row++) filled.set(rows(matrix, to - 1, to), row * matrix.dimensions);
  return new Tensor("float32", filled, shape);
}

/** A view of the matrix, not a copy. */
function rows({ values, dimensions }: VectorRows, from: number, to: number): Float32Array<ArrayBuffer> {
  return values.subarray(from * dimensions, to * dimensions);
}
