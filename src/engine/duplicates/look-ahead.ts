/**
 * The last step of a scan: looks at what a report would ask about, so that the report itself has nothing left to do.
 */
import { DEFAULT_RULES } from "../../core/duplicates/keeper.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { findCandidates, looksAmong } from "../../pipeline/duplicates/find-candidates.ts";
import { settleSets } from "../../pipeline/duplicates/settle-sets.ts";
import { withLooking } from "../look/looking.ts";

/** What a report does that was asked for nothing in particular. */
const AS_A_REPORT_DOES = { rules: DEFAULT_RULES, protectedFolders: [], linkage: "star", acrossRoots: null, folders: [] } as const;

/**
 * @param library opened for writing, with other writers kept out
 */
export async function lookAhead(library: Library, encoder: ChosenEncoder, threads: number, run: Run): Promise<void> {
  const store = library.reportOf(encoder);
  const { pairs, known } = await findCandidates(store, encoder.spec.threshold.floor, AS_A_REPORT_DOES);
  const looks = await looksAmong(library.looks(), known);
  await withLooking(library.looks(), threads, run, (lookMore) =>
    settleSets(known, pairs, { looks, lookMore, undecidedFrom: 1 }, AS_A_REPORT_DOES, null),
  );
}
