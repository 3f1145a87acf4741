/**
 * The pair search's product in whole numbers of eight bits: up to three times as fast as in single precision, and it loses no
 * pair (`core/pairs/coarse-rows.ts`).
 */
import type { VectorRows } from "../../core/library/vectors.ts";
import { type CoarseRows, coarseBase, productToExceed } from "../../core/pairs/coarse-rows.ts";
import { InferenceSession, Tensor } from "../encoders/onnx-runtime.ts";
import { packageFile } from "../package-files.ts";
import type { CandidateGroups } from "./candidate-groups.ts";

/** Made by `tools/pair-graph/make_graph.py`; has no weights. */
const GRAPH = packageFile("models/pair-search/coarse.onnx");
/** Base rows whose greatest product the graph looks at together; fixed in the graph. */
const GROUP = 8;
/** Of the shapes that were measured the fastest: 128 kB at 512 dimensions, which a processor's second cache holds. */
const TILE = 256;
/** Where more groups than this are proposed, to compare their rows one by one would take longer than single precision does. */
const PROPOSED_AT_MOST = 1 / 64;

export interface CoarseSearch {
  /**
   * The queries against one block of base rows.
   * @param start first row of the block
   * @param through rows from here on need not be compared with; after the start
   * @returns false where it would propose so much that another way is better: nothing was added then
   */
  search(
    queries: CoarseRows<Uint8Array<ArrayBuffer>>,
    start: number,
    through: number,
    floor: number,
    found: CandidateGroups,
  ): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * @param threads processors to use
 * @param matrix whose rows are rounded block by block when they are first asked for: a byte a dimension, a quarter of the matrix in all
 * @param blockRows rows of a block
 */
export async function openCoarseSearch(
  threads: number,
  { values, dimensions, contentIds }: VectorRows,
  blockRows: number,
): Promise<CoarseSearch> {
  const session = await InferenceSession.create(GRAPH, { intraOpNumThreads: threads, interOpNumThreads: 1 });
  const blocks = new Map<number, CoarseRows<Int8Array<ArrayBuffer>>>();
  const blockAt = (start: number) => {
    const known = blocks.get(start);
    if (known !== undefined) return known;
    const block = coarseBase(values, dimensions, start, Math.min(contentIds.length, start + blockRows), TILE);
    blocks.set(start, block);
    return block;
  };
  return {
    async search(queries, start, through, floor, found) {
      const block = blockAt(start);
      const tiles = Math.min(block.codes.length / (TILE * dimensions), Math.ceil((through - start) / TILE));
      const asked = queries.codes.length / dimensions;
      const { groups } = await session.run(
        {
          queries: new Tensor("uint8", queries.codes, [1, asked, dimensions]),
          base: new Tensor("int8", block.codes.subarray(0, tiles * TILE * dimensions), [tiles, dimensions, TILE]),
          floor: new Tensor("int32", Int32Array.of(productToExceed(floor, queries, block)), [1]),
        },
        ["groups"],
      );
      const places = groups?.data as BigInt64Array;
      if (places.length / 3 > ((asked * tiles * TILE) / GROUP) * PROPOSED_AT_MOST) return false;
      for (let i = 0; i < places.length; i += 3) {
        const first = start + Number(places[i]) * TILE + Number(places[i + 2]) * GROUP;
        found.add(Number(places[i + 1]), first, GROUP);
      }
      return true;
    },
    release: () => session.release(),
  };
}
