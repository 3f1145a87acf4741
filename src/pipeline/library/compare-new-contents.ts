/**
 * New contents against all. Each block is kept as soon as it is done, so that an interrupted comparison goes on where it stopped
 * and no pair is computed twice.
 */
import type { PairStore, SearchPairs } from "../../core/library/vectors.ts";
import type { OnProgress } from "../../core/progress.ts";

export interface ComparePorts {
  readonly store: PairStore;
  /** Lowest similarity that is kept. */
  readonly floor: number;
  /** Proposes the pairs; exactly, where it is left out. */
  readonly searchPairs?: SearchPairs;
  readonly onProgress: OnProgress;
  readonly stop: AbortSignal;
}

/** @returns whether every content is now compared with every other */
export async function compareContents({ store, floor, searchPairs, onProgress, stop }: ComparePorts): Promise<boolean> {
  if ((await store.uncomparedCount()) === 0) return true;
  for await (const block of store.findPairs(floor, searchPairs)) {
    await store.recordPairs(block);
    onProgress({ step: "compare", done: block.done, total: block.total });
    if (stop.aborted) return false;
  }
  return true;
}
