/**
 * What a walk passes by that may be a picture all the same by its name: it is listed, so that nobody takes it for compared.
 */
import { extension, fileName } from "../paths.ts";
import type { PhotoPath } from "../units.ts";
import { fileKind, isRaw } from "./file-kinds.ts";

/**
 * `other-name`: not one of a photo that is read, and no photo by its first bytes either; `by-choice`: the user excludes it from every scan of the folder; `by-filter`: a filter of
 * one scan passed it by; `link`: links are not followed.
 */
export const PASSED_BY_REASONS = ["other-name", "by-choice", "by-filter", "hidden", "link"] as const;
export type PassedByReason = (typeof PASSED_BY_REASONS)[number];

/** A file, or a folder with all that is in it. */
export interface PassedBy {
  readonly path: PhotoPath;
  readonly reason: PassedByReason;
}

/** Endings of pictures and of collections of pictures that are not read, and other spellings of those that are. */
const OF_PICTURES = new Set(
  (
    "jpm jxr hdp wdp pns pam pfm pcx dcx pct pict pic sgi rgb rgba ras sun wbmp xbm xpm dds " +
    "xcf kra ora afphoto procreate pdn psp pspimage cpt svg svgz emf wmf icns rle heics heifs avifs avci flif bpg " +
    "fpx pcd dcm fits fit jbig jbig2 jb2 djvu djv apng mng jng ithmb"
  ).split(" "),
);
/** Endings that say what a file is, whatever stands before them: `photo.jpg.txt` is a text. */
const OF_NO_PICTURES = new Set("txt htm html md csv tsv log ini xml url lnk pdf torrent md5 sha1 sha256 sfv asc sig zip gz".split(" "));

/** Whether somebody who looks for pictures would take a file of this name for one. */
export function looksLikePicture(path: string): boolean {
  const name = fileName(path);
  if (name.startsWith("._")) return false; // what macOS keeps of a file on other file systems
  const ending = extension(path);
  const kind = fileKind(path);
  if (kind !== "other") return kind !== "companion" || isRaw(path);
  if (OF_PICTURES.has(ending) || ending === "") return true;
  return !OF_NO_PICTURES.has(ending) && isFurtherNamed(name);
}

/**
 * Whether a name leaves open what the file is, so that its first bytes have to tell: no ending, something behind a photo's name, or an ending
 * of pictures that is not read as such.
 */
export function isToldByContent(path: string): boolean {
  return fileKind(path) === "other" && looksLikePicture(path);
}

/** "photo.jpg.1", "photo.jpg_original", "photo.jpeg~", "photo.png (2)": a photo's name with something put behind it. */
function isFurtherNamed(name: string): boolean {
  for (const { index, 0: found } of name.matchAll(/\.[a-z0-9]{3,4}(?![a-z0-9])/gi)) {
    if (fileKind(name.slice(0, index + found.length)) === "photo") return true;
  }
  return false;
}
