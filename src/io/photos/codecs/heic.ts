/**
 * HEIC: decoded by libheif in worker threads, and handed on with its colour profile.
 */
import { fault } from "../picture-fault.ts";
import { pictureTurns } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { Codec, OpenCodec } from "./codec.ts";
import { DecoderPool } from "./decoder-pool.ts";
import { heifParts } from "./heif-parts.ts";
import { attachProfile } from "./icc.ts";
import type { HeicPixels } from "./libheif.ts";
import { VIPS_FORMATS } from "./vips-formats.ts";

export const heic: Codec = {
  header: VIPS_FORMATS.heic,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: heifParts,
  open: async (threads) => openHeic(threads),
};

function openHeic(threads: number): OpenCodec {
  const decoders = new DecoderPool<HeicPixels>(new URL("./heic-worker.js", import.meta.url), threads, "libheif-js");
  return {
    // It is the small picture that goes through a PNG in memory, which carries the source's profile as raw pixels cannot.
    draw: (source, { bytes, icc, shape }, { shrink, finish }) =>
      pictureTurns.run(bytes, async () => {
        const reply = await decoders.decode(source, shape);
        if (!reply.ok) return fault(reply.reason, reply.detail);
        const { data, width, height } = reply.pixels;
        const shrunk = shrink(sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false }), { width, height });
        const image = icc === undefined ? shrunk : sharp(attachProfile(await shrunk.png({ compressionLevel: 0 }).toBuffer(), icc));
        return { ok: true, value: await finish(image) };
      }),
    close: () => decoders.close(),
  };
}
