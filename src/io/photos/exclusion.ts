/**
 * What a walk leaves out by its name alone: hidden entries, those that a system keeps for itself, and what the user excluded.
 */
import { basename, dirname, relative } from "node:path";
import picomatch from "picomatch";
import type { LibraryRoot } from "../../core/library/contents.ts";
import { fileName, isWithin } from "../../core/paths.ts";

/** Folders that the system, a NAS or a photo program fills by itself; hidden ones start with a dot. */
const SYSTEM_FOLDERS = new Set(["@eaDir", "#recycle", "#snapshot", "$RECYCLE.BIN", "System Volume Information", "lost+found"]);

export function isHidden(name: string): boolean {
  return name.startsWith(".") || isKeptBySystem(name);
}

/** What is in such a folder was thrown away, or made anew from what lies outside. */
export function isKeptBySystem(name: string): boolean {
  return SYSTEM_FOLDERS.has(name);
}

/** Whether one of the root's globs is for this entry; not whether one is for a folder above it. */
export function createExclusion({ path: root, exclude }: LibraryRoot): (path: string) => boolean {
  const matchers = exclude.map((glob) => ({
    matches: picomatch(glob.replace(/\/+$/, ""), { dot: true }),
    byName: !glob.replace(/\/+$/, "").includes("/"),
  }));
  return (path) => matchers.some(({ matches, byName }) => matches(byName ? fileName(path) : relative(root, path).replaceAll("\\", "/")));
}

/** Whether a walk of the root passes the path by: it or a folder on the way to it is left out by its name. */
export function createLeftOut(root: LibraryRoot): (path: string) => boolean {
  const isExcluded = createExclusion(root);
  return (path) => {
    for (let entry = path; entry !== root.path && isWithin(entry, root.path); entry = dirname(entry))
      if (isHidden(basename(entry)) || isExcluded(entry)) return true;
    return false;
  };
}

/** Whether a walk of one of the roots comes by the path. */
export function createReach(roots: readonly LibraryRoot[]): (path: string) => boolean {
  const ways = roots.map((root) => ({ root: root.path, isLeftOut: createLeftOut(root) }));
  return (path) => ways.some(({ root, isLeftOut }) => isWithin(path, root) && !isLeftOut(path));
}
