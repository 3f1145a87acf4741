/**
 * What a walk leaves out by its name alone: hidden entries, those that a system keeps for itself, and what the user excluded, by globs or in
 * a `.dupfindignore`.
 */
import { basename, dirname, relative } from "node:path";
import picomatch from "picomatch";
import type { ScanRoot } from "../../core/library/contents.ts";
import { type FilteredFile, passesFilter, type ScanFilter } from "../../core/library/scan-filter.ts";
import { fileName, innermostOf, isWithin } from "../../core/paths.ts";
import type { Accepts } from "../../core/photos/ports.ts";
import { IgnoreFiles } from "./ignore-files.ts";

/** Folders that the system, a NAS or a photo program fills by itself; hidden ones start with a dot. */
const SYSTEM_FOLDERS = new Set(["@eaDir", "#recycle", "#snapshot", "$RECYCLE.BIN", "System Volume Information", "lost+found"]);

export function isHidden(name: string): boolean {
  return name.startsWith(".") || isKeptBySystem(name);
}

/** What is in such a folder was thrown away, or made anew from what lies outside. */
export function isKeptBySystem(name: string): boolean {
  return SYSTEM_FOLDERS.has(name);
}

/** Whether one of the root's globs, or a file of rules in it, is for this entry; not whether one is for a folder above it. */
export function createExclusion(
  { path, partOf = path, exclude }: ScanRoot,
  onUnreadable?: (file: string, code: string) => void,
): (path: string, isFolder: boolean) => boolean {
  const isExcluded = createGlobs(exclude);
  const files = new IgnoreFiles(partOf, onUnreadable);
  return (entry, isFolder) => isExcluded(entry, partOf) || files.isIgnored(entry, isFolder);
}

/** Whether one of the globs is for the path: without a slash against its name, with one against what of it lies below the folder. */
export function createGlobs(globs: readonly string[]): (path: string, folder: string) => boolean {
  const matchers = globs.map((glob) => ({
    matches: picomatch(glob.replace(/\/+$/, ""), { dot: true }),
    byName: !glob.replace(/\/+$/, "").includes("/"),
  }));
  return (path, folder) =>
    matchers.some(({ matches, byName }) => matches(byName ? fileName(path) : relative(folder, path).replaceAll("\\", "/")));
}

/** @param folders that globs with a slash begin below; a file that lies in none is matched from its own folder */
export function createFilter(filter: ScanFilter, folders: readonly string[]): Accepts {
  const isIncluded = createGlobs(filter.include);
  return (file: FilteredFile) =>
    passesFilter(filter, file) &&
    (filter.include.length === 0 || isIncluded(file.path, innermostOf(folders, file.path) ?? dirname(file.path)));
}

/** Whether a walk of the root passes the path by: it or a folder on the way to it is left out by its name. */
export function createLeftOut(root: ScanRoot): (path: string) => boolean {
  const isExcluded = createExclusion(root);
  return (path) => {
    for (let entry = path; entry !== root.path && isWithin(entry, root.path); entry = dirname(entry))
      if (isHidden(basename(entry)) || isExcluded(entry, entry !== path)) return true;
    return false;
  };
}

/** Whether a walk of one of the roots comes by the path. */
export function createReach(roots: readonly ScanRoot[]): (path: string) => boolean {
  const ways = roots.map((root) => ({ root: root.path, isLeftOut: createLeftOut(root) }));
  return (path) => ways.some(({ root, isLeftOut }) => isWithin(path, root) && !isLeftOut(path));
}
