/**
 * What every call of a program that embeds the engine can be told: its defaults, and its bounds.
 */
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { ModelSettings } from "../core/encoders/ports.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../core/photos/decode-memory.ts";
import { DEFAULT_MAX_SECONDS } from "../core/photos/time-limit.ts";
import type { OnProgress } from "../core/progress.ts";
import type { OnNotice, Run } from "../core/run.ts";
import type { Effort } from "./workbench.ts";

/** How a program waits for a call. */
export interface RunOptions {
  /** How far the work has come; called often. */
  readonly onProgress?: OnProgress | undefined;
  /** Something that changes what the answer means, such as photos that were not read yet. */
  readonly onNotice?: OnNotice | undefined;
  /** When it fires, what is under way is finished and no more is begun; what is finished by then is kept. */
  readonly signal?: AbortSignal | undefined;
}

/** What a program lets the engine use. */
export interface MachineOptions {
  /** Folder of encoders beside the embedded one; the command line's own where it is left out. */
  readonly models?: string | undefined;
  /** A lock with encoders of your own beside the package's. */
  readonly lock?: string | undefined;
  /** Processors to use; all. */
  readonly threads?: number | undefined;
  /** A photo with more megapixels is skipped; 250. */
  readonly maxMegapixels?: number | undefined;
  /** A photo that takes longer is skipped; 60, and by default 1 s more for each megabyte to read and 20 s for each megapixel to decode. */
  readonly maxSeconds?: number | undefined;
}

export interface Machine extends Effort {
  readonly models: ModelSettings;
}

export async function machineOf({ models, lock, threads, maxMegapixels, maxSeconds }: MachineOptions): Promise<Machine> {
  requireWithin("threads", threads, 1, 256);
  requireWithin("maxMegapixels", maxMegapixels, 1, 100_000);
  requireWithin("maxSeconds", maxSeconds, 1, 86_400);
  return {
    models: {
      folder: models === undefined ? join(await userFolder(), "models") : absolute(models),
      lock: lock === undefined ? null : absolute(lock),
    },
    threads: threads ?? availableParallelism(),
    maxMegapixels: maxMegapixels ?? DEFAULT_MAX_MEGAPIXELS,
    maxSeconds: maxSeconds ?? DEFAULT_MAX_SECONDS,
  };
}

async function userFolder(): Promise<string> {
  const { dataFolder } = await import("../io/library/library-path.ts");
  return dataFolder();
}

export function runOf({ onProgress = () => {}, onNotice = () => {}, signal = new AbortController().signal }: RunOptions): Run {
  return { onProgress, onNotice, signal };
}

/** From the folder that the process works in. */
export function absolute(path: string): string {
  return resolve(path);
}

/** @throws {RangeError} for a number that is given and not within the bounds */
export function requireWithin(name: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (value >= low && value <= high)) return;
  throw new RangeError(`Expected ${name} to be a number from ${low} to ${high}, got ${value}`);
}
