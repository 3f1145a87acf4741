/**
 * A companion may travel with several photos: IMG_1.xmp with IMG_1.jpg and IMG_1.png. It stays as long as one of them does.
 */
import { fileName, folderOf, folderPrefix } from "../paths.ts";
import { photoPathsNamed, photoStems } from "../photos/companion-names.ts";
import { CompanionIndex } from "../photos/companions.ts";
import { fileKind } from "../photos/file-kinds.ts";
import type { CompanionFile } from "../photos/photo.ts";

/** Folders in which photos of the companion may lie. */
export function foldersOfPhotos({ path }: CompanionFile): readonly string[] {
  return [...new Set([folderOf(path), ...[...photoStems(path), ...photoPathsNamed(path)].map(folderOf)])];
}

/**
 * @param going the photo that it shall go with
 * @param names what lies in each of its folders
 */
export function isNeededByOthers(companion: CompanionFile, going: string, names: ReadonlyMap<string, readonly string[]>): boolean {
  const index = new CompanionIndex([companion]);
  return [...names].some(([folder, files]) =>
    files.some((name) => {
      const path = folderPrefix(folder) + name;
      if (path === going || name.startsWith(".") || !["photo", "undecodable"].includes(fileKind(name))) return false;
      return index.of(path).length > 0;
    }),
  );
}

/** "IMG_1 (2).jpg.xmp": the number stands before the first dot, so that what travels together keeps one stem. */
export function numberedName(path: string, number: number): string {
  if (number < 2) return path;
  const name = fileName(path);
  const dot = name.indexOf(".", 1);
  const stem = dot < 0 ? name : name.slice(0, dot);
  return `${folderPrefix(folderOf(path))}${stem} (${number})${name.slice(stem.length)}`;
}
