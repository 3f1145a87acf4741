/**
 * Takes back what a run of a clean-up did. Needs the journal alone: the library may be lost or damaged meanwhile.
 */
import { type RunRecord, undoableSteps } from "../../core/cleanup/journal.ts";
import { UserError } from "../../core/errors.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { Run } from "../../core/run.ts";
import { type UndoResult, undoRun } from "../../pipeline/cleanup/undo-run.ts";
import { withLock } from "../open-library.ts";
import { openCleanup, openJournal } from "./cleanup-ports.ts";

export interface UndoChoice {
  readonly library: LibraryPlace;
  /** Null for the last one of which something can be undone. */
  readonly run: number | null;
  readonly dataHome: string | null;
}

/** @throws {UserError} when there is no such run, or nothing of it to undo */
export async function undoCleanup({ library, run: number, dataHome }: UndoChoice, run: Run): Promise<UndoResult> {
  choose((await openJournal(library)).runs, number, library); // before a lock is made beside what is no library
  return withLock(library, run, async () => {
    const machine = await openCleanup(library, dataHome);
    return undoRun({ ...machine, ...run }, choose(machine.runs, number, library));
  });
}

function choose(runs: readonly RunRecord[], number: number | null, { name }: LibraryPlace): RunRecord {
  const isUndoable = (record: RunRecord) => undoableSteps(record).length > 0;
  const chosen = number === null ? runs.findLast(isUndoable) : runs.find(({ run }) => run === number);
  if (number !== null && chosen === undefined) throw new UserError("run-unknown", `There is no run ${number} beside ${name}`);
  if (chosen === undefined || !isUndoable(chosen))
    throw new UserError("nothing-to-undo", number === null ? "There is nothing to undo" : `There is nothing left to undo of run ${number}`);
  return chosen;
}
