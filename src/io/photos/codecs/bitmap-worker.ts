/**
 * Reads the pixels of simple formats in a thread of its own.
 */
import { readFile } from "node:fs/promises";
import type { PictureFormat } from "../../../core/photos/photo.ts";
import { serve } from "../../workers/worker-service.ts";
import type { Bitmap, BitmapReader } from "./bitmap.ts";
import { bmpReader } from "./bmp-pixels.ts";
import type { DecoderReply, DecoderRequest } from "./decoder-pool.ts";
import { pnmReader } from "./pnm-pixels.ts";
import { qoiReader } from "./qoi-pixels.ts";
import { tgaReader } from "./tga-pixels.ts";

const READERS: Partial<Readonly<Record<PictureFormat, BitmapReader>>> = { bmp: bmpReader, pnm: pnmReader, qoi: qoiReader, tga: tgaReader };

serve<DecoderRequest, DecoderReply<Bitmap>>(async ({ source, format }) => {
  const file = typeof source === "string" ? await readFile(source) : Buffer.from(source);
  const reader = READERS[format];
  if (reader === undefined) throw new TypeError(`Expected a format that is read here, got ${format}`);
  try {
    const pixels = reader.pixels(file);
    return { response: { ok: true, pixels }, transfer: [pixels.data.buffer] };
  } catch (error) {
    return { response: { ok: false, reason: "damaged", detail: error instanceof Error ? error.message : String(error) }, transfer: [] };
  }
});
