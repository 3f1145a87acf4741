/**
 * Opens SQLite files, and one lock per library.
 */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { EXIT, UserError } from "../core/errors.ts";
import { Database, type Sqlite } from "./better-sqlite3.ts";
import { SCHEMA_STEPS } from "./schema.ts";
import { errorCode } from "./system-errors.ts";

export type { Sqlite };

/** Room for seven vectors of 512 dimensions; a page of the default 4 kB would hold one and waste half. */
const PAGE_BYTES = 16_384;
const WAIT_FOR_WRITER_MS = 10_000;
const CANNOT_OPEN = ["The library cannot be opened", "Run dupfind scan <folder> to make one, or name another with --db"] as const;

/** Opens the library, making it where there is none. */
export function openLibraryFile(path: string): Sqlite {
  mkdirSync(dirname(path), { recursive: true });
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
 * @param pause called again and again while a command that reads the library compares what is new in it: that ends, and is
 * work that a scan need not do any more
 * @throws {UserError} with exit code 4 when another process writes to it
 */
export async function lockLibrary(path: string, pause: () => Promise<void>): Promise<LibraryLock> {
  for (;;) {
    const taken = takeLock(path, "EXCLUSIVE");
    if (!("heldFor" in taken)) return taken;
    if (taken.heldFor === "writing") throw lockedError(path, taken.cause);
    await pause();
  }
}

/** For comparing in passing, as a report does: keeps writers waiting; null when another process writes or compares. */
export function lockForComparing(path: string): LibraryLock | null {
  const taken = takeLock(path, "IMMEDIATE");
  return "heldFor" in taken ? null : taken;
}

function lockedError(path: string, cause: unknown): UserError {
  return new UserError(`Another dupfind is working on ${path}`, "Wait until it is done, or name another library with --db", {
    exitCode: EXIT.libraryLocked,
    cause,
  });
}

/**
 * Holds `<path>.lock` for this process. The system drops the lock with the process, however it ends, so that none is ever
 * left behind.
 * @throws {UserError} with exit code 4, the message and the hint when another process holds it
 */
export function lockFile(path: string, message: string, hint: string): LibraryLock {
  const taken = takeLock(path, "EXCLUSIVE");
  if (!("heldFor" in taken)) return taken;
  throw new UserError(message, hint, { exitCode: EXIT.libraryLocked, cause: taken.cause });
}

interface Held {
  readonly heldFor: "writing" | "comparing";
  readonly cause: unknown;
}

/** An exclusive lock lets nobody read the file it is on, an immediate one does: so the one can be told from the other. */
function takeLock(path: string, kind: "EXCLUSIVE" | "IMMEDIATE"): LibraryLock | Held {
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(`${path}.lock`, { timeout: 0 });
  try {
    db.exec(`BEGIN ${kind}`);
    return { release: () => db.close() };
  } catch (error) {
    const heldFor = isReadable(db) ? "comparing" : "writing";
    db.close();
    if (errorCode(error) !== "SQLITE_BUSY") throw error;
    return { heldFor, cause: error };
  }
}

function isReadable(db: Sqlite): boolean {
  try {
    db.prepare("SELECT count(*) FROM sqlite_schema").get();
    return true;
  } catch {
    return false;
  }
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
