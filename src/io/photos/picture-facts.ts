/**
 * What a picture's file says of it, beside its pixels.
 */
import type { PictureFacts } from "../../core/photos/photo.ts";
import type { PictureHeader, PictureSource } from "./codecs/codec.ts";
import { readExif } from "./exif.ts";
import { insideParts } from "./inside-parts.ts";

/** Of a picture in memory, which dupfind made itself, no more than its header tells. */
export async function readFacts(source: PictureSource, header: PictureHeader): Promise<PictureFacts> {
  const { format } = header.shape;
  const inside = typeof source === "string" ? await insideParts(source, format, header.xmp) : [];
  return { ...header.upright, format, ...readExif(header.exif), bits: header.bits, inside };
}
