/**
 * `dupfind forget <folder...>`: takes folders out of the library that were scanned by mistake, or are gone for good.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { forgetFolders } from "../../engine/library/forget.ts";
import { renderForgetJson, renderForgetText } from "../../render/library/forget.ts";
import { resolveFolders } from "../folders.ts";
import type { Host } from "../host.ts";
import { withRun } from "../with-run.ts";
import type { ForgetSettings } from "./settings.ts";

export async function runForget(settings: ForgetSettings, host: Host): Promise<ExitCode> {
  const folders = resolveFolders(settings.folders, host);
  const plan = await withRun(settings, host, (run) => forgetFolders({ ...settings, folders }, run));
  if (settings.json) host.write(renderForgetJson(plan, settings.dryRun));
  else if (!settings.quiet) host.write(renderForgetText(plan, settings.dryRun, host.workingFolder));
  return EXIT.ok;
}
