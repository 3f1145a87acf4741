/**
 * A report of what is new since the last one that asked for it, and what was listed, remembered for the next.
 */
import type { DuplicateSet } from "../../core/duplicates/duplicate-sets.ts";
import type { Report } from "../../core/duplicates/report.ts";
import { newSets, reportedSet } from "../../core/duplicates/reported-sets.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import { ReportedSetsFile } from "../../io/duplicates/reported-sets-file.ts";

/** The report with the sets that are new. */
export async function sinceLast(report: Report, { ownFiles }: LibraryPlace): Promise<Report> {
  const reported = await new ReportedSetsFile(ownFiles).read();
  const sets = newSets(report.sets, reported);
  // Lines are added in the order of time, but for a clock that was set back.
  const last = reported.reduce<string | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null);
  return { ...report, sets, since: { last, knownSets: report.sets.length - sets.length } };
}

/**
 * For after the sets were delivered.
 * @throws {UserError} where it cannot be written: the sets are new once more then
 */
export async function rememberReported(sets: readonly DuplicateSet[], { ownFiles }: LibraryPlace): Promise<void> {
  const at = new Date().toISOString();
  await new ReportedSetsFile(ownFiles).add(sets.map((set) => reportedSet(set, at)));
}
