/**
 * A last look before a step: keeper and extra are read whole once more, and nothing is done where either is not what the plan says.
 */
import { isOurs } from "../../core/cleanup/bring-back.ts";
import type { FileRecord } from "../../core/cleanup/journal.ts";
import type { PlannedPhoto, PlanStep } from "../../core/cleanup/plan.ts";
import type { CleanupDisk } from "../../core/cleanup/ports.ts";
import { foldersOfPhotos, isNeededByOthers } from "../../core/cleanup/shared-companions.ts";
import type { CompanionFile } from "../../core/photos/photo.ts";
import type { PhotoPath } from "../../core/units.ts";

/** A step that was left, and by which file. */
export interface LeftStep {
  readonly step: PlanStep;
  readonly path: PhotoPath;
  /**
   * `gone`: nothing is there; `changed`: it is not what it was; `no-file`: a link or a folder is there; `same-file`: extra and keeper are
   * one file; or why it could not be read, moved or linked, in the system's word.
   */
  readonly why: string;
}

export interface CheckedStep {
  readonly extra: FileRecord;
  readonly companions: readonly { readonly path: PhotoPath; readonly file: FileRecord }[];
}

/** Reads files, and changes nothing. */
export async function checkStep(disk: CleanupDisk, step: PlanStep): Promise<CheckedStep | LeftStep> {
  const leave = (path: PhotoPath, why: string): LeftStep => ({ step, path, why });
  const companions: { path: PhotoPath; file: FileRecord }[] = [];
  for (const companion of step.companions) {
    if (await isNeeded(disk, companion, step.extra.path)) continue;
    const sight = await disk.read(companion.path);
    if (sight.kind !== "file") return leave(companion.path, wordOf(sight));
    if (sight.file.bytes !== companion.bytes) return leave(companion.path, "changed");
    companions.push({ path: companion.path, file: sight.file });
  }
  const extra = await look(disk, step.extra);
  if (typeof extra === "string") return leave(step.extra.path, extra);
  // The keeper last: nothing stands between its reading and the deed.
  const keeper = await look(disk, step.keeper);
  if (typeof keeper === "string") return leave(step.keeper.path, keeper);
  if ([extra, ...companions.map(({ file }) => file)].some(({ fileId }) => fileId === keeper.fileId)) {
    return leave(step.extra.path, "same-file");
  }
  return { extra, companions };
}

async function look(disk: CleanupDisk, photo: PlannedPhoto): Promise<FileRecord | string> {
  const sight = await disk.read(photo.path);
  if (sight.kind !== "file") return wordOf(sight);
  return isOurs(sight, { ...sight.file, sha256: photo.sha256 }) ? sight.file : "changed";
}

function wordOf(sight: Exclude<Awaited<ReturnType<CleanupDisk["read"]>>, { readonly kind: "file" }>): string {
  if (sight.kind === "unreadable") return sight.why;
  return sight.kind === "none" ? "gone" : "no-file";
}

async function isNeeded(disk: CleanupDisk, companion: CompanionFile, going: string): Promise<boolean> {
  const folders = await Promise.all(foldersOfPhotos(companion).map(async (folder) => [folder, await disk.namesIn(folder)] as const));
  return isNeededByOthers(companion, going, new Map(folders));
}
