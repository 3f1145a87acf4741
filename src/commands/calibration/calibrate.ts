/**
 * `dupfind calibrate --pairs labeled.csv | --synthetic [n]`: the threshold for a precision, from pairs that a person labelled, from edits
 * of the library's photos, or from both.
 */
import type { Calibration } from "../../core/calibration/calibration.ts";
import { DEFAULT_LABEL_FILE, DEFAULT_PRECISION } from "../../core/defaults.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { Picture } from "../../core/pairs/labelled-pair.ts";
import { calibrateLibrary } from "../../engine/calibration/calibrate.ts";
import { renderCalibrationHtml } from "../../render/calibration/calibration-html.ts";
import { renderCalibrationJson } from "../../render/calibration/calibration-json.ts";
import type { NextSteps } from "../../render/calibration/calibration-outcome.ts";
import { renderCalibrationText } from "../../render/calibration/calibration-text.ts";
import { deliver, requirePlace } from "../answer.ts";
import { commandLine } from "../command-line.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { thumbnailsOf } from "../thumbnails.ts";
import { withRun } from "../with-run.ts";
import { calibrationPairs } from "./pair-source.ts";
import type { CalibrateSettings } from "./settings.ts";

export async function runCalibrate(settings: CalibrateSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const source = calibrationPairs(settings.source, host);
  const calibration = await withRun(settings, host, (run) => calibrateLibrary({ ...settings, source }, run));
  if (calibration === null) return stopCode(host.stop);
  if (place !== null) await deliver(await renderWithPictures(calibration, settings.maxMegapixels), place, host);
  if (settings.json) host.write(renderCalibrationJson(calibration));
  else if (!settings.quiet) host.write(renderCalibrationText(calibration, await nextSteps(settings, host), host.workingFolder));
  return calibration.saved || settings.dryRun ? EXIT.ok : EXIT.notSaved;
}

async function nextSteps(settings: CalibrateSettings, host: Host): Promise<NextSteps> {
  const file = "file" in settings.source ? settings.source.file : null;
  const output = file === null || file === DEFAULT_LABEL_FILE ? [] : ["-o", file];
  const precision = settings.precision === DEFAULT_PRECISION ? [] : ["--precision", String(settings.precision)];
  return {
    label: await commandLine(["label", ...output], settings, host),
    calibrate: await commandLine(["calibrate", "--pairs", file ?? DEFAULT_LABEL_FILE, ...precision], settings, host),
  };
}

async function renderWithPictures(calibration: Calibration, maxMegapixels: number): Promise<string> {
  const { wrong, missed } = calibration.disputed;
  const suspects = calibration.synthetic?.suspects.mostDoubtful ?? [];
  const photos = [...wrong, ...missed, ...suspects].flatMap(({ pictures }): readonly Picture[] => pictures).map(({ photo }) => photo);
  const thumbnails = await thumbnailsOf(photos, maxMegapixels);
  return renderCalibrationHtml(calibration, ({ photo }) => thumbnails.get(photo) ?? null);
}
