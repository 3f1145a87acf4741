/**
 * Finds the pairs of vectors above a floor, all against all, as matrix products in blocks. Only user of
 * onnxruntime-node, whose product runs at the processor's speed where a loop in JavaScript would take a hundred times longer.
 */
import { fileURLToPath } from "node:url";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { CandidateBlock, SearchPairs, VectorMatrix } from "../core/ports.ts";

/** Made by `training/pair-search/make_graph.py`; has no weights. */
const GRAPH = fileURLToPath(new URL("../../models/pair-search/model.onnx", import.meta.url));
/** New rows compared at once, and rows they are compared with: 32 MB of products, enough to keep the processor busy. */
const QUERY_ROWS = 1024;
const BASE_ROWS = 8192;

/** @param threads processors to use */
export function createPairSearch(threads: number): SearchPairs {
  return async function* searchPairs(matrix, floor) {
    const session = await InferenceSession.create(GRAPH, { intraOpNumThreads: threads, interOpNumThreads: 1 });
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

/** Rows [from, to) against every row before them. */
async function searchBlock(
  session: InferenceSession,
  matrix: VectorMatrix,
  from: number,
  to: number,
  floor: number,
): Promise<CandidateBlock> {
  const candidates: (readonly [number, number])[] = [];
  const queries = rows(matrix, from, to);
  const limit = new Tensor("float32", Float32Array.of(floor), [1]);
  for (let start = 0; start < to; start += BASE_ROWS) {
    const { pairs } = await session.run({ queries, base: rows(matrix, start, Math.min(to, start + BASE_ROWS)), floor: limit });
    const places = pairs?.data as BigInt64Array;
    for (let i = 0; i < places.length; i += 2) {
      const row = from + Number(places[i]);
      const column = start + Number(places[i + 1]);
      if (column < row) candidates.push([row, column]);
    }
  }
  return { throughRow: to, comparisons: ((to - from) * (from + to - 1)) / 2, candidates };
}

/** A view of the matrix, not a copy. */
function rows({ values, dimensions }: VectorMatrix, from: number, to: number): Tensor {
  return new Tensor("float32", values.subarray(from * dimensions, to * dimensions), [to - from, dimensions]);
}
