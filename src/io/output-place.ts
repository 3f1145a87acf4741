/**
 * What stands at the place where a command is told to write its answer: a file, a stream, or nothing that can be written.
 */
import { accessSync, type BigIntStats, constants, fstatSync, lstatSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { listed } from "./photos/folders.ts";
import { fileIdOf } from "./photos/photo-file.ts";
import { errorCode } from "./system-errors.ts";

interface Named {
  /** As the user wrote it. */
  readonly name: string;
}

/** To be replaced, or to be made. */
export interface FilePlace extends Named {
  readonly kind: "file";
  /** Its real path: no link leads on from there. */
  readonly path: string;
  /** Null for a file that is yet to be made. */
  readonly now: { readonly fileId: string; readonly mode: number } | null;
}

/** A pipe, a terminal or another device. */
interface StreamPlace extends Named {
  readonly kind: "stream";
  readonly path: string;
}

/** One that this process was started with, as /dev/stdout is: opened anew it would be written from its beginning. */
interface DescriptorPlace extends Named {
  readonly kind: "descriptor";
  readonly descriptor: number;
}

export type Place = FilePlace | StreamPlace | DescriptorPlace;

/** As many as Linux follows. */
const LINKS_AT_MOST = 40;
const PERMISSIONS = 0o777;
/** Of the flags a file was opened with: for reading, writing or both. */
const ACCESS_MODE = constants.O_RDONLY | constants.O_WRONLY | constants.O_RDWR;

/**
 * What stands behind the name, its links followed; told before long work, without writing.
 * @throws {UserError} when nothing can be written there
 */
export function findPlace(name: string): Place {
  try {
    const place = follow(name);
    requireAccess(place);
    return place;
  } catch (error) {
    throw notWritable(name, error);
  }
}

function requireAccess(place: Place): void {
  if (place.kind === "descriptor") requireInherited(place.descriptor);
  if (place.kind === "file") accessSync(dirname(place.path), constants.W_OK);
  if (place.kind === "stream" || (place.kind === "file" && place.now !== null)) accessSync(place.path, constants.W_OK);
}

/** Node has descriptors of its own, and text in one of its pipes would end the process: of these both ends are here. */
function requireInherited(descriptor: number): void {
  const stats = fstatSync(descriptor);
  if (descriptor <= 2 || stats.isFile() || stats.isCharacterDevice()) return;
  if (!stats.isFIFO() || readsFrom(fileIdOf(fstatSync(descriptor, { bigint: true })))) throw systemFault("EBADF");
}

/** Whether this process has the pipe's reading end. */
function readsFrom(pipe: string): boolean {
  const isReader = (descriptor: string) => {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1] ?? "0";
    return (Number.parseInt(flags, 8) & ACCESS_MODE) === constants.O_RDONLY;
  };
  return listed("/proc/self/fd").some((descriptor) => idOf(Number(descriptor)) === pipe && isReader(descriptor));
}

function idOf(descriptor: number): string | null {
  try {
    return fileIdOf(fstatSync(descriptor, { bigint: true }));
  } catch {
    return null; // the one that the list was read through is closed by now
  }
}

/** Not by the name alone: a folder in it may be a link, behind which ".." leads elsewhere. */
function follow(name: string): Place {
  if (/[/\\]$/.test(name)) throw systemFault("EISDIR");
  let path = name;
  for (let links = 0; links <= LINKS_AT_MOST; links++) {
    path = join(realpathSync.native(dirname(path)), basename(path));
    const descriptor = ownDescriptor(path);
    if (descriptor !== null) return { kind: "descriptor", name, descriptor };
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stats?.isSymbolicLink()) return placeAt(path, name, stats);
    const target = readlinkSync(path);
    path = isAbsolute(target) ? target : `${dirname(path)}/${target}`;
  }
  throw systemFault("ELOOP");
}

function ownDescriptor(path: string): number | null {
  const [, folder, number] = /^(\/proc\/\d+\/fd|\/dev\/fd)\/(\d+)$/.exec(path) ?? [];
  if (folder === undefined) return null;
  if (folder !== "/dev/fd" && folder !== `${realpathSync.native("/proc/self")}/fd`) throw systemFault("EACCES"); // another process's
  return Number(number);
}

function placeAt(path: string, name: string, stats: BigIntStats | undefined): Place {
  if (stats === undefined) return { kind: "file", name, path, now: null };
  if (stats.isFile()) return { kind: "file", name, path, now: { fileId: fileIdOf(stats), mode: Number(stats.mode) & PERMISSIONS } };
  if (stats.isDirectory()) throw systemFault("EISDIR");
  if (stats.isSocket()) throw systemFault("ENXIO");
  return { kind: "stream", name, path };
}

function systemFault(code: string): Error {
  return Object.assign(new Error(code), { code });
}

export function notWritable(name: string, error: unknown): UserError {
  const code = errorCode(error);
  return new UserError({ code: "output-unwritable", reason: code }, `${name} cannot be written (${code})`, { cause: error });
}
