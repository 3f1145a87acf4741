/**
 * What a library has yet to do before "no duplicates" speaks of all its photos.
 */
import { isWithin, isWithinAny } from "../paths.ts";
import type { PhotoPath } from "../units.ts";

/** As one encoder sees it. */
export interface Unfinished {
  /** Photos that were found and not read, or that have no vector of this encoder; those that were skipped are left out. */
  readonly unread: readonly PhotoPath[];
  /** Roots whose walk is under way or broken off, or could not tell of each photo whether it is there. */
  readonly unwalked: readonly string[];
}

/** What is left to do, counted. */
export interface Backlog {
  readonly unreadCount: number;
  readonly unwalkedRoots: readonly string[];
  /** Embedded but not yet compared with the rest: their copies may be missing from the sets. */
  readonly uncomparedCount: number;
}

/** @param folders what lies outside does not count; empty for the whole library */
export function backlogOf({ unread, unwalked }: Unfinished, uncomparedCount: number, folders: readonly string[]): Backlog {
  return {
    unreadCount: unread.filter((path) => isWithinAny(path, folders)).length,
    unwalkedRoots: unwalked.filter((root) => isWithinAny(root, folders) || folders.some((folder) => isWithin(folder, root))),
    uncomparedCount,
  };
}

export function isFinished({ unreadCount, unwalkedRoots, uncomparedCount }: Backlog): boolean {
  return unreadCount === 0 && unwalkedRoots.length === 0 && uncomparedCount === 0;
}
