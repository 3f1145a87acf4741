/**
 * Opens SQLite files, and one lock per library. Only user of better-sqlite3.
 */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { EXIT, UserError } from "../core/errors.ts";
import { makeFolder } from "./make-folder.ts";
import { SCHEMA_STEPS } from "./schema.ts";
import { errorCode } from "./system-errors.ts";

export type Sqlite = Database.Database;

/** Room for seven vectors of 512 dimensions; a page of the default 4 kB would hold one and waste half. */
const PAGE_BYTES = 16_384;
const WAIT_FOR_WRITER_MS = 10_000;
const OTHER_FOLDER = "Check its rights and those of the folders above it, or name a library elsewhere with --db";
const CANNOT_OPEN = ["The library cannot be opened", "Run dupfind scan <folder> to make one, or name another with --db"] as const;

/** Opens the library, making it where there is none. */
export function openLibraryFile(path: string): Sqlite {
  makeFolder(dirname(path), OTHER_FOLDER);
  return settle(new Database(path, { timeout: WAIT_FOR_WRITER_MS }), path);
}

/** @throws {UserError} when there is no library yet. */
export function openExistingLibraryFile(path: string): Sqlite {
  // The database speaks of a missing folder in an error of another kind than of a missing file.
  if (!existsSync(dirname(path))) throw new UserError(`${CANNOT_OPEN[0]} (${path}: its folder does not exist)`, CANNOT_OPEN[1]);
  return settle(new Database(path, { timeout: WAIT_FOR_WRITER_MS, fileMustExist: true }), path);
}

function settle(db: Sqlite, path: string): Sqlite {
  db.pragma(`page_size = ${PAGE_BYTES}`);
  // A reader never waits for the scan; with NORMAL a power cut can undo the last commits but cannot tear the file.
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.pragma("foreign_keys = ON");
  const version = schemaVersion(db);
  if (version < SCHEMA_STEPS.length) addTables(db);
  else if (version > SCHEMA_STEPS.length) {
    db.close();
    throw new UserError(
      `${path} was written by a newer dupfind (its format is ${version}, this one reads ${SCHEMA_STEPS.length})`,
      "Use the dupfind that wrote it, or name a new library with --db",
    );
  }
  return db;
}

/** Two processes may meet an empty or an older file at once: the second finds the work done when its turn comes. */
function addTables(db: Sqlite): void {
  db.transaction(() => {
    for (const step of SCHEMA_STEPS.slice(schemaVersion(db))) db.exec(step);
    db.pragma(`user_version = ${SCHEMA_STEPS.length}`);
  }).immediate();
}

function schemaVersion(db: Sqlite): number {
  return db.pragma("user_version", { simple: true }) as number;
}

export interface LibraryLock {
  release(): void;
}

/**
 * Makes this process the only one that writes to the library.
 * @throws {UserError} with exit code 4 when another process holds it
 */
export function lockLibrary(path: string): LibraryLock {
  return lockFile(path, `Another dupfind is working on ${path}`, "Wait until it is done, or name another library with --db");
}

/**
 * Holds `<path>.lock` for this process. The system drops the lock with the process, however it ends, so that none is ever
 * left behind.
 * @throws {UserError} with exit code 4, the message and the hint when another process holds it
 */
export function lockFile(path: string, message: string, hint: string): LibraryLock {
  makeFolder(dirname(path), OTHER_FOLDER);
  const db = new Database(`${path}.lock`, { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (errorCode(error) !== "SQLITE_BUSY") throw error;
    throw new UserError(message, hint, { exitCode: EXIT.libraryLocked, cause: error });
  }
  return { release: () => db.close() };
}

/** What to tell the user of a database fault; null when the error is not the database's. */
export function explainDatabaseError(error: unknown, path: string): UserError | null {
  if (!(error instanceof Database.SqliteError)) return null;
  const [what, hint] = describe(error.code);
  return new UserError(`${what} (${path}: ${error.message})`, hint, { cause: error });
}

function describe(code: string): readonly [what: string, hint: string] {
  if (code.startsWith("SQLITE_FULL"))
    return ["The disk with the library is full", "Free some room and run the same command again: finished work is kept"];
  if (code.startsWith("SQLITE_CANTOPEN")) return CANNOT_OPEN;
  if (code.startsWith("SQLITE_READONLY"))
    return ["The library may not be written to", "Check the rights of the file and its folder, or name another with --db"];
  if (code.startsWith("SQLITE_BUSY"))
    return ["The library is being written by another process", "Wait until it is done and run the same command again"];
  if (code.startsWith("SQLITE_NOTADB")) return ["The file is no dupfind library", "Name another with --db"];
  if (code.startsWith("SQLITE_CORRUPT"))
    return ["The library is damaged", "Move it away and scan again: it holds nothing but what a scan finds"];
  if (code.startsWith("SQLITE_IOERR"))
    return ["The disk with the library failed", "Check the disk, and keep the library on a local one rather than on a network drive"];
  return ["The library's database failed", "Run the same command again; if it fails again, please report it"];
}
