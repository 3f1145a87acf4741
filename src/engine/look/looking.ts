/**
 * Looking at pairs: processes that start with the first pair, and a library that keeps what was seen.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { LookStore } from "../../core/look/look-store.ts";
import type { Run } from "../../core/run.ts";
import { createLookPool, type LookPoolOptions } from "../../io/look/look-pool.ts";
import { type LookMore, lookAtPairs } from "../../pipeline/look/look-at-pairs.ts";

/** So that no process waits for the library. */
const TASKS_PER_PROCESS = 2;
/** What other machines look at is asked for so often. */
const ASK_AGAIN_MS = 200;

/** @param store takes what is seen; see `keepingLooks` for a library that is open for reading */
export async function withLooking<Result>(
  store: Pick<LookStore, "record" | "claim" | "letGo">,
  effort: LookPoolOptions,
  { onProgress, signal }: Run,
  work: (lookMore: LookMore) => Promise<Result>,
): Promise<Result> {
  const pool = createLookPool(effort);
  // What was seen by then is kept: a look begins anew as easily as it ends.
  const end = () => void pool.close();
  signal.addEventListener("abort", end, { once: true });
  let before = 0;
  const lookMore: LookMore = async (pairs, seen) => {
    const total = before + pairs.length;
    const onLook = (done: number) => onProgress({ step: "look", done: before + done, total });
    const pause = () => wait(ASK_AGAIN_MS);
    const ports = { store, look: pool.look, onLook, parallel: effort.threads * TASKS_PER_PROCESS, pause, stop: signal };
    const unread = await lookAtPairs(ports, pairs, seen);
    before = total;
    return unread;
  };
  try {
    return await work(lookMore);
  } finally {
    signal.removeEventListener("abort", end);
    await pool.close();
  }
}

/** For answers that take what was seen, and look at nothing themselves. */
export const noMoreLooks: LookMore = async (pairs) => pairs;
