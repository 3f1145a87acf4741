/**
 * Single changes of files, each of which leaves the file at one of two places, or at both, whenever the power goes: nothing is removed
 * before what takes its place is on the disk, and nothing is written over.
 */
import { type BigIntStats, constants } from "node:fs";
import { dirname, join } from "node:path";
import type { FileRecord, LinkDeed, Relocation, TrashNote } from "../../core/cleanup/journal.ts";
import { FileFault } from "../../core/cleanup/ports.ts";
import { fileIdOf } from "../photos/photo-file.ts";
import { errorCode } from "../system-errors.ts";
import type { FileCalls } from "./file-calls.ts";
import { readFileAt } from "./read-file.ts";

/** Where a file can have one name only: FAT, some network drives, files of others. */
const NO_LINKS: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EINVAL"];
/** What the system says of a folder that cannot be synced by itself, as on Windows and some network drives. */
const NO_FOLDER_SYNC: readonly string[] = ["EINVAL", "EISDIR", "EPERM", "EACCES", "ENOTSUP"];
const PERMISSIONS = 0o7777;
const NS_PER_SECOND = 1_000_000_000n;
const HALF_A_MICROSECOND = 5e-7;

/**
 * Moves the very file of the record; what cannot be moved across file systems is copied, compared, and only then removed.
 * @param marks what a copy shall have of times and rights
 */
export async function relocateFile(calls: FileCalls, { from, to, temporary, file }: Relocation, marks: FileRecord = file): Promise<void> {
  await makeFolders(calls, dirname(to));
  await requireSame(calls, from, file);
  const isAcross = (await tryName(calls, from, to, file)) === "other-device";
  if (isAcross) await copyTo(calls, from, temporary, to, marks);
  await syncFolder(calls, dirname(to));
  if (isAcross || (await isThere(calls, from))) {
    await requireSame(calls, from, file);
    await calls.unlink(from);
  }
  await syncFolder(calls, dirname(from));
}

/** Gives the file its second name; where there are no second names, its only one. */
async function tryName(calls: FileCalls, from: string, to: string, file: FileRecord): Promise<"named" | "other-device"> {
  try {
    await calls.link(from, to);
    await requireSame(calls, to, file);
    return "named";
  } catch (error) {
    if (errorCode(error) === "EXDEV") return "other-device";
    if (!NO_LINKS.includes(errorCode(error))) throw error;
  }
  return rename(calls, from, to, file);
}

/** Over a file of our own: rename alone would write over whatever has come to stand there. */
async function rename(calls: FileCalls, from: string, to: string, file: FileRecord): Promise<"named" | "other-device"> {
  await (await calls.open(to, "wx")).close();
  try {
    await calls.rename(from, to);
  } catch (error) {
    await calls.unlink(to);
    if (errorCode(error) === "EXDEV") return "other-device";
    throw error;
  }
  await requireSame(calls, to, file);
  return "named";
}

async function copyTo(calls: FileCalls, from: string, draft: string, to: string, file: FileRecord): Promise<void> {
  await copyWhole(calls, from, draft, file, 0);
  const copy = await calls.lstat(draft, { bigint: true });
  await placeFile(calls, draft, to, { ...file, fileId: fileIdOf(copy), modifiedNs: String(copy.mtimeNs) });
}

/** The draft gets its name beside it, over nothing. @param file as the draft is */
export async function placeFile(calls: FileCalls, draft: string, to: string, file: FileRecord): Promise<void> {
  await tryName(calls, draft, to, file);
  if (await isThere(calls, draft)) await calls.unlink(draft);
}

export async function writeNote(calls: FileCalls, { path, text }: TrashNote): Promise<void> {
  for (const folder of [dirname(dirname(path)), dirname(path)]) await calls.mkdir(folder, { recursive: true, mode: 0o700 });
  await calls.mkdir(join(dirname(dirname(path)), "files"), { recursive: true, mode: 0o700 });
  const handle = await calls.open(path, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(calls, dirname(path));
}

/** Bytes, times and rights of the record, on the disk under the draft's name. Fails where they are not those of the record. */
async function copyWhole(calls: FileCalls, from: string, draft: string, file: FileRecord, mode: number): Promise<void> {
  await calls.copyFile(from, draft, constants.COPYFILE_EXCL | mode);
  const handle = await calls.open(draft, "r+");
  try {
    const { uid, gid } = await handle.stat();
    if (uid !== file.uid || gid !== file.gid) await handle.chown(file.uid, file.gid).catch(() => {}); // what the system does not allow is no loss
    await handle.chmod(file.mode & PERMISSIONS);
    const modified = secondsOf(BigInt(file.modifiedNs));
    await handle.utimes(modified, modified);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const copy = await readFileAt(calls, draft);
  if (copy.kind !== "file" || copy.file.sha256 !== file.sha256) throw new FileFault("changed", `The copy of ${from} is not equal to it`);
}

/**
 * As a time is set: in seconds, of which Node keeps whole microseconds and drops the rest. As text, since of a number below zero, a time
 * before 1970, Node makes the time that it is now.
 */
function secondsOf(ns: bigint): string {
  const fraction = ((ns % NS_PER_SECOND) + NS_PER_SECOND) % NS_PER_SECOND;
  const away = ns < 0n ? -HALF_A_MICROSECOND : HALF_A_MICROSECOND; // from zero, which what is dropped brings it nearer to
  return String(Number((ns - fraction) / NS_PER_SECOND) + Number(fraction / 1000n) / 1e6 + away);
}

/** The extra's name becomes one of the keeper's. */
export async function linkToKeeper(calls: FileCalls, { how, path, keeper, temporary, file }: LinkDeed): Promise<void> {
  if (how === "hardlink") await calls.link(keeper, temporary);
  else await copyWhole(calls, keeper, temporary, file, constants.COPYFILE_FICLONE_FORCE);
  const now = await readFileAt(calls, temporary);
  if (now.kind !== "file" || now.file.sha256 !== file.sha256) throw new FileFault("changed", `${keeper} was changed meanwhile`);
  await requireSame(calls, path, file);
  await calls.rename(temporary, path);
  await syncFolder(calls, dirname(path));
}

/** @param now what stands there, read whole */
export async function partFromKeeper(calls: FileCalls, { path, temporary, file }: LinkDeed, now: FileRecord): Promise<void> {
  await copyWhole(calls, path, temporary, file, 0);
  await requireSame(calls, path, now);
  await calls.rename(temporary, path);
  await syncFolder(calls, dirname(path));
}

/** @throws {FileFault} where another file, or another state of it, stands there */
async function requireSame(calls: FileCalls, path: string, file: FileRecord): Promise<void> {
  const stats = await statOrNull(calls, path);
  if (stats === null || !stats.isFile() || fileIdOf(stats) !== file.fileId || String(stats.mtimeNs) !== file.modifiedNs)
    throw new FileFault("changed", `${path} was changed meanwhile`);
}

async function isThere(calls: FileCalls, path: string): Promise<boolean> {
  return (await statOrNull(calls, path)) !== null;
}

export async function statOrNull(calls: FileCalls, path: string): Promise<BigIntStats | null> {
  try {
    return await calls.lstat(path, { bigint: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return null;
    throw error;
  }
}

async function makeFolders(calls: FileCalls, folder: string): Promise<void> {
  await calls.mkdir(folder, { recursive: true });
}

export async function syncFolder(calls: FileCalls, folder: string): Promise<void> {
  try {
    const handle = await calls.open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.includes(errorCode(error))) throw error;
  }
}
