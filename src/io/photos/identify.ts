/**
 * Reads a photo's bytes once, in pieces, to learn its SHA-256.
 */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { compareStamps, type FileStamp } from "../../core/photos/file-stamp.ts";
import type { IdentifiedPhoto, PhotoFile, SkippedPhoto } from "../../core/photos/photo.ts";
import type { Identify, Outcome } from "../../core/photos/ports.ts";
import { DEFAULT_MAX_SECONDS } from "../../core/photos/time-limit.ts";
import { type ContentHash, contentHash, photoPath } from "../../core/units.ts";
import { errorCode } from "../system-errors.ts";
import { inTime, OutOfTime } from "./photo-clock.ts";
import { photoFile, stampOf } from "./photo-file.ts";
import { fault, systemFault } from "./picture-fault.ts";

const PIECE = 1 << 20;

/** Waits for a call of the file system's, though not for ever. */
type Patiently = <Result>(call: () => Promise<Result>) => Promise<Result>;

export const identify = createIdentify(DEFAULT_MAX_SECONDS);

/** @param maxSeconds that the file's drive may give nothing for */
export function createIdentify(maxSeconds: number): Identify {
  const patiently: Patiently = (call) => inTime(maxSeconds * 1000, call);
  return async (file) => {
    if (file.bytes === 0) return { ok: false, skipped: { path: file.path, reason: "empty", detail: "" } };
    try {
      return await identifyFile(file, patiently);
    } catch (error) {
      return { ok: false, skipped: readFault(file, error) };
    }
  };
}

async function identifyFile(file: PhotoFile, patiently: Patiently): Promise<Outcome<IdentifiedPhoto>> {
  const handle = await patiently(() => open(file.path, "r"));
  const closed = () => patiently(() => handle.close());
  try {
    const before = await patiently(() => stampOfOpen(handle));
    const { hash, bytes } = await sha256Of(handle, Math.min(PIECE, file.bytes), patiently);
    const isOneState = bytes === before.bytes && compareStamps(before, await patiently(() => stampOfOpen(handle))) === "same";
    // Else the hash would be filed under a state that is gone. What was renamed since the walk is known by its state of now.
    const isAsMet = isOneState && compareStamps(file, before) !== "other";
    await closed();
    return isAsMet
      ? { ok: true, value: { file: { ...file, changedMs: before.changedMs }, hash } }
      : { ok: false, skipped: { path: file.path, reason: "changed-while-read", detail: "" } };
  } catch (error) {
    // To close it would wait for the read that does not return.
    const closing = closed().catch(() => {});
    if (!(error instanceof OutOfTime)) await closing;
    throw error;
  }
}

/**
 * For a photo that was named and not walked to.
 * @param path absolute; a link is followed
 */
export async function identifyPath(path: string): Promise<Outcome<IdentifiedPhoto>> {
  try {
    return await identify(photoFile(path, statSync(path, { bigint: true })));
  } catch (error) {
    const { reason, detail } = systemFault(error) ?? fault("unreadable", errorCode(error));
    return { ok: false, skipped: { path: photoPath(path), reason: reason === "vanished" ? "no-such-file" : reason, detail } };
  }
}

/** What a failed open or read means for the photo. */
function readFault(file: PhotoFile, error: unknown): SkippedPhoto {
  if (error instanceof OutOfTime) return noAnswer(file, error.limitMs / 1000);
  const { reason, detail } = systemFault(error) ?? fault("unreadable", errorCode(error));
  return { path: file.path, reason, detail };
}

const NO_ANSWER = "its drive gave no answer for";

/** A file of which nothing comes, and no error either. */
export function noAnswer({ path }: PhotoFile, seconds: number): SkippedPhoto {
  return { path, reason: "unreadable", detail: `${NO_ANSWER} ${seconds} s` };
}

export function isNoAnswer({ reason, detail }: SkippedPhoto): boolean {
  return reason === "unreadable" && detail.startsWith(NO_ANSWER);
}

/**
 * SHA-256 of everything behind the handle's position, with one piece in memory at a time.
 * @param patiently waits for each piece
 */
export async function sha256Of(
  handle: FileHandle,
  pieceBytes: number,
  patiently: Patiently = (call) => call(),
): Promise<{ readonly hash: ContentHash; readonly bytes: number }> {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(pieceBytes);
  for (let bytes = 0; ; ) {
    const { bytesRead } = await patiently(() => handle.read(piece, 0, pieceBytes, null));
    if (bytesRead === 0) return { hash: contentHash(hash.digest("hex")), bytes };
    bytes += bytesRead;
    hash.update(piece.subarray(0, bytesRead));
  }
}

async function stampOfOpen(handle: FileHandle): Promise<FileStamp> {
  return stampOf(await handle.stat({ bigint: true }));
}
