/**
 * Tells files whose pixels are equal without decoding them: a hash of all that a decoder makes the pixels from. It costs a reading of
 * the file; a hash of decoded pixels costs a photo several decodings more, since photos are shrunk while they are loaded.
 */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { type PixelsHash, pixelsHash } from "../../core/units.ts";
import type { Codecs, PictureHeader } from "./codecs/codec.ts";

/** @returns null where it is not known; a fault of the file is the decoder's to tell */
export async function hashPixels(
  path: string,
  { shape, orientation, pictures }: PictureHeader,
  codecs: Codecs,
): Promise<PixelsHash | null> {
  const { pixelParts } = codecs[shape.format];
  // Of several pictures one is decoded: the files may differ in the others.
  if (pixelParts === null || pictures > 1) return null;
  const hash = createHash("sha256");
  // Names and lengths count too, so that no two rows of parts come to one hash.
  const add = (name: string, bytes: Uint8Array) => {
    hash.update(`${name} ${bytes.length}\n`);
    hash.update(bytes);
  };
  add(`${shape.format} ${orientation}`, new Uint8Array(0));
  try {
    const file = await open(path);
    try {
      return (await pixelParts(file, add)) ? pixelsHash(hash.digest("hex")) : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
