/**
 * An index of nearest neighbours (HNSW: Malkov and Yashunin, Efficient and robust approximate nearest neighbor search using hierarchical
 * navigable small world graphs, 2016) by usearch. Only importer of the package, which is no part of an installation: whoever asks for
 * an approximate comparison installs it beside.
 */
import type { Index } from "usearch";
import { UserError } from "../../core/errors.ts";

/** Neighbours of a node, and how many are looked through when one is added or looked for: the recall of 0.99 that was measured needs these. */
const CONNECTIVITY = 16;
const EXPANSION_ADD = 128;
const EXPANSION_SEARCH = 128;

export interface NearestIndex {
  /** Rows of unit vectors, numbered from `first` on. */
  add(first: number, values: Float32Array): void;
  /** For each row of unit vectors the numbers of about the `count` nearest that were added. */
  nearest(values: Float32Array, count: number): readonly (readonly number[])[];
}

/** @throws {UserError} where it is not installed beside dupfind, or cannot be loaded here */
export async function loadUsearch(): Promise<typeof import("usearch")> {
  try {
    return await import("usearch");
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
    throw new UserError("usearch-missing", `An approximate comparison needs the package usearch, which cannot be loaded (${reason})`, {
      cause: error,
    });
  }
}

/** @param threads processors to use: with one the same rows always give the same index */
export async function openNearestIndex(dimensions: number, threads: number): Promise<NearestIndex> {
  const { Index, MetricKind, ScalarKind } = await loadUsearch();
  const index: Index = new Index({
    dimensions,
    // Of unit vectors it orders as the cosine does.
    metric: MetricKind.IP,
    // A fifth of the time of single precision at the same recall; what it proposes is compared exactly anyway.
    quantization: ScalarKind.I8,
    connectivity: CONNECTIVITY,
    expansion_add: EXPANSION_ADD,
    expansion_search: EXPANSION_SEARCH,
    multi: false,
  });
  return {
    add(first, values) {
      const count = values.length / dimensions;
      index.add(
        BigUint64Array.from({ length: count }, (_, i) => BigInt(first + i)),
        values,
        threads,
      );
    },
    nearest(values, count) {
      const rows = Array.from({ length: values.length / dimensions }, (_, i) => values.subarray(i * dimensions, (i + 1) * dimensions));
      const { keys, counts } = index.search(rows, count, threads) as { readonly keys: BigUint64Array; readonly counts?: BigUint64Array };
      return rows.map((_, i) => {
        const found = counts === undefined ? keys.length : Number(counts[i]);
        return Array.from(keys.subarray(i * count, i * count + found), Number);
      });
    },
  };
}
