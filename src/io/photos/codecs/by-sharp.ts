/**
 * The codec of every format that sharp decodes, and those that need nothing but it.
 */
import { timeLimitMs } from "../photo-clock.ts";
import { inTurn } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { Codec, OpenCodec, PictureSource } from "./codec.ts";
import { heifParts } from "./heif-parts.ts";
import { readPngExif } from "./png-exif.ts";
import { pngParts } from "./png-parts.ts";
import { readTiffExif } from "./tiff-exif.ts";
import { drawnWronglyInTiff } from "./tiff-kind.ts";
import { tiffParts } from "./tiff-parts.ts";
import { VIPS_FORMATS, type VipsFormat } from "./vips-formats.ts";
import { wholeFile } from "./whole-file.ts";

type Own = Pick<Codec, "drawnWrongly" | "endsInZeros" | "isWhole" | "exif" | "pixelParts">;
const NOTHING: Own = { drawnWrongly: null, endsInZeros: null, isWhole: null, exif: null, pixelParts: null };

/** @param own what the format has beside sharp */
export function bySharp(header: VipsFormat, own: Partial<Own>): Codec {
  return { header, ...NOTHING, ...own, open: async () => openSharp };
}

/** What its time limit takes; 0 is none. */
const SHARP_SECONDS_AT_MOST = 3600;

export const openSharp: OpenCodec = {
  async draw(source, { bytes, upright }, { shrink, finish }) {
    // "error" refuses cut-off files and lets through the harmless warnings that many cameras' files raise.
    // What sharp can call off ends with its time; a codec that decodes the whole picture in one call is left behind.
    const seconds = Math.min(Math.ceil((timeLimitMs() ?? 0) / 1000), SHARP_SECONDS_AT_MOST);
    const open = (file: PictureSource) =>
      sharp(file, { failOn: "error", limitInputPixels: false, sequentialRead: true }).timeout({ seconds }).autoOrient();
    return { ok: true, value: await inTurn(bytes, async () => finish(shrink(open(await wholeFile(source)), upright))) };
  },
  async close() {},
};

export const png = bySharp(VIPS_FORMATS.png, { exif: readPngExif, pixelParts: pngParts });
export const avif = bySharp(VIPS_FORMATS.avif, { pixelParts: heifParts });
export const tiff = bySharp(VIPS_FORMATS.tiff, { drawnWrongly, exif: readTiffExif, pixelParts: tiffParts });

async function drawnWrongly(path: string): Promise<string | null> {
  const kind = await drawnWronglyInTiff(path);
  return kind === null ? null : `TIFF images with ${kind}`;
}
