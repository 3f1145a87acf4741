/**
 * Brings what is known of photos up to what is read now: their files are read once more, and none is decoded. What was
 * embedded of another picture than is decoded now loses its vectors, and is pending.
 */
import type { OutdatedContent, ReadAgain, ScanStore } from "../../core/library/scan-store.ts";
import type { ReadFacts } from "../../core/photos/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import { inParallel } from "../in-parallel.ts";

export interface ReadingAgain {
  readonly store: Pick<ScanStore, "outdatedCount" | "outdated" | "recordFacts">;
  readonly readFacts: ReadFacts;
  readonly onProgress: OnProgress;
  /** Photos under way at once. */
  readonly parallel: number;
  readonly stop: AbortSignal;
}

/** What cannot be read now stays as it was known, and is tried again by the next scan. */
export async function readFactsAgain({ store, readFacts, onProgress, parallel, stop }: ReadingAgain): Promise<void> {
  const total = await store.outdatedCount();
  let done = 0;
  for await (const page of store.outdated()) {
    if (stop.aborted) return;
    const read: ReadAgain[] = [];
    for await (const outcome of inParallel(page, parallel, (one) => readOne(one, readFacts))) {
      if (outcome !== null) read.push(outcome);
      onProgress({ step: "read-facts", done: ++done, total });
    }
    await store.recordFacts(read);
  }
}

async function readOne({ content, file }: OutdatedContent, readFacts: ReadFacts): Promise<ReadAgain | null> {
  const outcome = await readFacts(file);
  return outcome.ok ? { content, ...outcome.value } : null;
}
