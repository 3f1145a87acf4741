/**
 * Finishes the comparison that an interrupted scan left, before the pairs are read.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { compareContents } from "../../pipeline/library/compare-new-contents.ts";
import { openToCompare } from "../open-library.ts";

export interface ComparedLibrary {
  readonly library: LibraryPlace;
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
  const writable = await openToCompare(at.library, at.threads);
  if (writable === null) return left();
  try {
    const { floor } = encoder.spec.threshold;
    await compareContents({
      store: writable.library.pairsOf(encoder),
      floor,
      approximating: null,
      onProgress: run.onProgress,
      stop: run.signal,
    });
  } finally {
    await writable.close();
  }
  return left();
}
