/**
 * Under which names the photo of a companion can stand, by the habits of the makers that name both.
 */
import { fileName, folderOf, folderPrefix, stem } from "../paths.ts";
import { type CompanionKind, companionKind } from "./file-kinds.ts";

/** A folder that a RAW+JPEG pair's RAW files, and what was done to them, are put into. */
const RAW_FOLDER = /^(?:raws?|nef|nrw|cr[23w]|arw|raf|rw2|orf|dng|pef|srw)$/i;
/** Where the JPEGs stand when they have a folder of their own, beside the one of the RAW files. */
const PICTURE_FOLDERS = ["JPG", "JPEG", "jpg", "jpeg"];
const IN_RAW_FOLDER: ReadonlySet<CompanionKind> = new Set<CompanionKind>(["raw", "edits"]);

/**
 * Paths without extension at which a photo may stand that the companion travels with, its own stem among them.
 * @param companion its path
 */
export function photoStems(companion: string): readonly string[] {
  const folder = folderOf(companion);
  const kind = companionKind(companion);
  const folders = [folder, ...(IN_RAW_FOLDER.has(kind) && RAW_FOLDER.test(fileName(folder)) ? beside(folderOf(folder)) : [])];
  return folders.flatMap((one) => stemsOf(stem(companion), kind, companion).map((name) => folderPrefix(one) + name));
}

/**
 * Paths of photos that the companion names in full: that of IMG_1.jpg.xmp, and of IMG_1.jpg.out.pp3. Google's records have rules of
 * their own (`takeout-names.ts`).
 */
export function photoPathsNamed(companion: string): readonly string[] {
  if (companionKind(companion) === "facts") return [];
  const paths: string[] = [];
  for (let name = stem(companion); name.includes(".", 1); name = stem(name)) paths.push(folderPrefix(folderOf(companion)) + name);
  return paths;
}

function beside(folder: string): readonly string[] {
  return [folder, ...PICTURE_FOLDERS.map((name) => folderPrefix(folder) + name)];
}

function stemsOf(name: string, kind: CompanionKind, companion: string): readonly string[] {
  switch (kind) {
    case "film":
      // An iPhone's film in the newer code stands beside the one for older players; a Pixel's PXL_1.MP is that of PXL_1.MP.jpg.
      return [name, name.replace(/_HEVC$/i, ""), ...(/\.mp$/i.test(companion) ? [`${name}.MP`] : [])];
    case "edits": {
      // An iPhone has IMG_1, IMG_E1 (the photo edited), IMG_1.AAE (how) and IMG_O1.AAE (how it was before).
      const [, letters, number] = /^(IMG_)O?(\d{4,})$/i.exec(name) ?? [];
      return number === undefined || !/\.aae$/i.test(companion) ? [name] : [name, `${letters}${number}`, `${letters}E${number}`];
    }
    case "raw": {
      // A Pixel has PXL_1.RAW-01.COVER.jpg and PXL_1.RAW-02.ORIGINAL.dng, and a film inside the one with MP in it.
      const [, shot] = /^(.+\.RAW)-\d+(?:\.MP)?\.ORIGINAL$/i.exec(name) ?? [];
      return shot === undefined ? [name] : [name, `${shot}-01.COVER`, `${shot}-01.MP.COVER`];
    }
    default:
      return [name];
  }
}
