/**
 * HEIC: decoded by libheif in worker threads, and handed on with its colour profile.
 */
import { openBitmaps } from "./bitmap.ts";
import type { Codec } from "./codec.ts";
import { heifParts } from "./heif-parts.ts";
import { VIPS_FORMATS } from "./vips-formats.ts";

export const heic: Codec = {
  header: VIPS_FORMATS.heic,
  drawnWrongly: null,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: heifParts,
  open: async (threads) => openBitmaps(threads, new URL("./heic-worker.js", import.meta.url), "libheif-js"),
};
