/**
 * Whether a file on this disk is the one that a lock pins.
 */
import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import type { PinnedFile } from "../../core/encoders/encoder.ts";
import { reasonOf } from "../system-errors.ts";

/** In bytes; null for what is no file, or cannot be asked: `faultOf` says why. */
export function sizeOf(path: string): number | null {
  try {
    const status = statSync(path);
    return status.isFile() ? status.size : null;
  } catch {
    return null;
  }
}

/** What is wrong with a file, in words that follow its name; null when it is the pinned one. */
export async function faultOf(path: string, { bytes, sha256 }: PinnedFile): Promise<string | null> {
  try {
    const status = statSync(path);
    if (!status.isFile()) return "is not a file";
    const { size } = status;
    if (size !== bytes) return `has ${size} bytes, the lock pins ${bytes}`;
    return (await sha256Of(path)) === sha256 ? null : "does not match the lock: its SHA-256 differs";
  } catch (error) {
    return `cannot be read (${reasonOf(error)})`;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}
