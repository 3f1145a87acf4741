/**
 * What a report comes to, and what it was made with.
 */
import type { CalibrationSource } from "../../core/calibration/calibration-source.ts";
import { isUpToDate, type Report, reportTotals } from "../../core/duplicates/report.ts";
import { encoderTitle, type ThresholdOrigin } from "../../core/encoders/encoder.ts";
import { byteSize, counted, day, grouped, minute, shownThreshold } from "../words.ts";

/** "12 sets of duplicates among 3,000 photos:", "20 extra photos, 4 MB reclaimable."; one line each. */
export function foundLines(report: Report): readonly string[] {
  const { sets, extras, reclaimableBytes } = reportTotals(report);
  const among = counted(report.photoCount, "photo");
  const isNew = report.since === null ? "" : "new ";
  const found =
    sets > 0
      ? [
          `${counted(sets, `${isNew}set`)} of duplicates among ${among}:`,
          `${counted(extras, "extra photo")}, ${byteSize(reclaimableBytes)} reclaimable.`,
        ]
      : isUpToDate(report)
        ? [`No ${isNew}duplicates among ${among}.`]
        : [`No ${isNew}duplicates so far among ${among}.`, "Not all photos are compared yet: see below."];
  return [...found, ...sinceLines(report)];
}

/** What the report leaves out, since it is no news. */
function sinceLines({ since }: Report): readonly string[] {
  if (since === null) return [];
  if (since.last === null) return ["The first report of what is new: nothing was listed before."];
  const left = since.knownSets === 0 ? "" : `; ${counted(since.knownSets, "set was", "sets were")} listed by then and left out`;
  return [`New since ${minute(since.last)}${left}.`];
}

/** "Encoder dupfind-lite 12, threshold 0.6: pairs from there up were looked at."; may take two lines. */
export function encoderWords(report: Report): string {
  return `Encoder ${encoderTitle(report.encoder)}, threshold ${thresholdWords(report)}`;
}

function thresholdWords({ threshold }: Report): string {
  const value = shownThreshold(threshold.value);
  switch (threshold.origin) {
    case "calibrated": {
      const { precision, createdAt, pairs, source } = threshold.calibration;
      return `${value} for a precision of ${precision}:\ncalibrated on ${day(createdAt)} with ${grouped(pairs)} ${PAIR_WORDS[source]}.`;
    }
    case "given":
      return `${value}, set by --threshold.`;
    case "floor":
      return `${value}: pairs from there up were looked at.`;
    default:
      return `${value}: ${THRESHOLD_SOURCE[threshold.origin]}.\ndupfind calibrate finds the threshold for your photos.`;
  }
}

const THRESHOLD_SOURCE: Readonly<Record<ThresholdOrigin, string>> = {
  measured: "measured elsewhere, not on your photos",
  published: "as published, not on your photos",
  uncalibrated: "a guess, never measured",
  labels: "from the labelled pairs that the encoder was adapted with",
};

const PAIR_WORDS: Readonly<Record<CalibrationSource, string>> = {
  labels: "labelled pairs",
  synthetic: "synthetic pairs",
  "labels-and-synthetic": "labelled and synthetic pairs",
};
