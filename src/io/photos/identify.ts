/**
 * Reads a photo's bytes once, in pieces, to learn its SHA-256.
 */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { compareStamps, type FileStamp } from "../../core/photos/file-stamp.ts";
import type { IdentifiedPhoto, PhotoFile, SkippedPhoto } from "../../core/photos/photo.ts";
import type { Identify, Outcome } from "../../core/photos/ports.ts";
import { type ContentHash, contentHash, photoPath } from "../../core/units.ts";
import { errorCode } from "../system-errors.ts";
import { photoFile, stampOf } from "./photo-file.ts";
import { fault, systemFault } from "./picture-fault.ts";

const PIECE = 1 << 20;

export const identify: Identify = async (file) => {
  if (file.bytes === 0) return { ok: false, skipped: { path: file.path, reason: "empty", detail: "" } };
  try {
    const handle = await open(file.path, "r");
    try {
      const before = await stampOfOpen(handle);
      const { hash, bytes } = await sha256Of(handle, Math.min(PIECE, file.bytes));
      const isOneState = bytes === before.bytes && compareStamps(before, await stampOfOpen(handle)) === "same";
      // Else the hash would be filed under a state that is gone. What was renamed since the walk is known by its state of now.
      return isOneState && compareStamps(file, before) !== "other"
        ? { ok: true, value: { file: { ...file, changedMs: before.changedMs }, hash } }
        : { ok: false, skipped: { path: file.path, reason: "changed-while-read", detail: "" } };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { ok: false, skipped: readFault(file, error) };
  }
};

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
  const { reason, detail } = systemFault(error) ?? fault("unreadable", errorCode(error));
  return { path: file.path, reason, detail };
}

/** SHA-256 of everything behind the handle's position, with one piece in memory at a time. */
export async function sha256Of(handle: FileHandle, pieceBytes: number): Promise<{ readonly hash: ContentHash; readonly bytes: number }> {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(pieceBytes);
  for (let bytes = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, pieceBytes, null);
    if (bytesRead === 0) return { hash: contentHash(hash.digest("hex")), bytes };
    bytes += bytesRead;
    hash.update(piece.subarray(0, bytesRead));
  }
}

async function stampOfOpen(handle: FileHandle): Promise<FileStamp> {
  return stampOf(await handle.stat({ bigint: true }));
}
