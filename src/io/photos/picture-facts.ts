/**
 * What a picture's file says of it, beside its pixels.
 */
import type { PictureFacts } from "../../core/photos/photo.ts";
import type { Codecs, PictureHeader, PictureSource } from "./codecs/codec.ts";
import { readExif } from "./exif.ts";
import { insideParts } from "./inside-parts.ts";
import { hashPixels } from "./pixels-hash.ts";

/** Of a picture in memory, which dupfind made itself, no more than its header tells. */
export async function readFacts(source: PictureSource, header: PictureHeader, codecs: Codecs): Promise<PictureFacts> {
  const { format } = header.shape;
  const { bits, xmp, upright } = header;
  if (typeof source !== "string")
    return { ...upright, format, ...readExif(header.exif, xmp), pixelsHash: null, bits, inside: [], isWhole: true };
  const exif = header.exif ?? (await codecs[format].exif?.(source));
  const isWhole = (await codecs[format].isWhole?.(source)) ?? true;
  const pixelsHash = await hashPixels(source, header, codecs);
  return { ...upright, format, ...readExif(exif, xmp), pixelsHash, bits, inside: await insideParts(source, format, xmp), isWhole };
}
