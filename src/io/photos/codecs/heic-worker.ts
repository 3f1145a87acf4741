/**
 * Decodes HEIC in a thread of its own: the WebAssembly decoder blocks for about half a second per 12 megapixels.
 */
import { readFile } from "node:fs/promises";
import { serve } from "../../workers/worker-service.ts";
import type { DecoderReply, DecoderRequest } from "./decoder-pool.ts";
import { isCutOff } from "./heif-items.ts";
import { decodeHeic, type HeicPixels, HeicTooLarge, HeicUnsupported } from "./libheif.ts";

serve<DecoderRequest, DecoderReply<HeicPixels>>(async ({ source }) => {
  const file = typeof source === "string" ? await readFile(source) : Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  try {
    // The decoder paints what is missing grey.
    if (isCutOff(file)) throw new Error("the file ends before the image does");
    const pixels = decodeHeic(file);
    return { response: { ok: true, pixels }, transfer: [pixels.data.buffer] };
  } catch (error) {
    const reason = error instanceof HeicTooLarge ? "too-large" : error instanceof HeicUnsupported ? "unsupported-format" : "damaged";
    const detail = error instanceof Error ? error.message : String(error);
    return { response: { ok: false, reason, detail }, transfer: [] };
  }
});
