/**
 * An encoder on every processor: one worker with one single-threaded session each.
 */
import type { RgbPixels } from "../core/photo.ts";
import type { Encoder } from "../core/ports.ts";
import type { EncoderWorkerData } from "./encoder-worker.ts";
import { throwExplained } from "./model-fault.ts";
import type { InstalledEncoder } from "./model-store.ts";
import { WorkerPool } from "./worker-pool.ts";

export interface EncoderPool extends Encoder {
  close(): Promise<void>;
}

/** Starts no thread before the first picture. */
export function createEncoderPool({ folder, spec, map }: Omit<InstalledEncoder, "key">, threads: number): EncoderPool {
  const workerData: EncoderWorkerData = { folder, image: spec.image, map };
  const workers = new WorkerPool<RgbPixels, Float32Array>(new URL("./encoder-worker.js", import.meta.url), threads, workerData);
  return {
    encode: (pixels) => workers.run(pixels, [pixels.data.buffer]).catch((error) => throwExplained(error, spec.image.model, folder)),
    close: () => workers.close(),
  };
}
