/**
 * What a picture's file says of it, beside its pixels.
 */
import { stat } from "node:fs/promises";
import type { IdentifiedPhoto, PictureFacts } from "../../core/photos/photo.ts";
import type { Reread } from "../../core/photos/ports.ts";
import type { Codecs, PictureHeader, PictureSource } from "./codecs/codec.ts";
import { readExif } from "./exif.ts";
import { insideParts } from "./inside-parts.ts";
import { hashPixels } from "./pixels-hash.ts";

/** Of a picture in memory, which dupfind made itself, no more than its header tells. */
export async function readFacts(source: PictureSource, header: PictureHeader, codecs: Codecs): Promise<PictureFacts> {
  const { format } = header.shape;
  const { bits, xmp, upright } = header;
  if (typeof source !== "string") return { ...upright, format, ...readExif(header.exif, xmp), pixelsHash: null, bits, inside: [] };
  const exif = header.exif ?? (await codecs[format].exif?.(source));
  const pixelsHash = await hashPixels(source, header, codecs);
  return { ...upright, format, ...readExif(exif, xmp), pixelsHash, bits, inside: await insideParts(source, format, xmp) };
}

/** Earlier versions took the first picture of a HEIC, whichever its primary one was: of several, vectors may be of the wrong one. */
export async function reread({ file }: IdentifiedPhoto, codecs: Codecs): ReturnType<Reread> {
  try {
    const { size, mtimeMs } = await stat(file.path);
    if (size !== file.bytes || mtimeMs !== file.modifiedMs) return null;
    const inspection = await inspectPicture(file.path, Number.POSITIVE_INFINITY, codecs);
    if (!inspection.ok) return null;
    const { picture } = inspection;
    const isSamePicture = picture.shape.format !== "heic" || picture.pictures === 1;
    return { facts: await readFacts(file.path, picture, codecs), isSamePicture };
  } catch {
    return null; // what is wrong is told when the photo is read for its pixels
  }
}
