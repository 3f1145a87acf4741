/**
 * Small JPEGs for people to look at: upright, sRGB, from whatever a photo can be decoded from.
 */
import { DEFAULT_MAX_SECONDS, decodingTimeMs, readingTimeMs } from "../../core/photos/time-limit.ts";
import type { Drawing } from "./codecs/codec.ts";
import { CODECS } from "./codecs/codecs.ts";
import { OpenCodecs } from "./codecs/open-codecs.ts";
import { inspectPicture } from "./inspect-picture.ts";
import { inTime } from "./photo-clock.ts";

export interface Thumbnails {
  /** @returns null where the file is gone, cannot be decoded (any more), has become larger than the cap or comes to no end */
  make(path: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

const THREADS = 2;

/**
 * @param edge of the square the pictures fit into, in pixels; smaller ones stay as they are
 * @param maxMegapixels the cap for what is decoded
 * @param maxSeconds that an empty photo may take; see `time-limit.ts`
 */
export function createThumbnails(edge: number, maxMegapixels: number, maxSeconds = DEFAULT_MAX_SECONDS, codecs = CODECS): Thumbnails {
  const opened = new OpenCodecs(codecs, THREADS);
  const drawing: Drawing<Uint8Array> = {
    shrink: (image) => image.resize(edge, edge, { fit: "inside", withoutEnlargement: true }),
    finish: (image) => image.flatten({ background: "#ffffff" }).jpeg({ quality: 82 }).toBuffer(),
  };
  const make = async (path: string) => {
    const inspection = await inTime(readingTimeMs(maxSeconds, 0), () => inspectPicture(path, maxMegapixels, codecs));
    if (!inspection.ok) return null;
    const { picture } = inspection;
    const { width, height } = picture.shape;
    const drawn = await inTime(decodingTimeMs(maxSeconds, width * height), () => opened.draw(path, picture, drawing));
    return drawn.ok ? drawn.value : null;
  };
  return { make: (path) => make(path).catch(() => null), close: () => opened.close() };
}
