/**
 * What a folder allows. Where dupfind writes itself it is tried and not asked: rights alone say little on network drives and in containers.
 */
import { accessSync, constants, mkdtempSync, rmdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode } from "../system-errors.ts";

export interface FolderState {
  /** The folder itself, or the nearest above it that there is. */
  readonly nearest: string;
  /** Bytes that this user may still write; null where the system does not tell. */
  readonly freeBytes: number | null;
  /** The system's word for why nothing can be written; null where it can. */
  readonly refusal: string | null;
}

/** What the system says to writing there, asked and not tried: it may be a folder of photos. Null for nothing. */
export function refusalOf(path: string): string | null {
  try {
    accessSync(nearestFolder(path), constants.W_OK);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

/** Makes a folder in it and takes it away again. */
export function folderState(path: string): FolderState {
  const nearest = nearestFolder(path);
  return { nearest, freeBytes: freeBytes(nearest), refusal: tryToWrite(nearest) };
}

function nearestFolder(path: string): string {
  for (let folder = path; ; folder = dirname(folder)) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() || folder === dirname(folder)) return folder;
  }
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

function tryToWrite(folder: string): string | null {
  try {
    rmdirSync(mkdtempSync(join(folder, ".dupfind-doctor-")));
    return null;
  } catch (error) {
    return errorCode(error);
  }
}
