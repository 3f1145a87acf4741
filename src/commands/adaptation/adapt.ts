/**
 * `dupfind adapt --pairs labeled.csv`: a linear map on top of an encoder, learned from labels and kept as an encoder of its own
 * where it is better than none.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { adaptToLabels } from "../../engine/adaptation/adapt.ts";
import { renderAdaptationJson, renderAdaptationText } from "../../render/adaptation/adaptation.ts";
import { labelSource } from "../calibration/pair-source.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import type { AdaptSettings } from "./settings.ts";

export async function runAdapt(settings: AdaptSettings, host: Host): Promise<ExitCode> {
  const labels = labelSource(settings.pairs, host);
  const answer = await withRun(settings, host, (run) => adaptToLabels({ ...settings, labels }, run));
  if (answer === null) return stopCode(host.stop);
  if (settings.json) host.write(renderAdaptationJson(answer));
  else if (!settings.quiet) host.write(renderAdaptationText(answer));
  if (host.stop.aborted) return stopCode(host.stop);
  return answer.findings.better ? EXIT.ok : EXIT.notBetter;
}
