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
 * @throws {UserError} when it cannot be written; a file that stood there then stays as it was
 */
export async function writeTo(place: Place, text: string, stop: AbortSignal): Promise<void> {
  try {
    if (place.kind === "file") replaceFile(place.path, place.now?.mode ?? null, text);
    else if (place.kind === "descriptor") await writeToStream(place.descriptor, text, stop);
    else await writeToDevice(place.path, text, stop);
  } catch (error) {
    if (place.kind === "file" || errorCode(error) !== "EPIPE") throw notWritable(place.name, error);
  }
}

/** After a power cut either the old file is there or the new one: its bytes are on the disk before its name is. */
function replaceFile(path: string, mode: number | null, text: string): void {
  const folder = dirname(path);
  const draft = join(folder, `.dupfind-${randomUUID()}.part`);
  try {
    const file = openSync(draft, "wx");
    try {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      if (mode !== null) fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(folder);
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

async function writeToDevice(path: string, text: string, stop: AbortSignal): Promise<void> {
  const device = await openForWriting(path, stop);
  if (device === null) return;
  try {
    await writeToStream(device, text, stop);
  } finally {
    closeSync(device);
  }
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
