/**
 * `dupfind undo [run]`: brings back what a run of `dupfind apply` took.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { undoCleanup } from "../../engine/cleanup/undo.ts";
import { renderUndoJson, renderUndoText } from "../../render/cleanup/undo.ts";
import { faultText } from "../faults.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import type { UndoSettings } from "./settings.ts";

export async function runUndo(settings: UndoSettings, host: Host): Promise<ExitCode> {
  const result = await withRun(settings, host, (run) => undoCleanup(settings, run));
  if (settings.json) host.write(renderUndoJson(result));
  else if (!settings.quiet) host.write(renderUndoText(result, host.workingFolder));
  if (result.fault !== null) {
    if (result.undone === 0) throw result.fault;
    host.writeError(faultText(result.fault));
  }
  if (host.stop.aborted) return stopCode(host.stop);
  return result.notBack.length + result.open > 0 ? EXIT.partlyDone : EXIT.ok;
}
