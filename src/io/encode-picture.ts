/**
 * Writes pixels as a picture file in memory.
 */
import type { CanaryFileFormat } from "../core/canary-pictures.ts";
import type { RgbPixels } from "../core/photo.ts";
import { sharp } from "./sharp.ts";

/** Not every build of the library can write AVIF. */
export function canWrite(format: CanaryFileFormat): boolean {
  return format !== "avif" || sharp.format.heif.output.buffer;
}

export async function encodePicture({ data, width, height }: RgbPixels, format: CanaryFileFormat): Promise<Uint8Array> {
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  switch (format) {
    case "jpeg":
      return image.jpeg({ quality: 80 }).toBuffer();
    case "png":
      return image.png().toBuffer();
    case "webp":
      return image.webp({ quality: 80 }).toBuffer();
    case "avif":
      return image.avif({ quality: 60, effort: 2 }).toBuffer();
  }
}
