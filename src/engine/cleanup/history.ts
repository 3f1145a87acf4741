/**
 * What was done, run by run.
 */
import type { RunRecord } from "../../core/cleanup/journal.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import { openJournal } from "./cleanup-ports.ts";

export interface History {
  readonly runs: readonly RunRecord[];
  /** Lines of the journal that are none. */
  readonly unreadableLines: number;
}

/** @param library need not be there */
export async function readHistory(library: LibraryPlace): Promise<History> {
  const { runs, unreadableLines } = await openJournal(library);
  return { runs, unreadableLines };
}
