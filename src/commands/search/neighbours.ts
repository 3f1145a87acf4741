/**
 * `dupfind neighbours [folder...]`: photos that resemble nothing, and the folders with the most near-duplicates.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { reportNeighbours } from "../../engine/search/neighbours.ts";
import { renderNeighboursJson, renderNeighboursText } from "../../render/search/neighbours.ts";
import { deliver, requirePlace } from "../answer.ts";
import { resolveFolders } from "../folders.ts";
import type { Host } from "../host.ts";
import { nothingScanned } from "../nothing-scanned.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import type { NeighboursSettings } from "./settings.ts";

export async function runNeighbours(settings: NeighboursSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const folders = resolveFolders(settings.folders, host);
  const { report, isWhole } = await withRun(settings, host, (run) => reportNeighbours({ ...settings, folders }, run));
  if (report === null) return stopCode(host.stop);
  if (report.photoCount === 0) throw nothingScanned(report.encoder, settings.folders);
  await deliver(settings.format === "json" ? renderNeighboursJson(report) : renderNeighboursText(report, host.workingFolder), place, host);
  return settings.strict && !(isWhole && report.uncomparedCount === 0) ? EXIT.photosNotCompared : EXIT.ok;
}
