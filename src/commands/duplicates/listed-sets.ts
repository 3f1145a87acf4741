/**
 * What of a report its answer lists: a form may leave out sets, or extras of them.
 */
import type { DuplicateSet } from "../../core/duplicates/duplicate-sets.ts";
import { type Report, removableExtras } from "../../core/duplicates/report.ts";
import { SETS_ON_A_PAGE } from "./report-page.ts";
import type { ReportSettings } from "./settings.ts";

/** Sets with the extras that are listed of them. */
export function listedSets(report: Report, { format, limit }: Pick<ReportSettings, "format" | "limit">): readonly DuplicateSet[] {
  const sets = report.sets.slice(0, limit ?? (format === "html" ? SETS_ON_A_PAGE : report.sets.length));
  if (format !== "paths" && format !== "nul-paths") return sets;
  const paths = new Set(removableExtras({ ...report, sets }).extras.map(({ photo }) => photo.path));
  return sets
    .map((set) => ({ ...set, extras: set.extras.filter(({ photo }) => paths.has(photo.path)) }))
    .filter(({ extras }) => extras.length > 0);
}
