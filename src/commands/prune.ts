/**
 * `dupfind prune`: forgets photos that are gone, and never because a drive is.
 */
import { EXIT, type ExitCode } from "../core/errors.ts";
import type { Host, PruneSettings } from "../core/settings.ts";
import type { PrunePlan } from "../core/status.ts";
import { holdsAnything, isGone } from "../io/folders.ts";
import type { StatusDatabase } from "../io/status-database.ts";
import { renderPruneJson, renderPruneText } from "../render/status.ts";
import { withLockedExistingLibrary } from "./open-library.ts";

/** Fewer losses than this are a clean-up, whatever share of the folder they are. */
const LOSSES_TO_DOUBT = 10;

export async function runPrune(settings: PruneSettings, host: Host): Promise<ExitCode> {
  const plan = await withLockedExistingLibrary(settings.library, async (library): Promise<PrunePlan> => {
    const status = library.status();
    const gone = new Set<string>();
    const guardedRoots: string[] = [];
    for (const { path: root } of library.roots()) {
      const { lost, isDoubtful } = lossesBelow(root, status);
      if (isDoubtful && !settings.force) guardedRoots.push(root);
      else for (const path of lost) gone.add(path);
    }
    return { ...status.forget([...gone], { dryRun: settings.dryRun }), guardedRoots };
  });
  if (settings.json) host.write(renderPruneJson(plan, settings.dryRun));
  else if (!settings.quiet) host.write(renderPruneText(plan, settings.dryRun));
  return EXIT.ok;
}

/**
 * The photos below the root that are gone. Doubtful when a drive may be away: the root is missing or empty, or most of its
 * photos are gone at once, as when a drive that is mounted inside it is.
 */
function lossesBelow(root: string, status: StatusDatabase): { readonly lost: readonly string[]; readonly isDoubtful: boolean } {
  const lost: string[] = [];
  let known = 0;
  for (const path of status.photosBelow(root)) {
    known++;
    if (isGone(path)) lost.push(path);
  }
  const mostAreLost = lost.length >= LOSSES_TO_DOUBT && lost.length > known / 2;
  return { lost, isDoubtful: mostAreLost || !holdsAnything(root) };
}
