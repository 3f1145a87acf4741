/**
 * A report for a person at a terminal of 80 columns.
 */
import type { CalibrationSource } from "../../core/calibration/calibration-source.ts";
import { EXTRA_CLASSES, type ExtraClass, isSure, SET_KINDS, type SetKind } from "../../core/duplicates/classes.ts";
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { ExifTelling, KeeperReason } from "../../core/duplicates/keeper.ts";
import type { Candidate, Holding } from "../../core/duplicates/merits.ts";
import { isUpToDate, type Report, removableExtras, reportTotals, type StalePhotos } from "../../core/duplicates/report.ts";
import { encoderTitle, type ThresholdOrigin } from "../../core/encoders/encoder.ts";
import { isWithinAny } from "../../core/paths.ts";
import type { CompanionFile } from "../../core/photos/photo.ts";
import { backlogLines } from "../library/backlog.ts";
import { leftOutLines } from "../library/left-out.ts";
import { byteSize, counted, day, grouped, printablePath, shownPath, shownSimilarity, shownThreshold } from "../words.ts";
import { differenceWords } from "./difference-words.ts";

export function renderReportText(report: Report, workingFolder: string): string {
  const show = (set: DuplicateSet, index: number) => renderSet(set, index + 1, report, workingFolder);
  const blocks = [
    headline(report),
    classTable(report),
    ...SET_KINDS.flatMap((kind) => {
      const sets = report.sets.filter((set) => set.kind === kind);
      const intro = KIND_INTRO[kind];
      return sets.length === 0 ? [] : [...(intro === null ? [] : [`${intro} ${counted(sets.length, "set")}.`]), ...sets.map(show)];
    }),
    footnotes(report, workingFolder),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

const KIND_INTRO: Readonly<Record<SetKind, string | null>> = {
  copies: null,
  altered: "Altered: one picture, but a region differs: a caption, a stamp, another number. Look before one goes.",
  undecided: "Undecided: alike to the encoder, and not seen to be the same. Look before one goes.",
  burst: "Bursts: several exposures of one scene, not copies.",
};

const CLASS_NAMES: Readonly<Record<ExtraClass, string>> = {
  "same-bytes": "same bytes",
  "same-pixels": "same pixels",
  "same-picture": "same picture",
  altered: "altered",
  undecided: "undecided",
  burst: "burst",
};

/** What each class comes to, safest first; nothing where there is one class alone. */
function classTable(report: Report): string {
  const { classes } = reportTotals(report);
  const rows = EXTRA_CLASSES.filter((name) => classes[name].extras > 0);
  if (rows.length < 2 && rows.every(isSure)) return "";
  return rows
    .map((name) => {
      const { extras, reclaimableBytes } = classes[name];
      const share = isSure(name) ? "" : "  not counted above";
      return `  ${CLASS_NAMES[name].padEnd(12)}  ${grouped(extras).padStart(7)}  ${name === "burst" ? "" : byteSize(reclaimableBytes).padStart(9)}${share}`.trimEnd();
    })
    .join("\n");
}

function headline(report: Report): string {
  const { sets, extras, reclaimableBytes } = reportTotals(report);
  const found =
    sets === 0
      ? `No duplicates ${isUpToDate(report) ? "" : "so far "}among ${counted(report.photoCount, "photo")}.${isUpToDate(report) ? "" : "\nNot all photos are compared yet: see below."}`
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

function renderSet(set: DuplicateSet, number: number, report: Report, workingFolder: string): string {
  const outside = set.outside.length > 0 ? `, ${grouped(set.outside.length)} outside the named folders` : "";
  const title =
    set.kind !== "burst"
      ? `Set ${number}: ${counted(set.extras.length, "extra")}, ${byteSize(set.reclaimableBytes)} reclaimable${outside}, lowest similarity ${shownSimilarity(set.lowestSimilarity)}`
      : `Burst ${number}: ${counted(set.extras.length + set.outside.length + 1, "exposure")}${outside}, lowest similarity ${shownSimilarity(set.lowestSimilarity)}`;
  const keeper = member("keep", set.keeper, [], workingFolder);
  const reason = `${INDENT}${set.kind === "burst" ? "first" : "kept"}: ${reasonWords(set.keeperReason)}`;
  const notAsked = isWithinAny(set.keeper.photo.path, report.folders) ? "" : ", outside the named folders";
  const shown = (extra: Extra) =>
    `${member(classLabel(extra), extra, extra.parted, workingFolder)}\n${INDENT}${differenceWords(set.keeper, extra)}`;
  const stays = set.outside.map((extra) => `${shown(extra)}\n${INDENT}outside, so it stays`);
  return [title, keeper, `${reason}${notAsked}`, ...set.extras.map(shown), ...stays].join("\n");
}

const REASON_WORDS: Readonly<Record<Exclude<KeeperReason["rule"], "companions" | "exif" | "folder">, string>> = {
  format: "a format closer to the camera's",
  depth: "more bits per channel",
  name: "a name less like a copy's",
  untouched: "not saved by an editor",
  view: "the fuller picture",
  resolution: "more pixels",
  bytes: "more bytes",
  record: "the record beside it",
  age: "the older file",
  whole: "the other is damaged",
  "protected-folder": "in a protected folder",
  "shorter-path": "the shorter path",
  "path-order": "the first path in order",
};

const HOLDING_WORDS: Readonly<Record<Holding, string>> = {
  raw: "RAW",
  film: "film",
  edits: "edits",
  sound: "sound",
  "gain-map": "gain map",
};

const EXIF_WORDS: Readonly<Record<Exclude<ExifTelling, "camera">, string>> = { "capture-time": "capture time", place: "place" };

function reasonWords(reason: KeeperReason): string {
  switch (reason.rule) {
    case "folder":
      return `in the preferred folder ${printablePath(reason.folder)}`;
    case "companions":
      return `its ${enumerated(reason.holdings.map((holding) => HOLDING_WORDS[holding]))}`;
    case "exif": {
      const told = reason.tells.flatMap((telling) => (telling === "camera" ? [] : [EXIF_WORDS[telling]]));
      return told.length === 0 ? "the camera's EXIF" : `the ${enumerated(told)} in its EXIF`;
    }
    default:
      return REASON_WORDS[reason.rule];
  }
}

/** "RAW, film and edits". */
function enumerated(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" and ");
}

const LABEL_WIDTH = 7;
const INDENT = " ".repeat(LABEL_WIDTH + 2);

function classLabel(extra: Extra): string {
  if (extra.class === "same-bytes") return "bytes =";
  return extra.class === "same-pixels" ? "pixels=" : shownSimilarity(extra.similarity);
}

/** Path on one line, figures on the next: paths are long, and cutting one would make it useless. */
function member(label: string, { content, photo, companions }: Candidate, parted: readonly CompanionFile[], workingFolder: string): string {
  const { width, height, format, isWhole } = content.facts;
  return [
    `${label.padEnd(LABEL_WIDTH)}  ${shownPath(photo.path, workingFolder)}`,
    `${INDENT}${width} × ${height} ${format}, ${byteSize(content.bytes)}${isWhole === false ? ", damaged" : ""}`,
    ...companions.map(
      (file) => `${INDENT}with ${shownPath(file.path, workingFolder)}${parted.includes(file) ? ", which the keeper lacks" : ""}`,
    ),
  ].join("\n");
}

function staleLines({ changed, absent }: StalePhotos): readonly string[] {
  return [
    ...(changed > 0 ? [`${counted(changed, "photo")} changed since the scan and left out; dupfind scan reads them again.`] : []),
    ...(absent > 0 ? [`${counted(absent, "photo")} missing now and left out; dupfind scan looks again.`] : []),
  ];
}

function footnotes(report: Report, workingFolder: string): string {
  const { burstCount, sets, skipped } = report;
  const listed = sets.some((set) => set.kind === "burst");
  const { withheld } = removableExtras(report);
  const notes = [
    withheld > 0
      ? `${counted(withheld, "extra has", "extras have")} companions that the keeper lacks; -0 leaves ${withheld === 1 ? "it" : "them"} out.`
      : "",
    burstCount > 0 && !listed ? `${counted(burstCount, "burst")} of different exposures excluded; --bursts lists them.` : "",
    ...backlogLines(report, workingFolder),
    ...staleLines(report.stale),
    report.unreadablePairs > 0
      ? `${counted(report.unreadablePairs, "pair")} could not be looked at, since a photo cannot be read now; a later report looks again.`
      : "",
    report.looked ? "" : "The encoder alone decided: nothing but equal bytes and pixels is called the same.",
    report.returnedCount > 0
      ? `${counted(report.returnedCount, "photo was", "photos were")} thrown away before and ${report.returnedCount === 1 ? "is" : "are"} here again.`
      : "",
    skipped.length > 0 ? `${counted(skipped.length, "file")} skipped; dupfind status lists them.` : "",
    ...leftOutLines(report.leftOut),
  ];
  return notes.filter((note) => note !== "").join("\n");
}
