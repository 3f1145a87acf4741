/**
 * What a file's name says that it is: a photo to compare, a file that travels with photos, or nothing of ours.
 * Only names are read here; what a photo really holds is told by its bytes when it is decoded.
 */
import { extension } from "../paths.ts";
import { PICTURE_FORMATS } from "./picture-formats.ts";

export type FileKind = "photo" | "undecodable" | "companion" | "other";

/** Formats that are decoded. */
const PHOTO = Object.values(PICTURE_FORMATS).flatMap(({ extensions }) => extensions);
/** Pictures that are known but not decoded: listed as not compared, never passed over in silence. */
const UNDECODABLE = ["exr", "hdr"];
/** Camera originals: companions in a RAW+JPEG pair; alone they are listed as skipped. */
const RAW = [
  "3fr",
  "arw",
  "cr2",
  "cr3",
  "crw",
  "dcr",
  "dng",
  "erf",
  "iiq",
  "kdc",
  "mef",
  "mos",
  "mrw",
  "nef",
  "nrw",
  "orf",
  "pef",
  "raf",
  "raw",
  "rw2",
  "rwl",
  "sr2",
  "srf",
  "srw",
  "x3f",
];
/** Moving half of a Live Photo or of a motion photo: nothing to compare by itself, as all that follows. */
const FILM = ["mov", "mp4", "mp"];
/** What was done to a photo, in the words of Adobe and most others, Apple, PhotoLab, RawTherapee, ART, ON1, Canon. */
const EDITS = ["xmp", "aae", "dop", "pp3", "arp", "on1", "vrd"];

/** What a companion gives to its photo: `facts` are Google's record of date, place and caption. */
export type CompanionKind = "raw" | "film" | "edits" | "sound" | "facts" | "thumbnail";

const KIND_OF_COMPANION: ReadonlyMap<string, CompanionKind> = new Map<string, CompanionKind>([
  ...RAW.map((name) => [name, "raw"] as const),
  ...FILM.map((name) => [name, "film"] as const),
  ...EDITS.map((name) => [name, "edits"] as const),
  ["wav", "sound"],
  ["json", "facts"],
  ["thm", "thumbnail"],
]);

const KIND_BY_EXTENSION: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...UNDECODABLE.map((name) => [name, "undecodable"] as const),
  ...[...KIND_OF_COMPANION.keys()].map((name) => [name, "companion"] as const),
  ...PHOTO.map((name) => [name, "photo"] as const), // last: what has a codec is decoded, whatever the lists above say of its name
]);

/**
 * What programs put behind the whole name of a photo when they keep the one that was there: exiftool "photo.jpg_original", downloads and
 * backups "photo.jpg.1".
 */
const KEPT_BEFORE = /(?:_original|\.\d{1,3})$/i;

export function fileKind(path: string): FileKind {
  const kind = KIND_BY_EXTENSION.get(extension(path));
  if (kind !== undefined) return kind;
  const before = path.replace(KEPT_BEFORE, "");
  return before !== path && KIND_BY_EXTENSION.get(extension(before)) === "photo" ? "photo" : "other";
}

/** True for a camera original, which is a picture of its own when no photo stands beside it. */
export function isRaw(path: string): boolean {
  return KIND_OF_COMPANION.get(extension(path)) === "raw";
}

/** @param path of a companion */
export function companionKind(path: string): CompanionKind {
  const kind = KIND_OF_COMPANION.get(extension(path));
  if (kind === undefined) throw new TypeError(`Expected the path of a companion, got ${JSON.stringify(path)}`);
  return kind;
}
