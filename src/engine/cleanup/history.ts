/**
 * What was done, run by run.
 */
import type { RunRecord } from "../../core/cleanup/journal.ts";
import { openJournal } from "./cleanup-ports.ts";

export interface History {
  readonly runs: readonly RunRecord[];
  /** Lines of the journal that are none. */
  readonly unreadableLines: number;
}

/** @param library path of its file, which need not be there */
export async function readHistory(library: string): Promise<History> {
  const { runs, unreadableLines } = await openJournal(library);
  return { runs, unreadableLines };
}
