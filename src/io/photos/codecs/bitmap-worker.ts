/**
 * Reads the pixels of simple formats in a thread of its own.
 */
import { readFile } from "node:fs/promises";
import { HEAD_BYTES } from "../../../core/photos/content-kind.ts";
import { serve } from "../../workers/worker-service.ts";
import type { Bitmap } from "./bitmap.ts";
import { bmpReader } from "./bmp-pixels.ts";
import type { DecoderReply, DecoderRequest } from "./decoder-pool.ts";
import { pnmReader } from "./pnm-pixels.ts";
import { qoiReader } from "./qoi-pixels.ts";

serve<DecoderRequest, DecoderReply<Bitmap>>(async ({ source }) => {
  const file = typeof source === "string" ? await readFile(source) : Buffer.from(source);
  const reader = [bmpReader, pnmReader, qoiReader].find(({ head }) => head(file.subarray(0, HEAD_BYTES)) !== null);
  try {
    if (reader === undefined) throw new Error("the file changed");
    const pixels = reader.pixels(file);
    return { response: { ok: true, pixels }, transfer: [pixels.data.buffer] };
  } catch (error) {
    return { response: { ok: false, reason: "damaged", detail: error instanceof Error ? error.message : String(error) }, transfer: [] };
  }
});
