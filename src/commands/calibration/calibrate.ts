/**
 * `dupfind calibrate --pairs labeled.csv | --synthetic [n]`: the threshold for a precision, from pairs that a person labelled or
 * from edits of the library's photos.
 */
import type { Calibration } from "../../core/calibration/calibration.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { Picture } from "../../core/pairs/labelled-pair.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import { type InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import type { LibraryDatabase } from "../../io/library/sqlite-library.ts";
import { calibrateThreshold } from "../../pipeline/calibration/calibrate-threshold.ts";
import { scoreLabelledPairs } from "../../pipeline/calibration/score-labels.ts";
import { renderCalibrationHtml } from "../../render/calibration/calibration-html.ts";
import { renderCalibrationJson } from "../../render/calibration/calibration-json.ts";
import { renderCalibrationText } from "../../render/calibration/calibration-text.ts";
import { deliver, requirePlace } from "../answer.ts";
import { ownModel } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { withLibraryUnlessDry } from "../open-library.ts";
import { stopCode } from "../stop-code.ts";
import { thumbnailsOf } from "../thumbnails.ts";
import { withLabelledPairs } from "./score-labelled-pairs.ts";
import { scoreSyntheticPairs } from "./score-synthetic-pairs.ts";
import type { CalibrateSettings } from "./settings.ts";

export async function runCalibrate(settings: CalibrateSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const store = new ModelStore(settings.models);
  const calibration = await withLibraryUnlessDry(settings, host, async (library) => {
    const encoder = await store.open(settings.model ?? ownModel(library));
    const calibrations = library.calibrationOf(encoder);
    noteUnfinished(library, encoder, { ...settings, folders: [] }, host);
    const scorePairs = () => scorePairsOf(settings, encoder, library, host);
    return calibrateThreshold(
      { store: calibrations, scorePairs },
      { encoder, source: settings.source.kind, precision: settings.precision, createdAt: new Date().toISOString(), save: !settings.dryRun },
    );
  });
  if (calibration === null) return stopCode(host.stop);
  if (place !== null) await deliver(await renderWithPictures(calibration, settings.maxMegapixels), place, host);
  if (settings.json) host.write(renderCalibrationJson(calibration));
  else if (!settings.quiet) host.write(renderCalibrationText(calibration, !settings.dryRun, host.workingFolder));
  return EXIT.ok;
}

function scorePairsOf(
  settings: CalibrateSettings,
  encoder: InstalledEncoder,
  library: LibraryDatabase,
  host: Host,
): Promise<ScoredPairSet | null> {
  const { source } = settings;
  return source.kind === "labels"
    ? withLabelledPairs(source.file, settings, encoder, library.calibrationOf(encoder), host, scoreLabelledPairs)
    : scoreSyntheticPairs(source.photos, settings, encoder, library, host);
}

async function renderWithPictures(calibration: Calibration, maxMegapixels: number): Promise<string> {
  const { wrong, missed } = calibration.disputed;
  const suspects = calibration.synthetic?.suspects.mostDoubtful ?? [];
  const photos = [...wrong, ...missed, ...suspects].flatMap(({ pictures }): readonly Picture[] => pictures).map(({ photo }) => photo);
  const thumbnails = await thumbnailsOf(photos, maxMegapixels);
  return renderCalibrationHtml(calibration, ({ photo }) => thumbnails.get(photo) ?? null);
}
