/**
 * `dupfind scan <path...>`: brings the library up to date with folders and files.
 */
import type { ExitCode } from "../../core/errors.ts";
import { scanFolders } from "../../engine/library/scan.ts";
import { resolveSources } from "../../io/photos/folders.ts";
import { renderScanJson, renderScanText } from "../../render/library/scan-summary.ts";
import type { Host } from "../host.ts";
import { expandHome } from "../machine.ts";
import { readPathList } from "../path-lists.ts";
import { withRun } from "../with-run.ts";
import { nextSteps } from "./next-steps.ts";
import { scanCode, tellOfLostRoots } from "./scan-outcome.ts";
import type { ScanSettings } from "./settings.ts";

export async function runScan(settings: ScanSettings, host: Host): Promise<ExitCode> {
  const { exclude, followLinks } = settings;
  const listed = settings.listedIn === null ? [] : await readPathList(settings.listedIn, host);
  const sources = resolveSources(settings.paths.map(expandHome), host.workingFolder, { exclude, followLinks }, listed);
  const result = await withRun(settings, host, (run) => scanFolders({ ...settings, ...sources }, run));
  if (settings.json) host.write(renderScanJson(result));
  else if (!settings.quiet) host.write(`${renderScanText(result)}${await nextSteps(result, settings, host)}`);
  tellOfLostRoots(result, host);
  return scanCode(result, settings.strict, host);
}
