/**
 * Finishes the comparison that an interrupted scan left, before a command reads the pairs.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { lockForComparing } from "../../io/library/sqlite.ts";
import { LibraryDatabase } from "../../io/library/sqlite-library.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import { isReadOnlyFault } from "../../io/system-errors.ts";
import { createPairSearch } from "../../io/vectors/pair-search.ts";
import { compareContents } from "../../pipeline/library/compare-new-contents.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

export interface ComparisonSettings extends Pick<CommonSettings, "library" | "quiet"> {
  readonly threads: number;
}

/**
 * Does nothing while another process is at it. A scan that begins meanwhile waits: it has that much less to compare itself.
 * @returns how many contents are still not compared
 */
export async function finishComparison(
  library: LibraryDatabase,
  encoder: ChosenEncoder,
  settings: ComparisonSettings,
  host: Host,
): Promise<number> {
  const left = () => library.pairsOf(encoder).uncomparedCount();
  if (left() === 0) return 0;
  const writable = openToCompare(settings.library);
  if (writable === null) return left();
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  try {
    const { floor } = encoder.spec.threshold;
    const searchPairs = createPairSearch(settings.threads);
    const store = writable.library.pairsOf(encoder);
    await compareContents({ store, searchPairs, floor, onProgress: progress.onProgress, stop: host.stop });
  } finally {
    writable.close();
    progress.close();
  }
  return left();
}

/** Null while another process is at it, and where the library may not be written to. */
function openToCompare(path: string): { readonly library: LibraryDatabase; close(): void } | null {
  const lock = lockForComparing(path);
  if (lock === null) return null;
  try {
    const library = LibraryDatabase.openExisting(path);
    return {
      library,
      close: () => {
        library.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    if (isReadOnlyFault(error)) return null;
    throw error;
  }
}
