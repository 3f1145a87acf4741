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
  const { data, width, height } = await decodeHeic({ buffer: await readFile(path) });
  const response: HeicPixels = { data, width, height };
  return { response, transfer: [data.buffer] };
});
