/**
 * The files that a library consists of or knows: none of them is a place for a command's answer.
 */
import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { FilePlace } from "../output-place.ts";
import { listed } from "../photos/folders.ts";
import { fileIdOf } from "../photos/photo-file.ts";
import type { Sqlite } from "./sqlite.ts";

/**
 * Behind the library's name: SQLite's own files, the lock and its, the vectors of each encoder and what is made of them; and what the user
 * did and decided.
 */
const PARTS = /^(-(wal|shm|journal|vectors-.*)|\.lock(-.*)?|\.(history|decisions|review|reported)\.jsonl|)$/;

/** By whatever name, link or hard link, and also where such a file is yet to be made. */
export function isPartOfLibrary({ path, now }: FilePlace, library: string): boolean {
  return [library, realOrSame(library)].some((name) => {
    const folder = realOrSame(dirname(name));
    const isPart = (file: string) => file.startsWith(basename(name)) && PARTS.test(file.slice(basename(name).length));
    if (dirname(path) === folder && isPart(basename(path))) return true;
    return now !== null && listed(folder).some((file) => isPart(file) && idAt(join(folder, file)) === now.fileId);
  });
}

export class KnownFiles {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  /** @returns the photo, sidecar or skipped file that stands at the place, as the library has its path; null for none */
  at(path: string, fileId: string | null): string | null {
    const named = this.#db
      .prepare<{ readonly path: string }, string>(
        `SELECT path FROM photo WHERE path = :path UNION SELECT path FROM pending WHERE path = :path
         UNION SELECT path FROM skipped WHERE path = :path UNION SELECT path FROM side_file WHERE path = :path`,
      )
      .pluck()
      .get({ path });
    return named ?? (fileId === null ? null : this.#withId(fileId));
  }

  /** A number that a photo had may be another file's by now: only what the photo's path leads to today counts. */
  #withId(fileId: string): string | null {
    const paths = this.#db
      .prepare<{ readonly fileId: string }, string>(
        "SELECT path FROM photo WHERE file_id = :fileId UNION SELECT path FROM pending WHERE file_id = :fileId",
      )
      .pluck()
      .all({ fileId });
    return paths.find((path) => idAt(path) === fileId) ?? null;
  }
}

function realOrSame(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path; // not there yet
  }
}

/** Device and inode of what the path leads to; null where nothing is. */
export function idAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : fileIdOf(stats);
}
