/**
 * How much memory it takes to decode a picture, told from what its header claims: a file of 38 bytes may claim two gigabytes.
 *
 * The figures are peaks of resident memory for each pixel, measured with sharp 0.35.5 and libheif 1.23 on pictures of 36 megapixels
 * and rounded up.
 */
import type { PictureFormat } from "./photo.ts";

/** What a header claims. */
export interface PictureShape {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Of one channel of one pixel. */
  readonly sampleBytes: number;
  /** In several passes over the whole picture: progressive JPEG, interlaced PNG. */
  readonly interlaced: boolean;
}

/** What all pictures that are decoded at once may take together. One that takes more is decoded alone. */
export const DECODE_MEMORY_BYTES = 2e9;

/** For each megapixel of the cap on a photo's size: a cap of 250 megapixels lets a photo take 2 GB. */
const CAP_BYTES_PER_MEGAPIXEL = 8e6;

/** Rows that are held while a picture streams through its decoder and the resizing behind it. */
const STREAMED_ROWS = 1024;
/** Tiles and strips may be as high as they like. */
const STREAMED_TIFF_ROWS = 4096;

/** @returns bytes */
export function decodeBytes(shape: PictureShape): number {
  const { format, width, height, channels, sampleBytes } = shape;
  const rows = Math.min(height, format === "tiff" ? STREAMED_TIFF_ROWS : STREAMED_ROWS);
  return width * (height * heldBytesPerPixel(shape) + rows * channels * sampleBytes);
}

/** @returns the fewest whole megapixels whose cap lets a photo take so much */
export function megapixelsFor(bytes: number): number {
  return Math.ceil(bytes / CAP_BYTES_PER_MEGAPIXEL);
}

/** Of the whole picture, which the decoder holds before the first row leaves it; 0 where it streams. */
function heldBytesPerPixel({ format, channels, sampleBytes, interlaced }: PictureShape): number {
  const deep = sampleBytes > 1;
  switch (format) {
    case "jpeg":
      return interlaced ? 2 * channels : 0; // coefficients of 16 bits
    case "png":
      return interlaced ? channels * sampleBytes + 1 : 0;
    case "tiff":
      return 0;
    case "gif":
      return 5;
    case "webp":
      return 8.5;
    case "avif":
      return deep ? 25 : 18;
    case "heic":
      return deep ? 16 : 12;
  }
}

/** The cap on what is decoded, where nothing else is asked for. */
export const DEFAULT_MAX_MEGAPIXELS = 250;
