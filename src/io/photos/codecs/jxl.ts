/**
 * JPEG XL: decoded by jxl-oxide in worker threads.
 */
import type { Codec } from "./codec.ts";
import { openHandingOn } from "./handing-on.ts";
import { readJxlHeader } from "./jxl-header.ts";

export const jxl: Codec = {
  header: readJxlHeader,
  drawnWrongly: null,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: null,
  open: async (threads) => openHandingOn(threads, new URL("./jxl-worker.js", import.meta.url), "jxl-oxide-wasm"),
};
