/**
 * `dupfind prune`: forgets photos that are gone, and never because a drive is.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { pruneLibrary } from "../../engine/library/prune.ts";
import { renderPruneJson, renderPruneText } from "../../render/library/prune.ts";
import type { Host } from "../host.ts";
import { withRun } from "../with-run.ts";
import type { PruneSettings } from "./settings.ts";

export async function runPrune(settings: PruneSettings, host: Host): Promise<ExitCode> {
  const plan = await withRun(settings, host, (run) => pruneLibrary(settings, run));
  if (settings.json) host.write(renderPruneJson(plan, settings.dryRun));
  else if (!settings.quiet) host.write(renderPruneText(plan, settings.dryRun, host.workingFolder));
  return EXIT.ok;
}
