/**
 * What is known of each format that is decoded, whoever decodes it: one row for each, beside its codec in `io/photos/codecs/`.
 *
 * The figures for memory are peaks of resident memory for each pixel, measured with sharp 0.35.5 and libheif 1.23 on pictures of
 * 36 megapixels and rounded up.
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

export interface FormatFacts {
  /** Extensions of its files, in lower case. */
  readonly extensions: readonly string[];
  /**
   * Its place among the formats, from 0 for the one nearest the camera on to the one that has lost most: an original before all else, HEIC before the JPEG that it
   * was exported to, JPEG before a PNG of it.
   */
  readonly rank: number;
  /** Of the whole picture, which the decoder holds before the first row leaves it, in bytes; 0 where it streams. */
  readonly heldBytesPerPixel: (shape: PictureShape) => number;
  /** Rows that are held while a picture streams through its decoder and the resizing behind it. */
  readonly streamedRows: number;
}

const STREAMED_ROWS = 1024;
const isDeep = ({ sampleBytes }: PictureShape) => sampleBytes > 1;

/** Coefficients of 16 bits. */
const heldByJpeg = ({ interlaced, channels }: PictureShape) => (interlaced ? 2 * channels : 0);

export const PICTURE_FORMATS: Readonly<Record<PictureFormat, FormatFacts>> = {
  jpeg: {
    // Several pictures in one (mpo, jps), and Insta360's, are JPEGs to whoever reads the first.
    extensions: ["jpg", "jpeg", "jpe", "jfif", "jif", "jfi", "mpo", "jps", "insp"],
    rank: 7,
    heldBytesPerPixel: heldByJpeg,
    streamedRows: STREAMED_ROWS,
  },
  png: {
    extensions: ["png"],
    rank: 9,
    heldBytesPerPixel: ({ interlaced, channels, sampleBytes }) => (interlaced ? channels * sampleBytes + 1 : 0),
    streamedRows: STREAMED_ROWS,
  },
  webp: { extensions: ["webp"], rank: 8, heldBytesPerPixel: () => 8.5, streamedRows: STREAMED_ROWS },
  // Tiles and strips may be as high as they like.
  tiff: { extensions: ["tif", "tiff"], rank: 2, heldBytesPerPixel: () => 0, streamedRows: 4096 },
  gif: { extensions: ["gif"], rank: 14, heldBytesPerPixel: () => 5, streamedRows: STREAMED_ROWS },
  avif: { extensions: ["avif"], rank: 5, heldBytesPerPixel: (shape) => (isDeep(shape) ? 25 : 18), streamedRows: STREAMED_ROWS },
  heic: {
    extensions: ["heic", "heif", "hif"],
    rank: 1,
    heldBytesPerPixel: (shape) => (isDeep(shape) ? 16 : 12),
    streamedRows: STREAMED_ROWS,
  },
  // The file, and what is read of it.
  bmp: { extensions: ["bmp", "dib"], rank: 10, heldBytesPerPixel: () => 8, streamedRows: STREAMED_ROWS },
  qoi: { extensions: ["qoi"], rank: 12, heldBytesPerPixel: () => 9, streamedRows: STREAMED_ROWS },
  pnm: { extensions: ["pnm", "pbm", "pgm", "ppm"], rank: 13, heldBytesPerPixel: () => 18, streamedRows: STREAMED_ROWS },
  // Its names are all that tells it: see `tga-pixels.ts`.
  tga: { extensions: ["tga", "vda", "icb", "vst"], rank: 11, heldBytesPerPixel: () => 12, streamedRows: STREAMED_ROWS },
  ico: { extensions: ["ico", "cur"], rank: 15, heldBytesPerPixel: () => 16, streamedRows: STREAMED_ROWS },
  // The file's picture, its planes, and the TIFF that they become.
  psd: {
    extensions: ["psd", "psb"],
    rank: 3,
    heldBytesPerPixel: ({ channels, sampleBytes }) => 6.5 * channels * sampleBytes,
    streamedRows: 4096,
  },
  // The decoder's samples of 32 bits, and what is read of them.
  jp2: {
    extensions: ["jp2", "j2k", "jpx", "jpf", "j2c", "jpc"],
    rank: 6,
    heldBytesPerPixel: ({ channels, sampleBytes }) => channels * (6 + 4 * sampleBytes),
    streamedRows: STREAMED_ROWS,
  },
  // The decoder's floating-point samples, and the PNG that it hands on.
  jxl: { extensions: ["jxl"], rank: 4, heldBytesPerPixel: () => 40, streamedRows: STREAMED_ROWS },
  // Its names are those of companions, which most originals are (`file-kinds.ts`). What is decoded is the JPEG in it.
  raw: { extensions: [], rank: 0, heldBytesPerPixel: heldByJpeg, streamedRows: STREAMED_ROWS },
};
