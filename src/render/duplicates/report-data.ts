/**
 * A report for programs: JSON (docs/reference/json/report.schema.json), CSV and paths.
 */
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { Candidate } from "../../core/duplicates/merits.ts";
import { folderStandings, type Report, removableExtras, reportTotals } from "../../core/duplicates/report.ts";
import { differencesOf } from "../../core/look/differences.ts";
import { isoCaptureTime } from "../../core/photos/capture-time.ts";
import type { Exposure } from "../../core/photos/exposure.ts";
import { csvLine } from "../../core/text/csv.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { thresholdFields } from "../threshold-fields.ts";
import { differenceWords } from "./difference-words.ts";

/** @param limit sets to list; null for all. The totals are those of all. */
export function renderReportJson(report: Report, limit: number | null = null): string {
  return renderJsonAnswer("report", {
    encoder: report.encoder,
    ...thresholdFields(report.threshold),
    folders: report.folders,
    photos: report.photoCount,
    uncompared: report.uncomparedCount,
    unread: report.unreadCount,
    unwalked: report.unwalkedRoots,
    stale: report.stale,
    looked: report.looked,
    unreadablePairs: report.unreadablePairs,
    only: report.only,
    since: report.since,
    returned: report.returnedCount,
    totals: reportTotals(report),
    bursts: report.burstCount,
    folderSummary: folderStandings(report),
    unlisted: Math.max(0, report.sets.length - (limit ?? report.sets.length)),
    sets: report.sets.slice(0, limit ?? report.sets.length).map((set) => ({
      kind: set.kind,
      lowestSimilarity: set.lowestSimilarity,
      reclaimableBytes: set.reclaimableBytes,
      keeper: { ...photoFields(set.keeper), reason: set.keeperReason },
      extras: set.extras.map((extra) => memberFields(set, extra)),
      outside: set.outside.map((extra) => memberFields(set, extra)),
    })),
    skipped: report.skipped,
    leftOut: report.leftOut,
  });
}

function memberFields({ keeper }: DuplicateSet, extra: Extra) {
  const { similarity, look } = extra;
  const parted = extra.parted.map(({ path }) => path);
  const differences = look === null ? [] : differencesOf(look, keeper.content.facts, extra.content.facts);
  return { ...photoFields(extra), class: extra.class, similarity, look, differences, parted };
}

function photoFields({ content, photo, companions }: Candidate) {
  const { width, height, format, exposure } = content.facts;
  const paths = companions.map(({ path }) => path);
  return {
    path: photo.path,
    bytes: content.bytes,
    sha256: content.hash,
    width,
    height,
    format,
    damaged: content.facts.isWhole === false,
    ...takenFields(exposure),
    companions: paths,
  };
}

function takenFields({ takenAt, camera }: Exposure) {
  return { taken: takenAt === null ? null : isoCaptureTime(takenAt), camera };
}

const CSV_COLUMNS = [
  "set",
  "kind",
  "role",
  "path",
  "similarity",
  "class",
  "bytes",
  "width",
  "height",
  "format",
  "sha256",
  "parted",
  "difference",
  "taken",
  "camera",
];

/** One line a photo, the keeper first in each set; RFC 4180, lines end in CRLF. */
export function renderReportCsv(report: Report): string {
  const lines = report.sets.flatMap((set, index) => [
    [...csvFields(set, index, "keeper", set.keeper, "", ""), "", "", ...csvTaken(set.keeper)],
    ...set.extras.map((extra) => csvMember(set, index, "extra", extra)),
    ...set.outside.map((extra) => csvMember(set, index, "outside", extra)),
  ]);
  return [CSV_COLUMNS, ...lines].map(csvLine).join("");
}

function csvMember(set: DuplicateSet, index: number, role: string, extra: Extra): readonly string[] {
  return [
    ...csvFields(set, index, role, extra, String(extra.similarity), extra.class),
    String(extra.parted.length),
    differenceWords(set.keeper, extra),
    ...csvTaken(extra),
  ];
}

function csvFields(set: DuplicateSet, index: number, role: string, { content, photo }: Candidate, similarity: string, evidence: string) {
  const { width, height, format } = content.facts;
  const numbers = [content.bytes, width, height].map(String);
  return [String(index + 1), set.kind, role, photo.path, similarity, evidence, ...numbers, format, content.hash];
}

function csvTaken({ content }: Candidate): readonly string[] {
  const { taken, camera } = takenFields(content.facts.exposure);
  return [taken ?? "", camera ?? ""];
}

/** The extras that are the same picture, or of the classes that were asked for, and leave no companion alone, each ended by NUL: what `xargs -0` takes. */
export function extraPaths(report: Report): readonly string[] {
  return removableExtras(report).extras.map(({ photo }) => photo.path);
}
