/**
 * Turns the folders and files a user names into the real ones, and answers what stands on the disk.
 */
import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../core/errors.ts";
import type { LibraryRoot, ScanRoot } from "../../core/library/contents.ts";
import { comparePaths } from "../../core/paths.ts";
import { errorCode, reasonOf } from "../system-errors.ts";
import { createReach } from "./exclusion.ts";
import { fileIdOf } from "./photo-file.ts";

/** What a scan was asked to read. */
export interface ScanSources {
  readonly roots: readonly LibraryRoot[];
  /** Files that were named themselves and lie in none of the roots: real, absolute. */
  readonly files: readonly string[];
  /** Globs that the files are held against too. */
  readonly exclude: readonly string[];
}

/**
 * Real, absolute paths of existing folders and files. One that a walk of another comes by is dropped, so that no photo is met twice; a hidden
 * one is kept, since nobody else comes by it.
 * @param listed what a list names instead of a person: one that is not there is a file that vanished
 * @throws {UserError} naming the first of `named` that is not there, or a folder that cannot be listed
 */
export function resolveSources(
  named: readonly string[],
  workingFolder: string,
  rules: Omit<LibraryRoot, "path">,
  listed: readonly string[] = [],
): ScanSources {
  const sources = [
    ...named.map((path) => realSource(resolve(workingFolder, path))),
    ...listed.map((path) => realSource(resolve(workingFolder, path), { mayBeGone: true })),
  ];
  const pathsOf = (isFolder: boolean) => [...new Set(sources.filter((source) => source.isFolder === isFolder).map(({ path }) => path))];
  const roots: LibraryRoot[] = [];
  for (const path of pathsOf(true).sort(comparePaths)) if (!createReach(roots)(path)) roots.push({ ...rules, path });
  const isReached = createReach(roots);
  return { roots, files: pathsOf(false).filter((path) => !isReached(path)), exclude: rules.exclude };
}

function realSource(path: string, { mayBeGone } = { mayBeGone: false }): { readonly path: string; readonly isFolder: boolean } {
  try {
    const real = realpathSync.native(path);
    const isFolder = statSync(real).isDirectory();
    if (isFolder) readdirSync(real, { withFileTypes: true });
    return { path: real, isFolder };
  } catch (error) {
    if (mayBeGone && errorCode(error) === "ENOENT") return { path, isFolder: false };
    if (errorCode(error) === "ENOENT") throw new UserError("folder-unlisted", `There is no file or folder ${path}`, { cause: error });
    throw notListed(path, error);
  }
}

/**
 * As one scan walks them: a folder in one that the library has already, named without rules of its own, keeps that one's and is no second
 * folder of the library.
 * @param known folders of the library
 */
export function asParts(roots: readonly LibraryRoot[], known: readonly LibraryRoot[]): readonly ScanRoot[] {
  return roots.map((root) => {
    const hasRules = root.exclude.length > 0 || root.followLinks;
    if (hasRules || known.some(({ path }) => path === root.path)) return root;
    const around = known.filter((outer) => createReach([outer])(root.path)).sort((one, other) => other.path.length - one.path.length)[0];
    return around === undefined ? root : { ...around, path: root.path, partOf: around.path };
  });
}

function notListed(path: string, error: unknown): UserError {
  return new UserError("folder-unlisted", `The folder ${path} cannot be listed (${reasonOf(error)})`, { cause: error });
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
