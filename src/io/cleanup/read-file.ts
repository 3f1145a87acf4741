/**
 * Reads a file whole, links not followed: its bytes' hash, and the marks that tell it from another.
 */
import { type BigIntStats, constants } from "node:fs";
import type { FileRecord } from "../../core/cleanup/journal.ts";
import type { Sight } from "../../core/cleanup/ports.ts";
import { sha256Of } from "../photos/identify.ts";
import { fileIdOf } from "../photos/photo-file.ts";
import { errorCode } from "../system-errors.ts";
import type { FileCalls } from "./file-calls.ts";

const PIECE = 1 << 20;
/** Opening a pipe would wait for its writer, and a link in the last place is not followed. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export async function readFileAt(calls: FileCalls, path: string): Promise<Sight> {
  try {
    if (!(await calls.lstat(path, { bigint: true })).isFile()) return { kind: "other" };
    const handle = await calls.open(path, FLAGS);
    try {
      const before = await handle.stat({ bigint: true });
      if (!before.isFile()) return { kind: "other" };
      const { hash, bytes } = await sha256Of(handle, Math.max(1, Math.min(PIECE, Number(before.size))));
      const after = await handle.stat({ bigint: true });
      const named = await calls.lstat(path, { bigint: true });
      const isOneState = bytes === Number(after.size) && stateOf(before) === stateOf(after) && stateOf(after) === stateOf(named);
      if (!isOneState) return { kind: "unreadable", why: "changing" };
      return { kind: "file", file: { ...recordOf(after), sha256: hash } };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "none" };
    if (code === "ELOOP") return { kind: "other" };
    if (isSystemError(error)) return { kind: "unreadable", why: code };
    throw error;
  }
}

function recordOf(stats: BigIntStats): Omit<FileRecord, "sha256"> {
  return {
    bytes: Number(stats.size),
    modifiedNs: String(stats.mtimeNs),
    mode: Number(stats.mode),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    fileId: fileIdOf(stats),
  };
}

function stateOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

/** Of the operating system, as its code tells. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && /^E[A-Z\d]+$/.test(errorCode(error));
}
