/**
 * Tells files whose pixels are equal, without decoding them: a hash of all that a decoder makes the pixels from, and of nothing that
 * tells of the photo. It costs a reading of the file; a hash of decoded pixels costs several decodings, since photos are shrunk while
 * they are loaded.
 */
import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import type { PictureFormat } from "../../core/photos/photo.ts";
import { type PixelsHash, pixelsHash } from "../../core/units.ts";
import { addHeifParts } from "./heif-parts.ts";
import type { InspectedPicture } from "./inspect-picture.ts";
import { addJpegParts } from "./jpeg-parts.ts";
import { pictureTurns } from "./picture-turns.ts";
import { addPngParts } from "./png-parts.ts";
import { addTiffParts } from "./tiff-parts.ts";
import { addWebpParts } from "./webp-parts.ts";

/** Takes in one part of a picture; its name and its length count too, so that no two rows of parts come to one hash. */
export type AddPart = (name: string, bytes: Uint8Array) => void;

/** @returns false for a file that is not understood to its end: nothing is said of it then */
export type AddParts = (file: Buffer, add: AddPart) => boolean;

/** Null for formats that carry no capture time, and so are never taken for another exposure. */
const ADD_PARTS = {
  jpeg: addJpegParts,
  png: addPngParts,
  webp: addWebpParts,
  heic: addHeifParts,
  avif: addHeifParts,
  gif: null,
} as const satisfies Readonly<Record<Exclude<PictureFormat, "tiff">, AddParts | null>>;

const BYTES_AT_MOST = 512 * 1024 * 1024;

/** @returns null where it is not known; a fault of the file is the decoder's to tell */
export async function hashPixels(path: string, { format, metadata }: InspectedPicture): Promise<PixelsHash | null> {
  // Only one of several pictures is decoded.
  if ((metadata.pages ?? 1) > 1) return null;
  const hash = createHash("sha256");
  const add: AddPart = (name, bytes) => {
    hash.update(`${name} ${bytes.length}\n`);
    hash.update(bytes);
  };
  add(`${format} ${metadata.orientation ?? 1}`, new Uint8Array(0));
  try {
    return (await addParts(path, format, add)) ? pixelsHash(hash.digest("hex")) : null;
  } catch {
    return null;
  }
}

async function addParts(path: string, format: PictureFormat, add: AddPart): Promise<boolean> {
  const file = await open(path);
  try {
    if (format === "tiff") return await addTiffParts(file, add);
    const addAll = ADD_PARTS[format];
    const { size } = await file.stat();
    if (addAll === null || size > BYTES_AT_MOST) return false;
    return await pictureTurns.run(size, async () => addAll(await readFile(file), add));
  } finally {
    await file.close();
  }
}
