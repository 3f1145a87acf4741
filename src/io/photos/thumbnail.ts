/**
 * Small JPEGs for people to look at: upright, sRGB, from whatever a photo can be decoded from.
 */
import type { Drawing } from "./codecs/codec.ts";
import { CODECS } from "./codecs/codecs.ts";
import { OpenCodecs } from "./codecs/open-codecs.ts";
import { inspectPicture } from "./inspect-picture.ts";

export interface Thumbnails {
  /** @returns null where the file is gone, cannot be decoded (any more) or has become larger than the cap */
  make(path: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

const THREADS = 2;

/**
 * @param edge of the square the pictures fit into, in pixels; smaller ones stay as they are
 * @param maxMegapixels the cap for what is decoded
 */
export function createThumbnails(edge: number, maxMegapixels: number, codecs = CODECS): Thumbnails {
  const opened = new OpenCodecs(codecs, THREADS);
  const drawing: Drawing<Uint8Array> = {
    shrink: (image) => image.resize(edge, edge, { fit: "inside", withoutEnlargement: true }),
    finish: (image) => image.flatten({ background: "#ffffff" }).jpeg({ quality: 82 }).toBuffer(),
  };
  const make = async (path: string) => {
    const inspection = await inspectPicture(path, maxMegapixels, codecs);
    if (!inspection.ok) return null;
    const drawn = await opened.draw(path, inspection.picture, drawing);
    return drawn.ok ? drawn.value : null;
  };
  return { make: (path) => make(path).catch(() => null), close: () => opened.close() };
}
