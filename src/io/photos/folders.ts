/**
 * Turns the folders a user names into the real ones, and answers what stands on the disk.
 */
import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../core/errors.ts";
import type { LibraryRoot } from "../../core/library/contents.ts";
import { comparePaths } from "../../core/paths.ts";
import { errorCode } from "../system-errors.ts";
import { createReach } from "./exclusion.ts";
import { fileIdOf } from "./photo-file.ts";

/**
 * Real, absolute paths of existing folders. One that a walk of another comes by is dropped, so that no photo is met twice; a hidden one is
 * kept, since nobody else comes by it.
 * @throws {UserError} naming the folder that is not there
 */
export function resolveRoots(folders: readonly string[], workingFolder: string, rules: Omit<LibraryRoot, "path">): readonly LibraryRoot[] {
  const paths = [...new Set(folders.map((folder) => realFolder(resolve(workingFolder, folder))))];
  const roots: LibraryRoot[] = [];
  for (const path of paths.sort(comparePaths)) if (!createReach(roots)(path)) roots.push({ ...rules, path });
  return roots;
}

function realFolder(path: string): string {
  try {
    const real = realpathSync.native(path);
    if (statSync(real).isDirectory()) {
      readdirSync(real, { withFileTypes: true });
      return real;
    }
  } catch (error) {
    throw notListed(path, error);
  }
  throw new UserError("not-a-folder", `${path} is not a folder`);
}

function notListed(path: string, error: unknown): UserError {
  return new UserError("folder-unlisted", `The folder ${path} cannot be listed (${errorCode(error)})`, { cause: error });
}

/** As `resolveRoots` spells it where the folder exists, made absolute where it does not. */
export function resolveFolder(folder: string, workingFolder: string): string {
  const path = resolve(workingFolder, folder);
  try {
    return realpathSync.native(path);
  } catch {
    return path; // A folder on a drive that is away still names the photos known below it.
  }
}

/** The real path that a folder will have which need not be there yet: through what links lead to above it. */
export function resolveNewFolder(path: string): string {
  for (let [above, rest] = [path, ""]; ; [above, rest] = [dirname(above), join(basename(above), rest)]) {
    try {
      return join(realpathSync.native(above), rest);
    } catch (error) {
      if (errorCode(error) !== "ENOENT" || dirname(above) === above) throw notListed(path, error);
    }
  }
}

/** Whether both spellings lead to one folder, as they do where the file system looks at neither case nor composition. */
export function isSameFolder(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && fileIdOf(first) === fileIdOf(second);
}

/** True for a file, or a link to one. */
export function isFile(path: string, workingFolder: string): boolean {
  return statSync(resolve(workingFolder, path), { throwIfNoEntry: false })?.isFile() === true;
}

/** Names in a folder; none where it cannot be listed. */
export function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** False for a folder that is missing, empty or cannot be listed: an unplugged drive looks like each of these. */
export function holdsAnything(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}

/**
 * Device and inode of what stands at the path. "gone" only when the system says that no such entry exists, which it says too
 * where a drive is away; a drive that fails gives "unreadable".
 */
export function fileIdAt(path: string): string | "gone" | "unreadable" {
  try {
    return fileIdOf(lstatSync(path, { bigint: true }));
  } catch (error) {
    return errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR" ? "gone" : "unreadable";
  }
}
