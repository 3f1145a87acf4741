/**
 * What tells that a file is still the one that was read, without opening it again.
 */

/** What a stat says of a file's state. */
export interface FileStamp {
  readonly bytes: number;
  /** Modification time, milliseconds since 1970 with the fraction the file system keeps. Any program can set it. */
  readonly modifiedMs: number;
  /**
   * When the file was last written to, renamed or given other rights (POSIX ctime), in the same unit; no program can set it. Null where the
   * system keeps none, or nobody asked for it.
   */
  readonly changedMs: number | null;
  /** Device and inode: two paths with one id are one file. */
  readonly fileId: string;
}

/**
 * `doubtful`: size and time are as they were, but the file was renamed, copied or touched otherwise since. It may hold the same bytes, and
 * only reading it tells.
 */
export type StampComparison = "same" | "doubtful" | "other";

/**
 * An inode alone says little: network drives and FAT number files anew whenever they are mounted. It counts where there is no time of
 * change to go by.
 */
export function compareStamps(known: FileStamp, now: FileStamp): StampComparison {
  if (known.bytes !== now.bytes || known.modifiedMs !== now.modifiedMs) return "other";
  const isSame =
    known.changedMs === null || now.changedMs === null ? inodeOf(known.fileId) === inodeOf(now.fileId) : known.changedMs === now.changedMs;
  return isSame ? "same" : "doubtful";
}

function inodeOf(fileId: string): string {
  return fileId.slice(fileId.indexOf(":") + 1);
}
