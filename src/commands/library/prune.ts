/**
 * `dupfind prune`: forgets photos that are gone, and never because a drive is.
 */
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { surveyRoot } from "../../io/photos/survey-root.ts";
import { planPruning } from "../../pipeline/library/plan-pruning.ts";
import { renderPruneJson, renderPruneText } from "../../render/library/prune.ts";
import type { Host } from "../host.ts";
import { withLibraryUnlessDry } from "../open-library.ts";
import type { PruneSettings } from "./settings.ts";

export async function runPrune(settings: PruneSettings, host: Host): Promise<ExitCode> {
  const { dryRun, force } = settings;
  const plan = await withLibraryUnlessDry(settings, host, async (library) => {
    const store = library.pruning();
    const planned = await planPruning({ roots: library.roots(), survey: surveyRoot, store }, { force });
    if (!dryRun && !(await store.forget(planned)))
      throw new UserError("The library was changed while the photos were looked for", "Nothing was forgotten: run dupfind prune again");
    return planned;
  });
  if (settings.json) host.write(renderPruneJson(plan, dryRun));
  else if (!settings.quiet) host.write(renderPruneText(plan, dryRun, host.workingFolder));
  return EXIT.ok;
}
