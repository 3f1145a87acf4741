/**
 * Writes an answer to its place: a file is replaced whole or not at all, a stream or a device is written to.
 */
import { randomUUID } from "node:crypto";
import { closeSync, constants, fchmodSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { notWritable, type Place } from "./output-place.ts";
import { errorCode } from "./system-errors.ts";

/** How long a pipe is left alone that has no reader yet, or no room. */
const PAUSE_MS = 20;
/** What the system says of a folder that cannot be synced by itself, as on Windows and some network drives. */
const NO_FOLDER_SYNC = ["EINVAL", "EISDIR", "EPERM", "EACCES", "ENOTSUP"];

/**
 * A pipe is waited for until it has a reader; one that leaves is no fault.
 * @param stop ends the waiting
 * @returns whether all of it was taken
 * @throws {UserError} when it cannot be written; a file that stood there then stays as it was
 */
export async function writeTo(place: Place, text: string, stop: AbortSignal): Promise<boolean> {
  return writing(place, stop, async (sink) => (await sink.write(text)) && !(stop.aborted && place.kind !== "file"));
}

/**
 * As `writeTo`, for what is too large to be held as a whole. A file stays as it was where it is stopped before the end, or where the
 * pieces end in an error, which is thrown as it is.
 */
export async function writePiecesTo(place: Place, pieces: AsyncIterable<string>, stop: AbortSignal): Promise<boolean> {
  return writing(place, stop, async (sink) => {
    for await (const piece of pieces) {
      if (stop.aborted || !(await sink.write(piece))) return false;
    }
    return !stop.aborted;
  });
}

/** Where pieces go, one after the other. Its faults are those of the place. */
interface Sink {
  /** False where nobody reads any more. */
  write(text: string): Promise<boolean>;
  /** Makes what was written the answer. */
  finish(): void;
  /** Gives up what is not finished. */
  abandon(): void;
}

/** @param write whether the answer is whole */
async function writing(place: Place, stop: AbortSignal, write: (sink: Sink) => Promise<boolean>): Promise<boolean> {
  const sink = place.kind === "file" ? fileSink(place) : await streamSink(place, stop);
  if (sink === null) return false;
  try {
    const isWhole = await write(sink);
    if (isWhole) sink.finish();
    return isWhole;
  } finally {
    sink.abandon();
  }
}

/** After a power cut either the old file is there or the new one: its bytes are on the disk before its name is. */
function fileSink({ name, path, now }: Extract<Place, { kind: "file" }>): Sink {
  const telling = <Result>(step: () => Result): Result => {
    try {
      return step();
    } catch (error) {
      throw notWritable(name, error);
    }
  };
  const folder = dirname(path);
  const draft = join(folder, `.dupfind-${randomUUID()}.part`);
  let file: number | null = telling(() => openSync(draft, "wx"));
  const close = () => {
    if (file !== null) closeSync(file);
    file = null;
  };
  let isKept = false;
  return {
    write: async (text) => {
      const bytes = Buffer.from(text);
      telling(() => {
        for (let done = 0; done < bytes.length; ) done += writeSync(file as number, bytes, done);
      });
      return true;
    },
    finish: () =>
      telling(() => {
        if (now !== null) fchmodSync(file as number, now.mode);
        fsyncSync(file as number);
        close();
        renameSync(draft, path);
        isKept = true;
        syncFolder(folder);
      }),
    abandon: () => {
      close();
      if (!isKept) rmSync(draft, { force: true });
    },
  };
}

function syncFolder(folder: string): void {
  let file: number | null = null;
  try {
    file = openSync(folder, "r");
    fsyncSync(file);
  } catch (error) {
    if (!NO_FOLDER_SYNC.includes(errorCode(error))) throw error;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Null when it was stopped before a reader came. */
async function streamSink(place: Exclude<Place, { kind: "file" }>, stop: AbortSignal): Promise<Sink | null> {
  /** False where the reader left. */
  const telling = async (step: () => Promise<void>): Promise<boolean> => {
    try {
      await step();
      return true;
    } catch (error) {
      if (errorCode(error) === "EPIPE") return false;
      throw notWritable(place.name, error);
    }
  };
  let descriptor = place.kind === "descriptor" ? place.descriptor : null;
  if (place.kind === "stream")
    await telling(async () => {
      descriptor = await openForWriting(place.path, stop);
    });
  const open = descriptor;
  if (open === null) return null;
  return {
    write: (text) => telling(() => writeToStream(open, text, stop)),
    finish: () => {},
    abandon: () => {
      if (place.kind === "stream") closeSync(open);
    },
  };
}

/** Without blocking, so that a signal is heard while a pipe has no reader. Null when it was stopped before one came. */
async function openForWriting(path: string, stop: AbortSignal): Promise<number | null> {
  while (!stop.aborted) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch (error) {
      if (errorCode(error) !== "ENXIO" || !lstatSync(path).isFIFO()) throw error;
    }
    await wait(PAUSE_MS);
  }
  return null;
}

async function writeToStream(descriptor: number, text: string, stop: AbortSignal): Promise<void> {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length && !stop.aborted; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      await wait(PAUSE_MS);
    }
  }
}
