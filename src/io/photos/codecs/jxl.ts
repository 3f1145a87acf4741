/**
 * JPEG XL: decoded by jxl-oxide in worker threads.
 */
import { fault } from "../picture-fault.ts";
import { pictureTurns } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { Codec, OpenCodec } from "./codec.ts";
import { DecoderPool } from "./decoder-pool.ts";
import { readJxlHeader } from "./jxl-header.ts";

export const jxl: Codec = {
  header: readJxlHeader,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: null,
  open: async (threads) => openJxl(threads),
};

function openJxl(threads: number): OpenCodec {
  const decoders = new DecoderPool<Uint8Array<ArrayBuffer>>(new URL("./jxl-worker.js", import.meta.url), threads, "jxl-oxide-wasm");
  return {
    draw: (source, { bytes, shape }, { shrink, finish }) =>
      pictureTurns.run(bytes, async () => {
        const reply = await decoders.decode(source, shape);
        if (!reply.ok) return fault(reply.reason, reply.detail);
        const png = () => sharp(reply.pixels, { limitInputPixels: false });
        const { width, height } = await png().metadata();
        return { ok: true, value: await finish(shrink(png(), { width, height })) };
      }),
    close: () => decoders.close(),
  };
}
