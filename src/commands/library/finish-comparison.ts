/**
 * Finishes the comparison that an interrupted scan left, before a command reads the pairs.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { Library } from "../../core/library-port.ts";
import { lockForComparing } from "../../io/library/sqlite.ts";
import { SqliteLibrary } from "../../io/library/sqlite-library.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import { isReadOnlyFault } from "../../io/system-errors.ts";
import { compareContents } from "../../pipeline/library/compare-new-contents.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

export interface CompareSettings extends Pick<CommonSettings, "library" | "quiet"> {
  readonly threads: number;
}

/**
 * Does nothing while another process is at it. A scan that begins meanwhile waits: it has that much less to compare itself.
 * @returns how many contents are still not compared
 */
export async function compareWhatIsNew(library: Library, encoder: ChosenEncoder, settings: CompareSettings, host: Host): Promise<number> {
  const left = () => library.pairsOf(encoder).uncomparedCount();
  if ((await left()) === 0) return 0;
  const writable = openToCompare(settings);
  if (writable === null) return left();
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  try {
    const { floor } = encoder.spec.threshold;
    const store = writable.library.pairsOf(encoder);
    await compareContents({ store, floor, onProgress: progress.onProgress, stop: host.stop });
  } finally {
    await writable.close();
    progress.close();
  }
  return left();
}

/** Null while another process is at it, and where the library may not be written to. */
function openToCompare({ library: path, threads }: CompareSettings): { readonly library: Library; close(): Promise<void> } | null {
  const lock = lockForComparing(path);
  if (lock === null) return null;
  try {
    const library = SqliteLibrary.openExisting(path, threads);
    return {
      library,
      close: async () => {
        await library.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    if (isReadOnlyFault(error)) return null;
    throw error;
  }
}
