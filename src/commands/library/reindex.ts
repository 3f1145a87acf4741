/**
 * `dupfind reindex --model <id>`: moves the library to another encoder.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { reindexLibrary } from "../../engine/library/reindex.ts";
import { renderReindexJson, renderReindexText } from "../../render/library/scan-summary.ts";
import type { Host } from "../host.ts";
import { withRun } from "../with-run.ts";
import { scanCode, tellOfLostRoots } from "./scan-outcome.ts";
import type { ReindexSettings } from "./settings.ts";

export async function runReindex(settings: ReindexSettings, host: Host): Promise<ExitCode> {
  const { result, move } = await withRun(settings, host, (run) => reindexLibrary(settings, run));
  if (settings.json) host.write(renderReindexJson(result, settings.model, move));
  else if (!settings.quiet) host.write(renderReindexText(result, settings, move));
  tellOfLostRoots(result, host);
  const code = scanCode(result, settings.strict, host);
  return code === EXIT.ok && !move.moved ? EXIT.photosNotCompared : code;
}
