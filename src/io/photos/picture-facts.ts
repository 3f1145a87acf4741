/**
 * What a picture's file says of it, beside its pixels.
 */
import type { PictureFacts } from "../../core/photos/photo.ts";
import type { Codecs, PictureHeader, PictureSource } from "./codecs/codec.ts";
import { readExif } from "./exif.ts";
import { hashPixels } from "./pixels-hash.ts";

/** Of a picture in memory, which dupfind made itself, no more than its header tells. */
export async function readFacts(source: PictureSource, header: PictureHeader, codecs: Codecs): Promise<PictureFacts> {
  const { format } = header.shape;
  const isFile = typeof source === "string";
  const exif = header.exif ?? (isFile ? await codecs[format].exif?.(source) : undefined);
  const pixelsHash = isFile ? await hashPixels(source, header, codecs) : null;
  return { ...header.upright, format, ...readExif(exif, header.xmp), pixelsHash };
}
