/**
 * New contents against all. Each block is kept as soon as it is done, so that an interrupted comparison goes on where it stopped
 * and no pair is computed twice.
 */
import type { Approximation, PairStore, SearchPairs } from "../../core/library/vectors.ts";
import type { OnProgress } from "../../core/progress.ts";

export interface ComparePorts {
  readonly store: PairStore;
  /** Lowest similarity that is kept. */
  readonly floor: number;
  /** Null where every pair is wanted. */
  readonly approximating: Approximating | null;
  readonly onProgress: OnProgress;
  readonly stop: AbortSignal;
}

/** Where most pairs are enough. */
export interface Approximating {
  /** For a library that keeps no index of its own; tells `onMeasured` itself. */
  readonly searchPairs: SearchPairs;
  /** Told of photos that were compared with all, to see how many of their pairs the index proposed. */
  readonly onMeasured: (measured: Approximation) => void;
}

/** @returns whether every content is now compared with every other */
export async function compareContents({ store, floor, approximating, onProgress, stop }: ComparePorts): Promise<boolean> {
  if ((await store.uncomparedCount()) === 0) return true;
  const near = approximating === null ? null : await store.findNearPairs(floor, approximating.onMeasured);
  for await (const block of near ?? store.findPairs(floor, approximating?.searchPairs)) {
    await store.recordPairs(block);
    onProgress({ step: "compare", done: block.done, total: block.total });
    if (stop.aborted) return false;
  }
  return true;
}
