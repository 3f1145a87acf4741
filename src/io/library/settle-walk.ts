/**
 * The end of a walk: what becomes of everything that is known below the roots and was not met. The same for every engine; the tables are
 * theirs.
 */
import type { Unmet, WalkResult } from "../../core/library/scan-store.ts";
import { innermostOf } from "../../core/paths.ts";
import type { Absence } from "../../core/photos/ports.ts";
import type { PhotoPath } from "../../core/units.ts";
import type { Devices } from "../photos/devices.ts";

export interface UnmetPhotoRow {
  readonly path: PhotoPath;
  readonly file_id: string;
}

/** What settling asks of an engine, and tells it, of one scan. */
export interface WalkTables {
  /** Present photos below the root that the scan did not meet, in path order. */
  unmetPhotos(root: string): Promise<readonly UnmetPhotoRow[]>;
  /** Whether this scan met anything below the folder. */
  isMet(folder: string): Promise<boolean>;
  /** Takes note of what was settled of a root, all of it or nothing. @returns how many photos are missing from now on of each kind */
  settleRoot(root: string, settled: SettledRoot): Promise<Pick<WalkResult, "missing" | "nowExcluded">>;
  /** Files that links led to lie below no root; unread ones are found again by a scan of every root that follows links. */
  dropUnfoundElsewhere(): Promise<void>;
}

export interface SettledRoot {
  readonly gone: readonly PhotoPath[];
  readonly excluded: readonly PhotoPath[];
  /** Every photo that is known below it is accounted for: what else was not met is not there either. */
  readonly isFinished: boolean;
  readonly isForAnotherRoot: Unmet["isForAnotherRoot"];
}

/** As `ScanStore.finishWalk`. @param devices was told of every photo that the scan met again */
export async function settleWalk(
  tables: WalkTables,
  { roots, devices }: { readonly roots: readonly string[]; readonly devices: Devices },
  lost: readonly string[],
  unmet: Unmet,
): Promise<WalkResult> {
  const emptyRoots: string[] = [];
  let [missing, nowExcluded, unsure] = [0, 0, 0];
  for (const root of roots) {
    const isLost = lost.includes(root);
    const sorted = await sortUnmet(await tables.unmetPhotos(root), root, { ...unmet, roots, devices, isLost });
    // Photos are known there, and this scan met none of them: more likely an unplugged drive than a clean-up.
    const isEmptied = sorted.gone.length + sorted.unsure.length > 0 && !(await tables.isMet(root));
    if (isEmptied && !isLost) {
      emptyRoots.push(root);
      continue;
    }
    const { gone, excluded } = sorted;
    const isFinished = sorted.unsure.length === 0 && !isLost;
    const marked = await tables.settleRoot(root, { gone, excluded, isFinished, isForAnotherRoot: unmet.isForAnotherRoot });
    missing += marked.missing;
    nowExcluded += marked.nowExcluded;
    unsure += sorted.unsure.length;
  }
  await tables.dropUnfoundElsewhere();
  return { missing, nowExcluded, unsure, emptyRoots };
}

interface Sorting extends Unmet {
  readonly roots: readonly string[];
  readonly devices: Devices;
  readonly isLost: boolean;
}

/** The photos that are known below the root and not below one inside it, and that the scan should have met and did not. */
async function sortUnmet(
  photos: readonly UnmetPhotoRow[],
  root: string,
  { whyUnmet, isForAnotherRoot, roots, devices, isLost }: Sorting,
): Promise<Record<Absence, PhotoPath[]>> {
  const sorted: Record<Absence, PhotoPath[]> = { gone: [], excluded: [], unsure: [] };
  for (const { path, file_id } of photos) {
    if (innermostOf(roots, path) !== root || isForAnotherRoot(path)) continue;
    const absence = isLost ? "unsure" : await whyUnmet({ path, root, devices: devices.of(file_id) });
    sorted[absence].push(path);
  }
  return sorted;
}
