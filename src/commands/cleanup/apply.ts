/**
 * `dupfind apply <plan>`: says what a plan would do, and does it with `--yes`.
 */
import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { applyCleanup } from "../../engine/cleanup/apply.ts";
import { renderApplyJson, renderApplyText } from "../../render/cleanup/apply.ts";
import { faultText, usageFault } from "../faults.ts";
import { resolveFolders } from "../folders.ts";
import type { Host } from "../host.ts";
import { expandHome } from "../machine.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import type { ApplySettings } from "./settings.ts";

export async function runApply(settings: ApplySettings, host: Host): Promise<ExitCode> {
  if (settings.moveTo !== null && settings.action !== null && settings.action !== "move")
    throw usageFault(`--to is for --action move, not for ${settings.action}`, "Leave one of the two out");
  const absolute = (path: string) => resolve(host.workingFolder, expandHome(path));
  const choice = {
    ...settings,
    planFile: absolute(settings.planFile),
    moveTo: settings.moveTo === null ? null : absolute(settings.moveTo),
    protectedFolders: resolveFolders(settings.protectedFolders, host),
    dryRun: !settings.yes,
  };
  const applied = await withRun(settings, host, (run) => applyCleanup(choice, run));
  const { result } = applied;
  if (settings.json) host.write(renderApplyJson(applied));
  else if (!settings.quiet || result === null) host.write(renderApplyText(applied, choice.moveTo, host.workingFolder));
  if (result === null) return EXIT.ok;
  if (result.fault !== null) {
    if (result.done.length === 0) throw result.fault;
    host.writeError(faultText(result.fault));
  }
  if (host.stop.aborted) return stopCode(host.stop);
  return result.left.length + result.notBack.length + result.open > 0 ? EXIT.partlyDone : EXIT.ok;
}
