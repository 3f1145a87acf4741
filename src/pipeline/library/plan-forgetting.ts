/**
 * The story of forgetting a folder up to the point where something would be touched. The disk is not asked: the folder is to go from the
 * library, be it there or not.
 */
import type { LibraryRoot } from "../../core/library/contents.ts";
import { allOf } from "../../core/library/pages.ts";
import type { FolderPlan, KnownPhoto, PruneStore } from "../../core/library/prune-plan.ts";
import { isWithin } from "../../core/paths.ts";
import type { PhotoPath } from "../../core/units.ts";

/** Calling this is safe: it reads, and nothing else. */
export async function planForgetting(
  roots: readonly LibraryRoot[],
  folders: readonly string[],
  store: Pick<PruneStore, "photosBelow" | "contentsWithout">,
): Promise<FolderPlan> {
  const photos = new Map<PhotoPath, KnownPhoto>();
  for (const folder of folders) for (const photo of await allOf(store.photosBelow(folder))) photos.set(photo.path, photo);
  const paths = roots.map(({ path }) => path);
  const forgotten = paths.filter((path) => folders.some((folder) => isWithin(path, folder)));
  return {
    folders,
    photos: [...photos.values()],
    contents: await store.contentsWithout([...photos.values()]),
    roots: forgotten,
    scannedAgainBy: paths.filter((path) => !forgotten.includes(path) && folders.some((folder) => isWithin(folder, path))),
  };
}
