/**
 * Decoders in threads that hand their picture on as a file which sharp reads: a PNG or a TIFF, upright, with its colour profile.
 */
import { fault } from "../picture-fault.ts";
import { pictureTurns } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { OpenCodec } from "./codec.ts";
import { DecoderPool } from "./decoder-pool.ts";

/**
 * @param script of a worker that gives such a file
 * @param decoder the package that it loads, for people
 */
export function openHandingOn(threads: number, script: URL, decoder: string): OpenCodec {
  const decoders = new DecoderPool<Uint8Array<ArrayBuffer>>(script, threads, decoder);
  return {
    draw: (source, { bytes, shape }, { shrink, finish }) =>
      pictureTurns.run(bytes, async () => {
        const reply = await decoders.decode(source, shape);
        if (!reply.ok) return fault(reply.reason, reply.detail);
        const file = () => sharp(reply.pixels, { limitInputPixels: false });
        const { width, height } = await file().metadata();
        return { ok: true, value: await finish(shrink(file(), { width, height })) };
      }),
    close: () => decoders.close(),
  };
}
