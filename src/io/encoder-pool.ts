/**
 * An encoder on every processor: one worker with one single-threaded session each.
 */
import type { ImageInput } from "../core/encoder.ts";
import type { RgbPixels } from "../core/photo.ts";
import type { Encoder } from "../core/ports.ts";
import type { EncoderWorkerData } from "./encoder-worker.ts";
import { WorkerPool } from "./worker-pool.ts";

export interface EncoderPool extends Encoder {
  close(): Promise<void>;
}

/**
 * Starts no thread before the first picture.
 * @param folder holds the model's files, verified
 */
export function createEncoderPool(folder: string, image: ImageInput, threads: number): EncoderPool {
  const workerData: EncoderWorkerData = { folder, image };
  const workers = new WorkerPool<RgbPixels, Float32Array>(new URL("./encoder-worker.js", import.meta.url), threads, workerData);
  return {
    encode: (pixels) => workers.run(pixels, [pixels.data.buffer]),
    close: () => workers.close(),
  };
}
