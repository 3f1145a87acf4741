/**
 * `dupfind drift`: whether photos still come to the vectors that the library holds, and are still like those that the
 * encoder was calibrated on.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { checkLibrary } from "../../engine/drift/check-drift.ts";
import { renderDriftJson, renderDriftText } from "../../render/drift/drift.ts";
import type { Host } from "../host.ts";
import { withRun } from "../with-run.ts";
import type { DriftSettings } from "./settings.ts";

export async function runDrift(settings: DriftSettings, host: Host): Promise<ExitCode> {
  const { report, shift } = await withRun(settings, host, (run) => checkLibrary(settings, run));
  host.write(settings.json ? renderDriftJson(report, shift) : renderDriftText(report, shift));
  return settings.failOnDrift && report.check.verdict === "drift" ? EXIT.driftFound : EXIT.ok;
}
