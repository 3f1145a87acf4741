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
const UNDECODABLE = ["jxl", "jp2", "j2k", "bmp", "psd", "psb", "ico", "tga", "exr", "hdr"];
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
/** Moving half of a Live Photo, edits, captions: nothing to compare by themselves. */
const SIDECAR = ["mov", "mp4", "xmp", "aae", "json", "thm", "wav"];

const KIND_BY_EXTENSION: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...UNDECODABLE.map((name) => [name, "undecodable"] as const),
  ...[...RAW, ...SIDECAR].map((name) => [name, "companion"] as const),
  ...PHOTO.map((name) => [name, "photo"] as const), // last: what has a codec is decoded, whatever the lists above say of its name
]);
const RAW_EXTENSIONS: ReadonlySet<string> = new Set(RAW);

export function fileKind(path: string): FileKind {
  return KIND_BY_EXTENSION.get(extension(path)) ?? "other";
}

/** True for a camera original, which is a picture of its own when no photo stands beside it. */
export function isRaw(path: string): boolean {
  return RAW_EXTENSIONS.has(extension(path));
}
