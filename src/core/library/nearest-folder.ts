/**
 * What a user may have meant by a folder that holds no known photo.
 */
import { comparePaths, folderOf, isWithinAny } from "../paths.ts";
import { editDistance } from "../text/edit-distance.ts";

/** Two spellings that some file system takes for one: whatever the case, accents composed or not. */
export function foldedPath(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/** The folders and all above them that lie in one of the roots, each once, in path order. */
export function withFoldersAbove(folders: Iterable<string>, roots: readonly string[]): readonly string[] {
  const all = new Set<string>();
  for (const folder of folders) {
    for (let above = folder; above !== "" && !all.has(above); above = folderOf(above)) {
      if (above !== folder && !isWithinAny(above, roots)) break;
      all.add(above);
    }
  }
  return [...all].sort(comparePaths);
}

/** The one with the fewest letters to change, case and accents aside; null where there is none. */
export function nearestFolder(wanted: string, folders: readonly string[]): string | null {
  let best: { readonly folder: string; readonly distance: number } | null = null;
  const target = foldedPath(wanted);
  for (const folder of folders) {
    const candidate = foldedPath(folder);
    const atLeast = Math.abs(candidate.length - target.length);
    if (best !== null && atLeast >= best.distance) continue;
    const distance = editDistance(target, candidate);
    if (best === null || distance < best.distance) best = { folder, distance };
  }
  return best?.folder ?? null;
}
