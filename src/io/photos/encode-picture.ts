/**
 * Writes pixels as a picture file in memory.
 */
import type { CanaryFileFormat } from "../../core/drift/canary-pictures.ts";
import type { RgbPixels } from "../../core/photos/photo.ts";
import { pictureTurns } from "./picture-turns.ts";
import { type Sharp, sharp } from "./sharp.ts";

/** The largest, of AVIF. */
const ENCODER_BYTES_PER_PIXEL = 40;

/** Not every build of the library can write AVIF. */
export function canWrite(format: CanaryFileFormat): boolean {
  return format !== "avif" || sharp.format.heif.output.buffer;
}

export async function encodePicture({ data, width, height }: RgbPixels, format: CanaryFileFormat): Promise<Uint8Array> {
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  return pictureTurns.run(ENCODER_BYTES_PER_PIXEL * width * height, () => inFormat(image, format).toBuffer());
}

function inFormat(image: Sharp, format: CanaryFileFormat): Sharp {
  switch (format) {
    case "jpeg":
      return image.jpeg({ quality: 80 });
    case "png":
      return image.png();
    case "webp":
      return image.webp({ quality: 80 });
    case "avif":
      return image.avif({ quality: 60, effort: 2 });
  }
}
