/**
 * Finds the pairs of vectors above a floor as matrix products in blocks of ONNX Runtime, which works at the
 * processor's speed where a loop in JavaScript would take a hundred times longer.
 */
import type { CandidateBlock, SearchPairs, VectorMatrix, VectorRows } from "../../core/library/vectors.ts";
import { InferenceSession, Tensor } from "../encoders/onnx-runtime.ts";
import { packageFile } from "../package-files.ts";

/** Made by `tools/pair-graph/make_graph.py`; has no weights. */
const GRAPH = packageFile("models/pair-search/model.onnx");
/** Base rows whose greatest product the graph looks at together; fixed in the graph. */
export const GROUP = 16;
/** New rows compared at once, and rows they are compared with: 32 MB of products, enough to keep the processor busy. */
const QUERY_ROWS = 1024;
const BASE_ROWS = 8192;

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

/** The graph of matrix products; released by the caller. */
export function openGraph(threads: number): Promise<InferenceSession> {
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
