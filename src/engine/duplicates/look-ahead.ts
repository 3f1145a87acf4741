/**
 * The last step of a scan: looks at what a report would ask about, so that the report itself has nothing left to do.
 */
import { DEFAULT_RULES } from "../../core/duplicates/keeper.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { findCandidates } from "../../pipeline/duplicates/find-candidates.ts";
import { settleSets } from "../../pipeline/duplicates/settle-sets.ts";
import { withLooking } from "../look/looking.ts";
import type { Effort } from "../workbench.ts";
import { decidedOf } from "./decided-of.ts";

/** What a report does that was asked for nothing in particular. */
const AS_A_REPORT_DOES = { rules: DEFAULT_RULES, protectedFolders: [], linkage: "star", acrossRoots: null, folders: [] } as const;

/**
 * @param library opened for writing, with other writers kept out
 * @param place where it lives, and the decisions of its user
 */
export async function lookAhead(library: Library, place: LibraryPlace, encoder: ChosenEncoder, effort: Effort, run: Run): Promise<void> {
  const choice = { ...AS_A_REPORT_DOES, decided: await decidedOf(library, place) };
  const store = library.reportOf(encoder);
  const { pairs, known } = await findCandidates(store, encoder.spec.threshold.floor, choice);
  const kept = library.looks();
  const { unreadable } = await withLooking(kept, effort, run, (lookMore) =>
    settleSets(known, pairs, { kept, lookMore, stop: run.signal, undecidedFrom: 1 }, choice, null),
  );
  if (unreadable === 0 && !run.signal.aborted) await library.looks().markLookedThrough(encoder.key);
}
