/**
 * Opens HEIC in worker threads and hands on what they decode with its colour profile.
 */
import { WorkerPool } from "../workers/worker-pool.ts";
import type { HeicReply, HeicRequest } from "./heic-worker.ts";
import { attachProfile } from "./icc.ts";
import type { InspectedPicture } from "./inspect-picture.ts";
import { fault, type PictureFault } from "./picture-fault.ts";
import { pictureTurns } from "./picture-turns.ts";
import { type Sharp, sharp } from "./sharp.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export class HeicPictures {
  readonly #workers: WorkerPool<HeicRequest, HeicReply>;

  constructor(threads: number) {
    this.#workers = new WorkerPool(new URL("./heic-worker.js", import.meta.url), threads, null);
  }

  /**
   * @param shrink before colours are converted: it is the small picture that goes through a PNG in memory, which carries the source's
   *   profile as raw pixels cannot
   * @param draw what becomes of the small picture
   */
  draw<Result>(
    path: string,
    { metadata, bytes }: InspectedPicture,
    shrink: (image: Sharp, size: Size) => Sharp,
    draw: (image: Sharp) => Promise<Result>,
  ): Promise<{ readonly ok: true; readonly value: Result } | PictureFault> {
    return pictureTurns.run(bytes, async () => {
      const reply = await this.#workers.run({ path });
      if (!reply.ok) return fault(reply.reason, reply.detail);
      const { data, width, height } = reply.pixels;
      const shrunk = shrink(sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false }), { width, height });
      const profile = metadata.icc;
      const image = profile === undefined ? shrunk : sharp(attachProfile(await shrunk.png({ compressionLevel: 0 }).toBuffer(), profile));
      return { ok: true, value: await draw(image) };
    });
  }

  close(): Promise<void> {
    return this.#workers.close();
  }
}
