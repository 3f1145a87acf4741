/**
 * How many photos lie in each folder: what a summary by folder is a share of. Reads names in pages, and grows with the folders alone.
 */
import { folderOf } from "../paths.ts";

/** By folder, without those below it; a folder that has none is not in it. */
export type FolderCounts = ReadonlyMap<string, number>;

export interface FolderTally {
  /** Compared with all others. */
  readonly photos: FolderCounts;
  /** Skipped, passed by or not read yet: they may be photos that are nowhere else. */
  readonly notCompared: FolderCounts;
}

export const NO_FOLDERS: FolderTally = { photos: new Map(), notCompared: new Map() };

export async function countByFolder(pages: AsyncIterable<readonly string[]> | Iterable<readonly string[]>): Promise<FolderCounts> {
  const counts = new Map<string, number>();
  for await (const page of pages)
    for (const path of page) {
      const folder = folderOf(path);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  return counts;
}
