/**
 * What a picture says of itself, from its header and a few short reads beside: nothing is decoded for it.
 */
import { stat } from "node:fs/promises";
import type { PictureFacts } from "../../core/photos/photo.ts";
import type { ReadFacts } from "../../core/photos/ports.ts";
import { readExif } from "./exif.ts";
import { insideParts } from "./inside-parts.ts";
import { fault, faultOf, type InspectedPicture, inspectPicture } from "./inspect-picture.ts";

/** Fewer are a way of saving colours, not less of a picture. */
const BITS_AT_LEAST = 8;

/** @param source a path or the bytes of a file, which hold their picture alone */
export async function factsOf(source: string | Uint8Array, { metadata, format, width, height }: InspectedPicture): Promise<PictureFacts> {
  const inside = typeof source === "string" ? await insideParts(source, format, metadata) : [];
  const bits = Math.max(BITS_AT_LEAST, metadata.bitsPerSample ?? (metadata.depth === "ushort" ? 16 : BITS_AT_LEAST));
  return { width, height, format, ...readExif(metadata.exif), bits, inside };
}

/** Of a file that is still as it was met. */
export function createReadFacts(maxMegapixels: number): ReadFacts {
  return async (file) => {
    const { path } = file;
    const reading = await inspectPicture(path, maxMegapixels)
      .then(async (found) => (found.ok ? { ok: true as const, value: await factsOf(path, found.picture) } : found))
      .catch(faultOf);
    const { size, mtimeMs } = await stat(path).catch(() => ({ size: -1, mtimeMs: -1 }));
    const outcome = reading.ok && (size !== file.bytes || mtimeMs !== file.modifiedMs) ? fault("changed-while-read", "") : reading;
    return outcome.ok ? outcome : { ok: false, skipped: { path, reason: outcome.reason, detail: outcome.detail } };
  };
}
