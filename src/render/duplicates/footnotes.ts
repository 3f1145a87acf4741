/**
 * What stands below the sets of a report: what is left out of them, and why.
 */
import { type Report, removableExtras, type StalePhotos } from "../../core/duplicates/report.ts";
import { backlogLines } from "../library/backlog.ts";
import { leftOutLines } from "../library/left-out.ts";
import { counted } from "../words.ts";

/** One line each; none where there is nothing to say. */
export function footnotes(report: Report, workingFolder: string): readonly string[] {
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
      ? `${counted(report.returnedCount, "photo was", "photos were")} removed before and ${report.returnedCount === 1 ? "is" : "are"} back.`
      : "",
    skipped.length > 0 ? `${counted(skipped.length, "file")} skipped; dupfind status lists them.` : "",
    ...leftOutLines(report.leftOut),
  ];
  return notes.filter((note) => note !== "");
}

function staleLines({ changed, absent }: StalePhotos): readonly string[] {
  return [
    ...(changed > 0 ? [`${counted(changed, "photo")} changed since the scan and left out; dupfind scan reads them again.`] : []),
    ...(absent > 0 ? [`${counted(absent, "photo")} missing now and left out; dupfind scan looks again.`] : []),
  ];
}
