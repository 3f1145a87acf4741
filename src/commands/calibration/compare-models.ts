/**
 * `dupfind models compare --pairs labeled.csv | --synthetic [n]`: every encoder on this machine, asked about the same pairs.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { compareModels } from "../../engine/calibration/compare-models.ts";
import { renderComparisonJson, renderComparisonText } from "../../render/calibration/encoder-comparison.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import { pairSource } from "./pair-source.ts";
import type { CompareModelsSettings } from "./settings.ts";

export async function runModelsCompare(settings: CompareModelsSettings, host: Host): Promise<ExitCode> {
  const source = pairSource(settings.source, host);
  const comparison = await withRun(settings, host, (run) => compareModels({ ...settings, source }, run));
  if (comparison === null) return stopCode(host.stop);
  host.write(settings.json ? renderComparisonJson(comparison) : renderComparisonText(comparison));
  return EXIT.ok;
}
