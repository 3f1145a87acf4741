/**
 * Forgets photos that are gone, and never because a drive is: plans first, and carries out the plan as it stands or not at all.
 */
import { UserError } from "../../core/errors.ts";
import type { PrunePlan } from "../../core/library/prune-plan.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { surveyRoot } from "../../io/photos/survey-root.ts";
import { planPruning } from "../../pipeline/library/plan-pruning.ts";
import { type Locations, withLibrary, withLockedExistingLibrary } from "../open-library.ts";

export interface PruneChoice extends Pick<Locations, "library"> {
  /** Plans, and forgets nothing. */
  readonly dryRun: boolean;
  /** Forgets what may be there all the same, too. */
  readonly force: boolean;
}

export async function pruneLibrary({ library: place, dryRun, force }: PruneChoice, run: Run): Promise<PrunePlan> {
  const plan = async (library: Library) =>
    planPruning({ roots: await library.roots(), survey: surveyRoot, store: library.pruning() }, { force });
  if (dryRun) return withLibrary(place, plan);
  return withLockedExistingLibrary({ library: place }, run, async (library) => {
    const planned = await plan(library);
    if (!(await library.pruning().forget(planned)))
      throw new UserError("library-changed", "The library was changed while the photos were looked for");
    return planned;
  });
}
