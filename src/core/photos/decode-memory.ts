/**
 * How much memory it takes to decode a picture, told from what its header claims: a file of 38 bytes may claim two gigabytes.
 */
import { PICTURE_FORMATS, type PictureShape } from "./picture-formats.ts";

/** What all pictures that are decoded at once may take together. One that takes more is decoded alone. */
export const DECODE_MEMORY_BYTES = 2e9;

/** For each megapixel of the cap on a photo's size: a cap of 250 megapixels lets a photo take 2 GB. */
const CAP_BYTES_PER_MEGAPIXEL = 8e6;

/** @returns bytes */
export function decodeBytes(shape: PictureShape): number {
  const { format, width, height, channels, sampleBytes } = shape;
  const { heldBytesPerPixel, streamedRows } = PICTURE_FORMATS[format];
  return width * (height * heldBytesPerPixel(shape) + Math.min(height, streamedRows) * channels * sampleBytes);
}

/** @returns the fewest whole megapixels whose cap lets a photo take so much */
export function megapixelsFor(bytes: number): number {
  return Math.ceil(bytes / CAP_BYTES_PER_MEGAPIXEL);
}

/** The cap on what is decoded, where nothing else is asked for. */
export const DEFAULT_MAX_MEGAPIXELS = 250;
