/**
 * `dupfind scan <folder...>`: brings the library up to date with the folders.
 */
import type { ExitCode } from "../../core/errors.ts";
import { scanFolders } from "../../engine/library/scan.ts";
import { resolveRoots } from "../../io/photos/folders.ts";
import { renderScanJson, renderScanText } from "../../render/library/scan-summary.ts";
import type { Host } from "../host.ts";
import { expandHome } from "../machine.ts";
import { withRun } from "../with-run.ts";
import { scanCode, tellOfLostRoots } from "./scan-outcome.ts";
import type { ScanSettings } from "./settings.ts";

export async function runScan(settings: ScanSettings, host: Host): Promise<ExitCode> {
  const { exclude, followLinks } = settings;
  const roots = resolveRoots(settings.folders.map(expandHome), host.workingFolder, { exclude, followLinks });
  const result = await withRun(settings, host, (run) => scanFolders({ ...settings, roots }, run));
  if (settings.json) host.write(renderScanJson(result));
  else if (!settings.quiet) host.write(renderScanText(result));
  tellOfLostRoots(result, host);
  return scanCode(result, settings.strict, host);
}
