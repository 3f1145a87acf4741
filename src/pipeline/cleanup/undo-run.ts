/**
 * The story of an undo: the steps of a run are taken back, the last one first. What stands in a file's place since stays, and is listed.
 */
import { type RunRecord, undoableSteps } from "../../core/cleanup/journal.ts";
import { UserError } from "../../core/errors.ts";
import { type ApplyPorts, recover } from "./apply-plan.ts";
import { bringBack, type NotBack } from "./bring-back.ts";

export interface UndoResult {
  readonly run: number;
  /** Steps of which everything is as it was. */
  readonly undone: number;
  readonly notBack: readonly NotBack[];
  /** Steps of any run that were broken off, brought back. */
  readonly recovered: number;
  /** Not begun: it was stopped. */
  readonly open: number;
  readonly fault: UserError | null;
}

export type UndoPorts = Pick<ApplyPorts, "disk" | "journal" | "runs" | "onProgress" | "signal">;

export async function undoRun(ports: UndoPorts, run: RunRecord): Promise<UndoResult> {
  const { disk, journal, signal, onProgress } = ports;
  const recovery = await recover(ports);
  const notBack = [...recovery.notBack];
  const steps = undoableSteps(run).filter(({ state }) => state !== "begun");
  let [undone, tried] = [0, 0];
  const result = (fault: UserError | null): UndoResult => {
    return { run: run.run, undone, notBack, recovered: recovery.recovered, open: steps.length - tried, fault };
  };
  try {
    for (const step of steps) {
      if (signal.aborted) break;
      const at = { run: step.run, step: step.step };
      await journal.append({ entry: "undo", ...at });
      const missing = await bringBack(disk, step);
      notBack.push(...missing);
      if (missing.length === 0) {
        await journal.append({ entry: "undone", ...at });
        undone++;
      }
      onProgress({ step: "undo", done: ++tried, total: steps.length });
    }
    return result(null);
  } catch (error) {
    if (error instanceof UserError) return result(error);
    throw error;
  }
}
