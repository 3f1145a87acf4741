/**
 * HEIC: decoded by libheif in worker threads, and handed on with its colour profile.
 */
import { WorkerPool } from "../../workers/worker-pool.ts";
import { fault } from "../picture-fault.ts";
import { pictureTurns } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { Codec, OpenCodec } from "./codec.ts";
import type { HeicReply, HeicRequest } from "./heic-worker.ts";
import { heifParts } from "./heif-parts.ts";
import { attachProfile } from "./icc.ts";
import { VIPS_FORMATS } from "./vips-formats.ts";

/** More would only wait for memory. */
const WORKERS_AT_MOST = 4;

export const heic: Codec = {
  header: VIPS_FORMATS.heic,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: heifParts,
  open: async (threads) => openHeic(Math.min(threads, WORKERS_AT_MOST)),
};

function openHeic(threads: number): OpenCodec {
  const workers = new WorkerPool<HeicRequest, HeicReply>(new URL("./heic-worker.js", import.meta.url), threads, null);
  return {
    // It is the small picture that goes through a PNG in memory, which carries the source's profile as raw pixels cannot.
    draw: (source, { bytes, icc }, { shrink, finish }) =>
      pictureTurns.run(bytes, async () => {
        const reply = await workers.run({ source });
        if (!reply.ok) return fault(reply.reason, reply.detail);
        const { data, width, height } = reply.pixels;
        const shrunk = shrink(sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false }), { width, height });
        const image = icc === undefined ? shrunk : sharp(attachProfile(await shrunk.png({ compressionLevel: 0 }).toBuffer(), icc));
        return { ok: true, value: await finish(image) };
      }),
    close: () => workers.close(),
  };
}
