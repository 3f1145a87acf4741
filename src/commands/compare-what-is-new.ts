/**
 * Finishes the comparison that an interrupted scan left, before a command reads the pairs.
 */
import type { ChosenEncoder } from "../core/ports.ts";
import type { CommonSettings, Host } from "../core/settings.ts";
import type { LibraryDatabase } from "../io/library-database.ts";
import { createPairSearch } from "../io/pair-search.ts";
import { createProgressDisplay } from "../io/progress-bar.ts";
import { lockForComparing } from "../io/sqlite.ts";
import { compareContents } from "../pipeline/compare-contents.ts";

export interface CompareSettings extends Pick<CommonSettings, "library" | "quiet"> {
  readonly threads: number;
}

/**
 * Does nothing while another process is at it. A scan that begins meanwhile waits: it has that much less to compare itself.
 * @returns how many contents are still not compared
 */
export async function compareWhatIsNew(
  library: LibraryDatabase,
  encoder: ChosenEncoder,
  settings: CompareSettings,
  host: Host,
): Promise<number> {
  const store = library.pairsOf(encoder);
  if (store.uncomparedCount() === 0) return 0;
  const lock = lockForComparing(settings.library);
  if (lock === null) return store.uncomparedCount();
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  try {
    const { floor } = encoder.spec.threshold;
    const searchPairs = createPairSearch(settings.threads);
    await compareContents({ store, searchPairs, floor, onProgress: progress.onProgress, stop: host.stop });
  } finally {
    lock.release();
    progress.close();
  }
  return store.uncomparedCount();
}
