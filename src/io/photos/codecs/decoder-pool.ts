/**
 * Decoders in threads of their own: none of them holds up the others, and one that comes to no end is replaced.
 */
import type { SkipReason } from "../../../core/photos/photo.ts";
import type { PictureShape } from "../../../core/photos/picture-formats.ts";
import { WorkerPool, WorkerTooSlow } from "../../workers/worker-pool.ts";
import type { PictureSource } from "./codec.ts";

export interface DecoderRequest {
  readonly source: PictureSource;
}

export type DecoderReply<Pixels> =
  | { readonly ok: true; readonly pixels: Pixels }
  | { readonly ok: false; readonly reason: SkipReason; readonly detail: string };

/** More would only wait for memory. */
const WORKERS_AT_MOST = 4;
/** A hundred times what the slowest decoder takes on a machine that has nothing else to do. */
const [LIMIT_MS, LIMIT_MS_PER_MEGAPIXEL] = [60_000, 20_000];

export class DecoderPool<Pixels> {
  readonly #workers: WorkerPool<DecoderRequest, DecoderReply<Pixels>>;

  /** @param script of the worker, which takes a `DecoderRequest` */
  constructor(script: URL, threads: number) {
    this.#workers = new WorkerPool(script, Math.min(threads, WORKERS_AT_MOST), null);
  }

  async decode(source: PictureSource, { width, height }: PictureShape): Promise<DecoderReply<Pixels>> {
    const limitMs = LIMIT_MS + LIMIT_MS_PER_MEGAPIXEL * Math.ceil((width * height) / 1e6);
    try {
      return await this.#workers.run({ source }, [], limitMs);
    } catch (error) {
      if (!(error instanceof WorkerTooSlow)) throw error;
      return { ok: false, reason: "too-slow", detail: `the decoder came to no end in ${limitMs / 1000} s` };
    }
  }

  close(): Promise<void> {
    return this.#workers.close();
  }
}
