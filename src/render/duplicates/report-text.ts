/**
 * A report for a person at a terminal of 80 columns.
 */
import type { CalibrationSource } from "../../core/calibration/calibration.ts";
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { KeeperCandidate, KeeperReason } from "../../core/duplicates/keeper.ts";
import { type Report, reportTotals } from "../../core/duplicates/report.ts";
import { encoderTitle, type ThresholdOrigin } from "../../core/encoders/encoder.ts";
import { isFinished } from "../../core/library/unfinished.ts";
import { backlogLines } from "../library/backlog.ts";
import { byteSize, counted, day, grouped, printablePath, shownPath, shownSimilarity, shownThreshold } from "../words.ts";

export function renderReportText(report: Report, workingFolder: string): string {
  const copies = report.sets.filter((set) => set.kind === "copies");
  const bursts = report.sets.filter((set) => set.kind === "burst");
  const show = (set: DuplicateSet, index: number) => renderSet(set, index + 1, report, workingFolder);
  const blocks = [
    headline(report),
    ...copies.map(show),
    ...(bursts.length > 0 ? [`Bursts: several exposures of one scene, not copies. ${counted(bursts.length, "set")}.`] : []),
    ...bursts.map(show),
    footnotes(report, workingFolder),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function headline(report: Report): string {
  const { sets, extras, reclaimableBytes } = reportTotals(report);
  const found =
    sets === 0
      ? `No duplicates ${isFinished(report) ? "" : "so far "}among ${counted(report.photoCount, "photo")}.${isFinished(report) ? "" : "\nNot all photos are compared yet: see below."}`
      : `${counted(sets, "set")} of duplicates among ${counted(report.photoCount, "photo")}:\n` +
        `${counted(extras, "extra photo")}, ${byteSize(reclaimableBytes)} reclaimable.`;
  return `${found}\nEncoder ${encoderTitle(report.encoder)}, threshold ${thresholdWords(report)}`;
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

const PAIR_WORDS: Readonly<Record<CalibrationSource, string>> = { labels: "labelled pairs", synthetic: "synthetic pairs" };

function renderSet(set: DuplicateSet, number: number, report: Report, workingFolder: string): string {
  const title =
    set.kind === "copies"
      ? `Set ${number}: ${counted(set.extras.length, "extra")}, ${byteSize(set.reclaimableBytes)} reclaimable, lowest similarity ${shownSimilarity(set.lowestSimilarity)}`
      : `Burst ${number}: ${counted(set.extras.length + 1, "exposure")}, lowest similarity ${shownSimilarity(set.lowestSimilarity)}`;
  const keeper = member("keep", set.keeper, report, workingFolder);
  const reason = `${INDENT}${set.kind === "copies" ? "kept" : "first"}: ${reasonWords(set.keeperReason)}`;
  return [title, keeper, reason, ...set.extras.map((extra) => member(evidenceLabel(extra), extra, report, workingFolder))].join("\n");
}

const REASON_WORDS: Readonly<Record<Exclude<KeeperReason["rule"], "folder">, string>> = {
  resolution: "more pixels",
  bytes: "more bytes",
  format: "a format closer to the camera's",
  exif: "more EXIF fields",
  age: "the older file",
  "protected-folder": "in a protected folder",
  "shorter-path": "the shorter path",
  "path-order": "the first path in order",
};

function reasonWords(reason: KeeperReason): string {
  return reason.rule === "folder" ? `in the preferred folder ${printablePath(reason.folder)}` : REASON_WORDS[reason.rule];
}

const LABEL_WIDTH = 7;
const INDENT = " ".repeat(LABEL_WIDTH + 2);

function evidenceLabel(extra: Extra): string {
  return extra.evidence === "same-bytes" ? "bytes =" : shownSimilarity(extra.similarity);
}

/** Path on one line, figures on the next: paths are long, and cutting one would make it useless. */
function member(label: string, { content, photo }: KeeperCandidate, report: Report, workingFolder: string): string {
  const { width, height, format } = content.facts;
  const companions = report.companions.get(photo.path) ?? [];
  return [
    `${label.padEnd(LABEL_WIDTH)}  ${shownPath(photo.path, workingFolder)}`,
    `${INDENT}${width} × ${height} ${format}, ${byteSize(content.bytes)}`,
    ...companions.map((file) => `${INDENT}with ${shownPath(file.path, workingFolder)}`),
  ].join("\n");
}

function footnotes(report: Report, workingFolder: string): string {
  const { burstCount, sets, skipped } = report;
  const listed = sets.some((set) => set.kind === "burst");
  const notes = [
    burstCount > 0 && !listed ? `${counted(burstCount, "burst")} of different exposures excluded; --bursts lists them.` : "",
    ...backlogLines(report, workingFolder),
    skipped.length > 0 ? `${counted(skipped.length, "file")} skipped; dupfind status lists them.` : "",
  ];
  return notes.filter((note) => note !== "").join("\n");
}
