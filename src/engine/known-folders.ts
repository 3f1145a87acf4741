/**
 * Folders that narrow or steer an answer: one in which no photo is known would do so in silence, and is refused.
 */
import { UserError } from "../core/errors.ts";
import { foldedPath, nearestFolder, withFoldersAbove } from "../core/library/nearest-folder.ts";
import { allOf } from "../core/library/pages.ts";
import type { Library } from "../core/library-port.ts";
import { isSameFolder } from "../io/photos/folders.ts";

/**
 * @param folders absolute
 * @returns the folders as the library spells them, which is another way where the file system takes both for one
 * @throws {UserError} naming the first that holds no known photo, and the nearest that does
 */
export async function knownFolders(library: Library, folders: readonly string[]): Promise<readonly string[]> {
  const known: string[] = [];
  for (const folder of folders) known.push(await knownFolder(library, folder));
  return known;
}

async function knownFolder(library: Library, folder: string): Promise<string> {
  if (await library.knowsBelow(folder)) return folder;
  const roots = (await library.roots()).map(({ path }) => path);
  if (roots.includes(folder)) return folder;
  const candidates = withFoldersAbove([...(await allOf(library.photoFolders())), ...roots], roots);
  const same = candidates.find((candidate) => foldedPath(candidate) === foldedPath(folder) && isSameFolder(candidate, folder));
  if (same !== undefined) return same;
  throw new UserError({ code: "folder-unknown", nearest: nearestFolder(folder, candidates) }, `No photo is known in the folder ${folder}`);
}
