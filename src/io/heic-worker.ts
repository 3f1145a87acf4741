/**
 * Decodes HEIC (HEVC) in a thread of its own: the WebAssembly decoder blocks for about a second per 12 megapixels.
 */
import { readFile } from "node:fs/promises";
import decodeHeic from "heic-decode";
import { serve } from "./worker-service.ts";

export interface HeicRequest {
  readonly path: string;
}

/** Interleaved 8-bit RGBA, upright: the container's rotation is applied, its colour profile is not. */
export interface HeicPixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

serve(async ({ path }: HeicRequest) => {
  const buffer = await readFile(path);
  if (!holdsWholeBoxes(buffer)) throw new Error("the file ends before the image does");
  const { data, width, height } = await decodeHeic({ buffer });
  const response: HeicPixels = { data, width, height };
  return { response, transfer: [data.buffer] };
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
