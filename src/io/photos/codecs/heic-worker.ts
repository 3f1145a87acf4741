/**
 * Decodes HEIC in a thread of its own: the WebAssembly decoder blocks for about half a second per 12 megapixels.
 */
import { readFile } from "node:fs/promises";
import { serve } from "../../workers/worker-service.ts";
import { decodeHeic, type HeicPixels, HeicTooLarge } from "./libheif.ts";

export interface HeicRequest {
  /** A path, or the bytes of a file. */
  readonly source: string | Uint8Array;
}

export type HeicReply =
  | { readonly ok: true; readonly pixels: HeicPixels }
  | { readonly ok: false; readonly reason: "damaged" | "too-large"; readonly detail: string };

serve<HeicRequest, HeicReply>(async ({ source }) => {
  const file = typeof source === "string" ? await readFile(source) : Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  try {
    if (!holdsWholeBoxes(file)) throw new Error("the file ends before the image does");
    const pixels = decodeHeic(file);
    return { response: { ok: true, pixels }, transfer: [pixels.data.buffer] };
  } catch (error) {
    const reason = error instanceof HeicTooLarge ? "too-large" : "damaged";
    const detail = error instanceof Error ? error.message : String(error);
    return { response: { ok: false, reason, detail }, transfer: [] };
  }
});

/** The decoder paints what is missing grey; a file that was cut off shows in a last box (ISO/IEC 14496-12, 4.2) that reaches past its end. */
function holdsWholeBoxes(file: Buffer): boolean {
  let at = 0;
  while (at + 8 <= file.length) {
    const size = file.readUInt32BE(at);
    if (size === 0) return true; // the box goes to the end of the file, wherever that is
    at += size === 1 && at + 16 <= file.length ? Number(file.readBigUInt64BE(at + 8)) : Math.max(size, 8);
  }
  return at === file.length;
}
