/**
 * Looks at pictures in processes of their own, which start when there is a pair to look at. A photo that cannot be read in its time, or
 * takes the process with it, leaves its pairs unseen and is not read again; what was seen before it counts.
 */
import type { LookAtPictures } from "../../core/look/look-store.ts";
import type { Look } from "../../core/look/verdict.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import { DEFAULT_MAX_SECONDS } from "../../core/photos/time-limit.ts";
import type { ContentHash } from "../../core/units.ts";
import { deviceOf } from "../photos/photo-file.ts";
import { ProcessLost, ProcessPool } from "../workers/process-pool.ts";
import type { LookRequest, LookStep } from "./look-worker.ts";

/** Pixels lie outside of it. */
const HEAP_MEGABYTES = 512;
/** So many photos of a drive that come to no end in being opened, one after the other: it gives no answer, and is asked no more. */
const SILENT_FROM = 3;

export interface LookPool {
  readonly look: LookAtPictures;
  close(): Promise<void>;
}

export interface LookPoolOptions {
  /** Processes at most. */
  readonly threads: number;
  /** That an empty photo may take; see `time-limit.ts`. */
  readonly maxSeconds?: number;
  readonly script?: URL;
}

export function createLookPool(options: LookPoolOptions): LookPool {
  const { threads, maxSeconds = DEFAULT_MAX_SECONDS, script = new URL("./look-worker.js", import.meta.url) } = options;
  const processes = new ProcessPool<LookRequest, LookStep, null>(script, threads, HEAP_MEGABYTES);
  const unreadable = new Unreadable();

  const look: LookAtPictures = async (one, others) => {
    const looks: (Look | null)[] = [];
    while (looks.length < others.length && !unreadable.has(one)) {
      const left = others.slice(looks.length);
      const stop = left.findIndex((other) => unreadable.has(other));
      if (stop === 0) looks.push(null);
      else await lookAtSome(one, stop === -1 ? left : left.slice(0, stop), looks);
    }
    return others.map((_, i) => looks[i] ?? null);
  };
  /** @param looks takes what is seen, and one null for what could not be */
  const lookAtSome = async (one: IdentifiedPhoto, others: readonly IdentifiedPhoto[], looks: (Look | null)[]) => {
    const photos = new Map([one, ...others].map((photo) => [photo.hash, photo]));
    let reading: Reading | null = null;
    const onStep = (step: LookStep) => {
      if (reading?.kind === "opening") unreadable.wasOpened(reading.photo);
      reading = null;
      if (step.kind === "seen") looks.push(step.look);
      else if (step.kind !== "comparing") reading = { kind: step.kind, photo: photos.get(step.hash) as IdentifiedPhoto };
    };
    try {
      await processes.run({ one, others, maxSeconds }, onStep);
    } catch (error) {
      if (!(error instanceof ProcessLost)) throw error;
      if (reading !== null) unreadable.note(reading);
      looks.push(null);
    }
  };
  return { look, close: () => processes.close() };
}

interface Reading {
  readonly kind: "opening" | "drawing";
  readonly photo: IdentifiedPhoto;
}

/** Photos that are read no more by this pool: each pair of theirs would take the whole time again. */
class Unreadable {
  readonly #hashes = new Set<ContentHash>();
  /** By drive, how many could not even be opened since the last that could. */
  readonly #unopened = new Map<string, number>();

  has({ hash, file }: IdentifiedPhoto): boolean {
    return this.#hashes.has(hash) || (this.#unopened.get(deviceOf(file.fileId)) ?? 0) >= SILENT_FROM;
  }

  wasOpened({ file }: IdentifiedPhoto): void {
    this.#unopened.delete(deviceOf(file.fileId));
  }

  note({ kind, photo }: Reading): void {
    this.#hashes.add(photo.hash);
    const device = deviceOf(photo.file.fileId);
    if (kind === "opening") this.#unopened.set(device, (this.#unopened.get(device) ?? 0) + 1);
  }
}
