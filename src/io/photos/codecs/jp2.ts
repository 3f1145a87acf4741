/**
 * JPEG 2000: decoded by OpenJPEG in worker threads, and handed on with its colour profile.
 */
import { openBitmaps } from "./bitmap.ts";
import type { Codec } from "./codec.ts";
import { readJp2Header } from "./jp2-header.ts";

export const jp2: Codec = {
  header: readJp2Header,
  drawnWrongly: null,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: null,
  open: async (threads) => openBitmaps(threads, new URL("./jp2-worker.js", import.meta.url), "@cornerstonejs/codec-openjpeg"),
};
