/**
 * Looks at pictures in worker threads, which start when there is a pair to look at.
 */
import type { LookAtPictures } from "../../core/look/look-store.ts";
import { WorkerPool } from "../workers/worker-pool.ts";
import type { LookReply, LookRequest } from "./look-worker.ts";

export interface LookPool {
  readonly look: LookAtPictures;
  close(): Promise<void>;
}

export function createLookPool(threads: number): LookPool {
  const workers = new WorkerPool<LookRequest, LookReply>(new URL("./look-worker.js", import.meta.url), threads, null);
  return {
    look: (one, others) => workers.run({ one, others }),
    close: () => workers.close(),
  };
}
