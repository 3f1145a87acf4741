/**
 * A report for programs: JSON (docs/reference/json/report.schema.json), CSV and NUL-separated paths.
 */
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { Candidate } from "../../core/duplicates/merits.ts";
import { type Report, removableExtras, reportTotals } from "../../core/duplicates/report.ts";
import { csvLine } from "../../core/text/csv.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { thresholdFields } from "../threshold-fields.ts";

export function renderReportJson(report: Report): string {
  return renderJsonAnswer("report", {
    encoder: report.encoder,
    ...thresholdFields(report.threshold),
    folders: report.folders,
    photos: report.photoCount,
    uncompared: report.uncomparedCount,
    unread: report.unreadCount,
    unwalked: report.unwalkedRoots,
    stale: report.stale,
    returned: report.returnedCount,
    totals: reportTotals(report),
    bursts: report.burstCount,
    sets: report.sets.map((set) => ({
      kind: set.kind,
      lowestSimilarity: set.lowestSimilarity,
      reclaimableBytes: set.reclaimableBytes,
      keeper: { ...photoFields(set.keeper), reason: set.keeperReason },
      extras: set.extras.map(memberFields),
      outside: set.outside.map(memberFields),
    })),
    skipped: report.skipped,
  });
}

function memberFields(extra: Extra) {
  const parted = extra.parted.map(({ path }) => path);
  return { ...photoFields(extra), similarity: extra.similarity, evidence: extra.evidence, parted };
}

function photoFields({ content, photo, companions }: Candidate) {
  const { width, height, format } = content.facts;
  const paths = companions.map(({ path }) => path);
  return { path: photo.path, bytes: content.bytes, sha256: content.hash, width, height, format, companions: paths };
}

const CSV_COLUMNS = ["set", "kind", "role", "path", "similarity", "evidence", "bytes", "width", "height", "format", "sha256", "parted"];

/** One line a photo, the keeper first in each set; RFC 4180, lines end in CRLF. */
export function renderReportCsv(report: Report): string {
  const lines = report.sets.flatMap((set, index) => [
    [...csvFields(set, index, "keeper", set.keeper, "", ""), ""],
    ...set.extras.map((extra) => csvMember(set, index, "extra", extra)),
    ...set.outside.map((extra) => csvMember(set, index, "outside", extra)),
  ]);
  return [CSV_COLUMNS, ...lines].map(csvLine).join("");
}

function csvMember(set: DuplicateSet, index: number, role: string, extra: Extra): readonly string[] {
  return [...csvFields(set, index, role, extra, String(extra.similarity), extra.evidence), String(extra.parted.length)];
}

function csvFields(set: DuplicateSet, index: number, role: string, { content, photo }: Candidate, similarity: string, evidence: string) {
  const { width, height, format } = content.facts;
  const numbers = [content.bytes, width, height].map(String);
  return [String(index + 1), set.kind, role, photo.path, similarity, evidence, ...numbers, format, content.hash];
}

/** The extras of all sets of copies that leave no companion alone, each ended by NUL: what `xargs -0` takes. */
export function renderExtraPaths(report: Report): string {
  return removableExtras(report)
    .extras.map(({ photo }) => `${photo.path}\0`)
    .join("");
}
