/**
 * Which texts beside a photo tell of it, and which sidecar takes what is learned of it.
 */

import { isAlbumRecord } from "../metadata/takeout-record.ts";
import { comparePaths, extension, fileName, folderOf, folderPrefix } from "../paths.ts";
import { CompanionIndex } from "../photos/companions.ts";
import { companionKind, fileKind } from "../photos/file-kinds.ts";
import { type PhotoPath, photoPath } from "../units.ts";
import { isNeededByOthers } from "./shared-companions.ts";

/** What a text has to be called to be read for metadata. */
export function isMetadataText(path: string): boolean {
  return extension(path) === "xmp" || (fileKind(path) === "companion" && companionKind(path) === "facts");
}

/**
 * Sidecars come before records, which repeat in UTC what a camera wrote of its own clock.
 * @param names all that lies in the photo's folder
 */
export function textsBeside(photo: PhotoPath, names: readonly string[]): readonly PhotoPath[] {
  const folder = folderPrefix(folderOf(photo));
  const texts = names.map((name) => folder + name).filter(isMetadataText);
  const own = companionsAmong(texts, photo);
  const albums = texts.filter((path) => isAlbumRecord(fileName(path)) && !own.includes(path)).sort(comparePaths);
  const isSidecar = (path: string) => extension(path) === "xmp";
  return [...own.filter(isSidecar), ...own.filter((path) => !isSidecar(path)), ...albums].map(photoPath);
}

/**
 * Where there is one it is that: named in full (photo.jpg.xmp) as darktable and digiKam do, or by the stem (photo.xmp) as Lightroom does,
 * unless another photo goes by the same one. Else a new one, named in full: it can be no other photo's.
 * @param names all that lies in the photo's folder
 */
export function sidecarFor(photo: PhotoPath, names: readonly string[]): PhotoPath {
  const folder = folderOf(photo);
  const sidecars = companionsAmong(
    names.filter((name) => extension(name) === "xmp").map((name) => folderPrefix(folder) + name),
    photo,
  );
  const isOwn = (path: string) => fileName(path).toLowerCase() === `${fileName(photo)}.xmp`.toLowerCase();
  const isShared = (path: string) => isNeededByOthers({ path: photoPath(path), bytes: 0 }, photo, new Map([[folder, names]]));
  return photoPath(sidecars.find(isOwn) ?? sidecars.find((path) => !isShared(path)) ?? `${photo}.xmp`);
}

function companionsAmong(paths: readonly string[], photo: PhotoPath): readonly string[] {
  return new CompanionIndex(paths.map((path) => ({ path: photoPath(path), bytes: 0 }))).of(photo).map(({ path }) => path);
}
