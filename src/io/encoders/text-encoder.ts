/**
 * The text tower of an encoder, in a thread of its own.
 */
import type { TextInput } from "../../core/encoders/encoder.ts";
import { WorkerPool } from "../workers/worker-pool.ts";
import { throwExplained } from "./model-fault.ts";
import type { InstalledEncoder } from "./model-store.ts";
import type { TextWorkerData } from "./text-worker.ts";

export interface TextEncoder {
  /** @returns the unit vector of the words, in the space of the encoder's pictures */
  encode(words: string): Promise<Float32Array>;
  close(): Promise<void>;
}

export function createTextEncoder({ folder, map }: Pick<InstalledEncoder, "folder" | "map">, text: TextInput): TextEncoder {
  const workerData: TextWorkerData = { folder, text, map };
  const worker = new WorkerPool<string, Float32Array>(new URL("./text-worker.js", import.meta.url), 1, workerData);
  return { encode: (words) => worker.run(words).catch((error) => throwExplained(error, text.model, folder)), close: () => worker.close() };
}
