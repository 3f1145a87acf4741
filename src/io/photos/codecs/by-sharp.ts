/**
 * The codec of every format that sharp decodes, and those that need nothing but it.
 */
import { inTurn } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { Codec, OpenCodec } from "./codec.ts";
import { VIPS_FORMATS, type VipsFormat } from "./vips-formats.ts";

/** @param endsInZeros as in `Codec` */
export function bySharp(header: VipsFormat, endsInZeros: Codec["endsInZeros"] = null): Codec {
  return { header, endsInZeros, open: async () => opened };
}

const opened: OpenCodec = {
  async draw(source, { bytes, upright }, { shrink, finish }) {
    // "error" refuses cut-off files and lets through the harmless warnings that many cameras' files raise.
    const open = () => sharp(source, { failOn: "error", limitInputPixels: false, sequentialRead: true }).autoOrient();
    return { ok: true, value: await inTurn(bytes, () => finish(shrink(open(), upright))) };
  },
  async close() {},
};

export const jpeg = bySharp(VIPS_FORMATS.jpeg);
export const png = bySharp(VIPS_FORMATS.png);
export const avif = bySharp(VIPS_FORMATS.avif);
export const tiff = bySharp(VIPS_FORMATS.tiff);
