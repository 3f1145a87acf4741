/**
 * A report for a person at a terminal of 80 columns.
 */
import type { CalibrationSource } from "../../core/calibration/calibration.ts";
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { Candidate } from "../../core/duplicates/merits.ts";
import { type Report, removableExtras, reportTotals } from "../../core/duplicates/report.ts";
import { encoderTitle, type ThresholdOrigin } from "../../core/encoders/encoder.ts";
import { isFinished } from "../../core/library/unfinished.ts";
import type { SideFile } from "../../core/photos/photo.ts";
import { backlogLines } from "../library/backlog.ts";
import { byteSize, counted, day, grouped, shownPath, shownSimilarity, shownThreshold } from "../words.ts";

export function renderReportText(report: Report, workingFolder: string): string {
  const copies = report.sets.filter((set) => set.kind === "copies");
  const bursts = report.sets.filter((set) => set.kind === "burst");
  const show = (set: DuplicateSet, index: number) => renderSet(set, index + 1, workingFolder);
  const blocks = [
    headline(report),
    ...copies.map(show),
    ...(bursts.length > 0 ? [`Bursts: several exposures of one scene, no copies. ${counted(bursts.length, "set")}.`] : []),
    ...bursts.map(show),
    footnotes(report, workingFolder),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function headline(report: Report): string {
  const { sets, extras, bytesToGain } = reportTotals(report);
  const found =
    sets === 0
      ? `No duplicates ${isFinished(report) ? "" : "so far "}among ${counted(report.photoCount, "photo")}${isFinished(report) ? "." : ",\nwhich are not all: see below."}`
      : `${counted(sets, "set")} of duplicates among ${counted(report.photoCount, "photo")}:\n` +
        `${counted(extras, "extra photo")}, ${byteSize(bytesToGain)} to gain.`;
  return `${found}\nEncoder ${encoderTitle(report.encoder)}, threshold ${thresholdWords(report)}`;
}

function thresholdWords({ threshold }: Report): string {
  const value = shownThreshold(threshold.value);
  switch (threshold.origin) {
    case "calibrated": {
      const { precision, madeAt, pairs, source } = threshold.calibration;
      return `${value} for a precision of ${precision}:\ncalibrated on ${day(madeAt)} with ${grouped(pairs)} ${JUDGED[source]}.`;
    }
    case "given":
      return `${value}: as given.`;
    default:
      return `${value}: ${THRESHOLD_SOURCE[threshold.origin]}.\ndupfind calibrate finds the threshold for your photos.`;
  }
}

const THRESHOLD_SOURCE: Readonly<Record<ThresholdOrigin, string>> = {
  measured: "measured elsewhere, not on your photos",
  published: "as published, not on your photos",
  uncalibrated: "a guess, never calibrated",
  labels: "from the labels that the encoder was adapted to",
};

const JUDGED: Readonly<Record<CalibrationSource, string>> = { labels: "labelled pairs", synthetic: "pairs of edits" };

function renderSet(set: DuplicateSet, number: number, workingFolder: string): string {
  const gain = set.kind === "copies" ? `, ${byteSize(set.bytesToGain)} to gain` : "";
  const title =
    set.kind === "copies"
      ? `Set ${number}: ${counted(set.extras.length, "extra")}${gain}, lowest similarity ${shownSimilarity(set.lowestSimilarity)}`
      : `Burst ${number}: ${counted(set.extras.length + 1, "exposure")}, lowest similarity ${shownSimilarity(set.lowestSimilarity)}`;
  const keeper = member("keep", set.keeper, [], workingFolder);
  const reason = `${INDENT}${set.kind === "copies" ? "kept" : "first"} for ${set.keeperReason}`;
  return [title, keeper, reason, ...set.extras.map((extra) => member(evidenceLabel(extra), extra, extra.parted, workingFolder))].join("\n");
}

const LABEL_WIDTH = 7;
const INDENT = " ".repeat(LABEL_WIDTH + 2);

function evidenceLabel(extra: Extra): string {
  return extra.evidence === "same-bytes" ? "bytes =" : shownSimilarity(extra.similarity);
}

/** Path on one line, figures on the next: paths are long, and cutting one would make it useless. */
function member(label: string, { content, photo, companions }: Candidate, parted: readonly SideFile[], workingFolder: string): string {
  const { width, height, format } = content.facts;
  return [
    `${label.padEnd(LABEL_WIDTH)}  ${shownPath(photo.path, workingFolder)}`,
    `${INDENT}${width} × ${height} ${format}, ${byteSize(content.bytes)}`,
    ...companions.map(
      (file) => `${INDENT}with ${shownPath(file.path, workingFolder)}${parted.includes(file) ? ", which the keeper lacks" : ""}`,
    ),
  ].join("\n");
}

function footnotes(report: Report, workingFolder: string): string {
  const { burstCount, sets, skipped } = report;
  const listed = sets.some((set) => set.kind === "burst");
  const { withheld } = removableExtras(report);
  const notes = [
    withheld > 0
      ? `${counted(withheld, "extra has", "extras have")} companions that the keeper lacks: -0 leaves ${withheld === 1 ? "it" : "them"} out.`
      : "",
    burstCount > 0 && !listed ? `${counted(burstCount, "burst")} of different exposures left out: --bursts lists them.` : "",
    ...backlogLines(report, workingFolder),
    skipped.length > 0 ? `${counted(skipped.length, "file")} could not be compared: dupfind status lists them.` : "",
  ];
  return notes.filter((note) => note !== "").join("\n");
}
