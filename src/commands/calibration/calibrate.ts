/**
 * `dupfind calibrate --pairs labeled.csv | --synthetic [n]`: the threshold for a precision, from pairs that a person judged or
 * that were made of the library's photos.
 */
import type { Calibration } from "../../core/calibration/calibration.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { Library } from "../../core/library-port.ts";
import type { Picture } from "../../core/pairs/judged-pair.ts";
import type { Judgement } from "../../core/synthetic/judgement.ts";
import { type InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import { calibrateThreshold } from "../../pipeline/calibration/calibrate-threshold.ts";
import { scoreLabels } from "../../pipeline/calibration/score-labels.ts";
import { renderCalibrationHtml } from "../../render/calibration/calibration-html.ts";
import { renderCalibrationJson, renderCalibrationText } from "../../render/calibration/calibration-text.ts";
import { deliver, requirePlace } from "../answer.ts";
import { ownModel } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { withLibraryUnlessDry } from "../open-library.ts";
import { stopCode } from "../stop-code.ts";
import { thumbnailsOf } from "../thumbnails.ts";
import { withLabels } from "./score-labelled-pairs.ts";
import { judgeMadePairs } from "./score-synthetic-pairs.ts";
import type { CalibrateSettings } from "./settings.ts";

export async function runCalibrate(settings: CalibrateSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const store = new ModelStore(settings.models);
  const calibration = await withLibraryUnlessDry(settings, host, async (library) => {
    const encoder = await store.install(settings.model ?? (await ownModel(library)));
    const kept = library.calibrationOf(encoder);
    await noteUnfinished(library, encoder, { ...settings, folders: [] }, host);
    const judge = () => judgePairs(settings, encoder, library, host);
    return calibrateThreshold(
      { store: kept, judge },
      { encoder, source: settings.source.kind, precision: settings.precision, madeAt: new Date().toISOString(), save: !settings.dryRun },
    );
  });
  if (calibration === null) return stopCode(host.stop);
  if (place !== null) await deliver(await renderWithPictures(calibration, settings.maxMegapixels), place, host);
  if (settings.json) host.write(renderCalibrationJson(calibration));
  else if (!settings.quiet) host.write(renderCalibrationText(calibration, !settings.dryRun, host.workingFolder));
  return EXIT.ok;
}

function judgePairs(settings: CalibrateSettings, encoder: InstalledEncoder, library: Library, host: Host): Promise<Judgement | null> {
  const { source } = settings;
  return source.kind === "labels"
    ? withLabels(source.file, settings, encoder, library.calibrationOf(encoder), host, scoreLabels)
    : judgeMadePairs(source.photos, settings, encoder, library, host);
}

async function renderWithPictures(calibration: Calibration, maxMegapixels: number): Promise<string> {
  const { wrong, missed } = calibration.disputed;
  const suspects = calibration.synthetic?.suspects.mostDoubtful ?? [];
  const photos = [...wrong, ...missed, ...suspects].flatMap(({ pictures }): readonly Picture[] => pictures).map(({ photo }) => photo);
  const thumbnails = await thumbnailsOf(photos, maxMegapixels);
  return renderCalibrationHtml(calibration, ({ photo }) => thumbnails.get(photo) ?? null);
}
