/**
 * A report for programs: JSON (docs/reference/json/report.schema.json), CSV and NUL-separated paths.
 */
import type { DuplicateSet } from "../../core/duplicates/duplicate-sets.ts";
import type { KeeperCandidate } from "../../core/duplicates/keeper.ts";
import { type Report, reportTotals } from "../../core/duplicates/report.ts";
import { csvLine } from "../../core/text/csv.ts";
import type { PhotoPath } from "../../core/units.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { thresholdFields } from "../threshold-fields.ts";

export function renderReportJson(report: Report): string {
  return renderJsonAnswer("report", {
    encoder: report.encoder,
    ...thresholdFields(report.threshold),
    photos: report.photoCount,
    uncompared: report.uncomparedCount,
    unread: report.unreadCount,
    unwalked: report.unwalkedRoots,
    totals: reportTotals(report),
    bursts: report.burstCount,
    sets: report.sets.map((set) => ({
      kind: set.kind,
      lowestSimilarity: set.lowestSimilarity,
      reclaimableBytes: set.reclaimableBytes,
      keeper: { ...photoFields(set.keeper, report), reason: set.keeperReason },
      extras: set.extras.map((extra) => ({
        ...photoFields(extra, report),
        similarity: extra.similarity,
        evidence: extra.evidence,
      })),
    })),
    skipped: report.skipped,
  });
}

function photoFields({ content, photo }: KeeperCandidate, report: Report) {
  const { width, height, format } = content.facts;
  const companions = (report.companions.get(photo.path) ?? []).map((file) => file.path);
  return { path: photo.path, bytes: content.bytes, sha256: content.hash, width, height, format, companions };
}

const CSV_COLUMNS = ["set", "kind", "role", "path", "similarity", "evidence", "bytes", "width", "height", "format", "sha256"];

/** One line a photo, the keeper first in each set; RFC 4180, lines end in CRLF. */
export function renderReportCsv(report: Report): string {
  const lines = report.sets.flatMap((set, index) => [
    csvFields(set, index, "keeper", set.keeper, "", ""),
    ...set.extras.map((extra) => csvFields(set, index, "extra", extra, String(extra.similarity), extra.evidence)),
  ]);
  return [CSV_COLUMNS, ...lines].map(csvLine).join("");
}

function csvFields(
  set: DuplicateSet,
  index: number,
  role: string,
  { content, photo }: KeeperCandidate,
  similarity: string,
  evidence: string,
) {
  const { width, height, format } = content.facts;
  const numbers = [content.bytes, width, height].map(String);
  return [String(index + 1), set.kind, role, photo.path, similarity, evidence, ...numbers, format, content.hash];
}

/** The extras of all sets of copies, each ended by NUL: what `xargs -0` takes. */
export function renderExtraPaths(report: Report): string {
  const paths = report.sets.filter((set) => set.kind === "copies").flatMap((set): PhotoPath[] => set.extras.map(({ photo }) => photo.path));
  return paths.map((path) => `${path}\0`).join("");
}
