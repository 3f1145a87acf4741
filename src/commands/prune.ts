/**
 * `dupfind prune`: forgets photos that are gone, and never because a drive is.
 */
import { EXIT, type ExitCode } from "../core/errors.ts";
import type { Host, PruneSettings } from "../core/settings.ts";
import type { PrunePlan } from "../core/status.ts";
import { holdsAnything, isGone } from "../io/folders.ts";
import { renderPruneJson, renderPruneText } from "../render/status.ts";
import { withLockedLibrary } from "./open-library.ts";

export async function runPrune(settings: PruneSettings, host: Host): Promise<ExitCode> {
  const plan = await withLockedLibrary(settings.library, async (library): Promise<PrunePlan> => {
    const status = library.status();
    const roots = library.roots();
    const guardedRoots = settings.force ? [] : roots.filter((root) => !holdsAnything(root));
    const gone = roots
      .filter((root) => !guardedRoots.includes(root))
      .flatMap((root) => status.photosBelow(root))
      .filter(isGone);
    return { ...status.forget([...new Set(gone)], { dryRun: settings.dryRun }), guardedRoots };
  });
  if (settings.json) host.write(renderPruneJson(plan, settings.dryRun));
  else if (!settings.quiet) host.write(renderPruneText(plan, settings.dryRun));
  return EXIT.ok;
}
