/**
 * An encoder on every processor: one worker with one single-threaded session each.
 */
import type { Encoder } from "../../core/encoders/ports.ts";
import type { HandedOverPixels } from "../../core/photos/photo.ts";
import { WorkerPool } from "../workers/worker-pool.ts";
import type { EncoderWorkerData } from "./encoder-worker.ts";
import { throwExplained } from "./model-fault.ts";
import type { InstalledEncoder } from "./model-store.ts";

export interface EncoderPool extends Encoder {
  close(): Promise<void>;
}

/** Starts no thread before the first picture. */
export function createEncoderPool({ folder, spec, map }: Omit<InstalledEncoder, "key">, threads: number): EncoderPool {
  const workerData: EncoderWorkerData = { folder, image: spec.image, map };
  const workers = new WorkerPool<HandedOverPixels, Float32Array>(new URL("./encoder-worker.js", import.meta.url), threads, workerData);
  return {
    encode: (pixels) => workers.run(pixels, [pixels.data.buffer]).catch((error) => throwExplained(error, spec.image.model, folder)),
    close: () => workers.close(),
  };
}
