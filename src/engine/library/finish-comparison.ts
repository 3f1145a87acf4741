/**
 * Finishes the comparison that an interrupted scan left, before the pairs are read.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { lockForComparing } from "../../io/library/sqlite.ts";
import { SqliteLibrary } from "../../io/library/sqlite-library.ts";
import { isReadOnlyFault } from "../../io/system-errors.ts";
import { compareContents } from "../../pipeline/library/compare-new-contents.ts";

export interface ComparedLibrary {
  /** Path of the library's file. */
  readonly library: string;
  readonly threads: number;
}

/**
 * Does nothing while another process is at it. A scan that begins meanwhile waits: it has that much less to compare itself.
 * @param library opened for reading
 * @returns how many contents are still not compared
 */
export async function finishComparison(library: Library, encoder: ChosenEncoder, at: ComparedLibrary, run: Run): Promise<number> {
  const left = () => library.pairsOf(encoder).uncomparedCount();
  if ((await left()) === 0) return 0;
  const writable = openToCompare(at);
  if (writable === null) return left();
  try {
    const { floor } = encoder.spec.threshold;
    await compareContents({ store: writable.library.pairsOf(encoder), floor, onProgress: run.onProgress, stop: run.signal });
  } finally {
    await writable.close();
  }
  return left();
}

/** Null while another process is at it, and where the library may not be written to. To be closed whatever happens. */
export function openToCompare({ library: path, threads }: ComparedLibrary): { readonly library: Library; close(): Promise<void> } | null {
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
