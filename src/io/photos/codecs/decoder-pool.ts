/**
 * Decoders in threads of their own: none of them holds up the others, and one that comes to no end, asks for too much memory or gives up is
 * replaced.
 */
import type { PictureFormat, SkipReason } from "../../../core/photos/photo.ts";
import type { PictureShape } from "../../../core/photos/picture-formats.ts";
import { DEFAULT_MAX_SECONDS, decodingTimeMs } from "../../../core/photos/time-limit.ts";
import { WorkerNotStarted, WorkerOutOfMemory, WorkerPool, WorkerTooSlow } from "../../workers/worker-pool.ts";
import { offTheClock, timeLimitMs } from "../photo-clock.ts";
import { tooSlow } from "../picture-fault.ts";
import type { PictureSource } from "./codec.ts";

export interface DecoderRequest {
  readonly source: PictureSource;
  readonly format: PictureFormat;
}

export type DecoderReply<Pixels> =
  | { readonly ok: true; readonly pixels: Pixels }
  | { readonly ok: false; readonly reason: SkipReason; readonly detail: string };

/** More would only wait for memory. */
const WORKERS_AT_MOST = 4;
/** Pixels lie outside of it, in buffers and in WebAssembly, whose size the header's claim and `wasm-memory.ts` bound. */
const HEAP_MEGABYTES = 512;

export class DecoderPool<Pixels> {
  readonly #workers: WorkerPool<DecoderRequest, DecoderReply<Pixels>>;
  readonly #decoder: string;
  /** Why none of the threads can start: asked once, and not for each of ten thousand photos. */
  #missing: DecoderReply<Pixels> | null = null;

  /**
   * @param script of the worker, which takes a `DecoderRequest`
   * @param decoder the package that the worker loads, for people
   */
  constructor(script: URL, threads: number, decoder: string) {
    this.#workers = new WorkerPool(script, Math.min(threads, WORKERS_AT_MOST), null, { heapMegabytes: HEAP_MEGABYTES });
    this.#decoder = decoder;
  }

  async decode(source: PictureSource, { width, height, format }: PictureShape): Promise<DecoderReply<Pixels>> {
    if (this.#missing !== null) return this.#missing;
    const limitMs = timeLimitMs() ?? decodingTimeMs(DEFAULT_MAX_SECONDS, width * height);
    try {
      // A thread has the whole time once it begins.
      return await offTheClock(() => this.#workers.run({ source, format }, [], limitMs));
    } catch (error) {
      if (error instanceof WorkerTooSlow) return tooSlow(limitMs);
      if (error instanceof WorkerOutOfMemory)
        return { ok: false, reason: "too-large", detail: `the decoder asked for more than ${HEAP_MEGABYTES} MB beside its pixels` };
      if (!(error instanceof WorkerNotStarted)) throw error;
      const why = error.message.split("\n", 1)[0];
      this.#missing = {
        ok: false,
        reason: "no-decoder",
        detail: `${this.#decoder} cannot be loaded (${why}): install dupfind again, and the next scan reads the photo`,
      };
      return this.#missing;
    }
  }

  close(): Promise<void> {
    return this.#workers.close();
  }
}
