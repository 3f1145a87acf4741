/**
 * Forgets folders that shall not be in the library, whatever stands there: plans first, and carries out the plan as it stands or not
 * at all.
 */
import { UserError } from "../../core/errors.ts";
import type { FolderPlan } from "../../core/library/prune-plan.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { planForgetting } from "../../pipeline/library/plan-forgetting.ts";
import { knownFolders } from "../known-folders.ts";
import { type Locations, withLibrary, withLockedExistingLibrary } from "../open-library.ts";

export interface ForgetChoice extends Pick<Locations, "library"> {
  /** Absolute. */
  readonly folders: readonly string[];
  /** Plans, and forgets nothing. */
  readonly dryRun: boolean;
}

/** @throws {UserError} when no photo is known in a folder, and it was not scanned either */
export async function forgetFolders({ library: place, folders, dryRun }: ForgetChoice, run: Run): Promise<FolderPlan> {
  const plan = async (library: Library) => planForgetting(await library.roots(), await knownFolders(library, folders), library.pruning());
  if (dryRun) return withLibrary(place, plan);
  return withLockedExistingLibrary({ library: place }, run, async (library) => {
    const planned = await plan(library);
    if (!(await library.pruning().forget(planned)))
      throw new UserError("library-changed", "The library was changed while its photos were looked up");
    return planned;
  });
}
