/**
 * What of a plan only the disk can tell, asked before any of it is done: whether its paths lie where they say, in the library's own
 * folders, and whether a file that shall go is a keeper by another name.
 */
import type { CleanupPlan, PlanStep } from "../../core/cleanup/plan.ts";
import type { CleanupDisk, Standing } from "../../core/cleanup/ports.ts";
import { isWithin } from "../../core/paths.ts";
import { isToldByContent } from "../../core/photos/passed-by.ts";

export interface SurveyPorts {
  readonly disk: Pick<CleanupDisk, "stand">;
  /** Whether a scan of the library comes by the path. */
  readonly isReached: (path: string) => boolean;
  /** Whether a file begins as a photo does; asked of those whose names leave it open. */
  readonly holdsPhoto: (path: string) => Promise<boolean>;
}

/** What cannot be done as a step says. */
export interface PlaceFault {
  readonly step: PlanStep;
  /** A sentence without its full stop. */
  readonly fault: string;
}

export interface PlanSurvey {
  /** A plan that was read from a file and has one is refused whole. */
  readonly faults: readonly PlaceFault[];
  readonly isProtected: (path: string) => boolean;
}

/** Calling this is safe: it looks, and changes nothing. */
export async function surveyPlan(
  { disk, isReached, holdsPhoto }: SurveyPorts,
  { steps, protectedFolders }: Pick<CleanupPlan, "steps" | "protectedFolders">,
): Promise<PlanSurvey> {
  const standings = new Map<string, Standing>();
  const faults: PlaceFault[] = [];
  const look = async (path: string): Promise<string | null> => {
    const standing = standings.get(path) ?? (await disk.stand(path));
    standings.set(path, standing);
    if (!isReached(path)) return `${path} lies in no folder of the library that is scanned`;
    return standing.realPath !== null && standing.realPath !== path ? `${path} stands for ${standing.realPath}` : null;
  };
  const isNoPhoto = async (path: string) =>
    isToldByContent(path) && (standings.get(path)?.fileId ?? null) !== null && !(await holdsPhoto(path));
  const keeperById = new Map<string, string>();
  for (const step of steps) {
    for (const { path } of [step.keeper, step.extra, ...step.companions]) {
      const fault = await look(path);
      if (fault !== null) faults.push({ step, fault });
    }
    for (const { path } of [step.keeper, step.extra])
      if (await isNoPhoto(path)) faults.push({ step, fault: `${path} is no photo by its name, nor by its first bytes` });
    const id = standings.get(step.keeper.path)?.fileId ?? null;
    if (id !== null) keeperById.set(id, step.keeper.path);
  }
  for (const step of steps) {
    for (const { path } of [step.extra, ...step.companions]) {
      const same = keeperById.get(standings.get(path)?.fileId ?? "");
      // With its own keeper it may have been made one file since; the step is left then.
      if (same !== undefined && same !== step.keeper.path) faults.push({ step, fault: `${path} is the keeper ${same} by another name` });
    }
  }
  const ids = new Set<string>();
  for (const folder of protectedFolders) {
    const { fileId } = await disk.stand(folder);
    if (fileId !== null) ids.add(fileId);
  }
  return {
    faults,
    isProtected: (path) =>
      protectedFolders.some((folder) => isWithin(path, folder)) || (standings.get(path)?.folderIds ?? []).some((id) => ids.has(id)),
  };
}
