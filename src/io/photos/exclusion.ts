/**
 * What a walk leaves out by its name alone: hidden entries, those that a system keeps for itself, and what the user excluded.
 */
import { relative } from "node:path";
import picomatch from "picomatch";
import type { LibraryRoot } from "../../core/library/contents.ts";
import { fileName } from "../../core/paths.ts";

/** Folders that the system, a NAS or a photo program fills by itself; hidden ones start with a dot. */
const SYSTEM_FOLDERS = new Set(["@eaDir", "#recycle", "#snapshot", "$RECYCLE.BIN", "System Volume Information", "lost+found"]);

export function isHidden(name: string): boolean {
  return name.startsWith(".") || SYSTEM_FOLDERS.has(name);
}

/** Whether one of the root's globs is for this entry; not whether one is for a folder above it. */
export function createExclusion({ path: root, exclude }: LibraryRoot): (path: string) => boolean {
  const matchers = exclude.map((glob) => ({
    matches: picomatch(glob.replace(/\/+$/, ""), { dot: true }),
    byName: !glob.replace(/\/+$/, "").includes("/"),
  }));
  return (path) => matchers.some(({ matches, byName }) => matches(byName ? fileName(path) : relative(root, path).replaceAll("\\", "/")));
}
