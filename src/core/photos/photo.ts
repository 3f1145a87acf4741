/**
 * One photo on its way through a scan. Each stage makes a new, complete value; nothing is filled in later.
 */
import type { ContentHash, PhotoPath, PixelsHash, Unit } from "../units.ts";
import type { Exposure } from "./exposure.ts";
import type { FileStamp } from "./file-stamp.ts";

/** What a directory entry and its stat tell, without opening the file. */
export interface PhotoFile extends FileStamp {
  readonly path: PhotoPath;
}

/** A photo whose bytes have been read once. */
export interface IdentifiedPhoto {
  readonly file: PhotoFile;
  readonly hash: ContentHash;
}

/** What the picture says of itself; belongs to the content, not to the file. */
export interface PictureFacts {
  /** Upright width in pixels. */
  readonly width: number;
  /** Upright height in pixels. */
  readonly height: number;
  readonly format: PictureFormat;
  readonly exposure: Exposure;
  /** How many EXIF fields it carries. */
  readonly exifFields: number;
  /**
   * Two pictures with one hash decode to the same upright pixels; of two that have different ones nothing is said. Null where it is not
   * known: for formats that it is not made of, files of several pictures, and photos that an earlier version read.
   */
  readonly pixelsHash: PixelsHash | null;
  /** Bits of each channel; null where an earlier dupfind read the photo and did not look. So it is with the next three. */
  readonly bits: number | null;
  /** Whether EXIF tells where it was taken. */
  readonly hasPlace: boolean | null;
  /** Whether EXIF names a program that saved it anew. */
  readonly editor: boolean | null;
  readonly inside: readonly InsidePart[] | null;
  /**
   * False for a file that is damaged and shows nearly all of its picture: one that was cut off shortly before its end. Null where an
   * earlier dupfind read the photo and did not look.
   */
  readonly isWhole: boolean | null;
}

/**
 * What one file holds beside its picture: the film of a motion photo, or the gain map that makes it bright on a screen that can be.
 * Saving the picture again loses both.
 */
export const INSIDE_PARTS = ["film", "gain-map"] as const;
export type InsidePart = (typeof INSIDE_PARTS)[number];

/** Raised when more is read from a photo's header than before: a scan then reads those of known photos again. */
export const FACTS_VERSION = 3;

export type PictureFormat =
  | "jpeg"
  | "png"
  | "webp"
  | "tiff"
  | "gif"
  | "avif"
  | "heic"
  | "jxl"
  | "jp2"
  | "psd"
  | "bmp"
  | "tga"
  | "pnm"
  | "qoi"
  | "ico"
  | "raw";

/** A decoded picture, upright, sRGB, at the size its encoder asks for. */
export interface DecodedPhoto {
  readonly facts: PictureFacts;
  readonly pixels: RgbPixels;
}

/** Interleaved 8-bit RGB, `data.length === width * height * 3`. */
export interface RgbPixels {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Pixels that nobody reads any more but who is given them. */
export type HandedOverPixels = Unit<RgbPixels, "HandedOverPixels">;

/** Says that the caller has seen all it wants of the pixels: whoever takes them may empty their buffer. */
export function handOver(pixels: RgbPixels): HandedOverPixels {
  return pixels as HandedOverPixels;
}

/** A picture with its place in the encoder's space. */
export interface EmbeddedPhoto {
  readonly photo: IdentifiedPhoto;
  readonly facts: PictureFacts;
  /** How much there is to see, in [0, 1]; see `detail.ts`. */
  readonly detail: number;
  /** Unit length, `dimensions` values. */
  readonly vector: Float32Array;
}

/** Why a file could not be compared, in the words `status` and `report` print. */
export const SKIP_REASONS = {
  empty: "the file is empty",
  "not-an-image": "the file is not an image, despite its name",
  damaged: "the image is damaged or truncated",
  "too-large": "the image is larger than the limit",
  "too-slow": "reading the image takes longer than the limit",
  "unsupported-format": "this image format is not supported",
  "no-decoder": "the image cannot be read here: its decoder is missing or broken",
  unreadable: "the file cannot be read",
  "no-such-file": "there is no such file",
  vanished: "the file disappeared during the scan",
  "changed-while-read": "the file changed during the scan",
  "unreadable-folder": "the folder cannot be listed",
  "dangling-link": "the link points to nothing",
  "undecodable-name": "the name is not valid Unicode, so the file cannot be opened by name",
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;

/** Reasons that may be gone at the next scan although the file looks the same: those are tried again. */
export const TRANSIENT_REASONS: ReadonlySet<SkipReason> = new Set<SkipReason>([
  "no-decoder",
  "unreadable",
  "no-such-file",
  "vanished",
  "changed-while-read",
  "unreadable-folder",
  "dangling-link",
]);

/** A path that could not be compared. */
export interface SkippedPhoto {
  readonly path: PhotoPath;
  readonly reason: SkipReason;
  /** The decoder's or the system's own words, one line; may be empty. */
  readonly detail: string;
}

/** A file that is no photo itself but may travel with one: RAW, video, sidecar. */
export interface CompanionFile {
  readonly path: PhotoPath;
  readonly bytes: number;
}
