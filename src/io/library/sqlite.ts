/**
 * The lock of a library, and what a fault of the database means to the user.
 */
import { dirname } from "node:path";
import { type FaultCode, UserError } from "../../core/errors.ts";
import { makeFolder } from "../make-folder.ts";
import { errorCode, isReadOnlyFault } from "../system-errors.ts";
import { Database, type Sqlite } from "./better-sqlite3.ts";
import { CANNOT_OPEN } from "./library-file.ts";

export type { Sqlite };

export interface LibraryLock {
  release(): void;
}

/**
 * Makes this process the only one that writes to the library.
 * @param pause called again and again while a command that reads the library compares what is new in it: that ends, and is
 * work that a scan need not do any more
 * @throws {UserError} `library-locked` when another process writes to it
 */
export async function lockLibrary(path: string, pause: () => Promise<void>): Promise<LibraryLock> {
  for (;;) {
    const taken = takeLockToWrite(path);
    if (!("heldFor" in taken)) return taken;
    if (taken.heldFor === "writing") throw lockedError(path, taken.cause);
    await pause();
  }
}

/**
 * For comparing in passing, as a report does: keeps writers waiting.
 * @returns null when another process writes or compares, and where no lock can be made because nothing may be written
 */
export function lockForComparing(path: string): LibraryLock | null {
  try {
    const taken = takeLock(path, "IMMEDIATE");
    return "heldFor" in taken ? null : taken;
  } catch (error) {
    if (isReadOnlyFault(error)) return null;
    throw error;
  }
}

function lockedError(path: string, cause: unknown): UserError {
  return new UserError("library-locked", `Another dupfind is working on ${path}`, { cause });
}

/**
 * Holds `<path>.lock` for this process. The system drops the lock with the process, however it ends, so that none is ever
 * left behind.
 * @throws {UserError} with the code and the message when another process holds it
 */
export function lockFile(path: string, code: "models-locked" | "vectors-locked", message: string): LibraryLock {
  const taken = takeLock(path, "EXCLUSIVE");
  if (!("heldFor" in taken)) return taken;
  throw new UserError(code, message, { cause: taken.cause });
}

/** @throws {UserError} where no lock can be made because nothing may be written */
function takeLockToWrite(path: string): LibraryLock | Held {
  try {
    return takeLock(path, "EXCLUSIVE");
  } catch (error) {
    if (!isReadOnlyFault(error)) throw error;
    throw new UserError(
      "library-folder-read-only",
      `The folder of the library ${path} may not be written to (${(error as Error).message})`,
      { cause: error },
    );
  }
}

interface Held {
  readonly heldFor: "writing" | "comparing";
  readonly cause: unknown;
}

/** An exclusive lock lets nobody read the file it is on, an immediate one does: so the one can be told from the other. */
function takeLock(path: string, kind: "EXCLUSIVE" | "IMMEDIATE"): LibraryLock | Held {
  makeFolder(dirname(path), "library-folder-unmakeable");
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

const DAMAGED = "The library is damaged";

export function damagedLibrary(path: string, fault: string): UserError {
  return new UserError("library-damaged", `${DAMAGED} (${path}: ${fault.trim()})`);
}

/** What to tell the user of a database fault; null when the error is not the database's. */
export function explainDatabaseError(error: unknown, path: string): UserError | null {
  if (!(error instanceof Database.SqliteError)) return null;
  const [code, what] = describe(error.code);
  return new UserError(code, `${what} (${path}: ${error.message})`, { cause: error });
}

type DatabaseFault = Extract<FaultCode, `library-${string}` | "not-a-library" | "database-failed">;

function describe(code: string): readonly [DatabaseFault, what: string] {
  if (code.startsWith("SQLITE_FULL")) return ["library-disk-full", "The disk with the library is full"];
  if (code.startsWith("SQLITE_CANTOPEN")) return ["library-missing", CANNOT_OPEN];
  if (code.startsWith("SQLITE_READONLY")) return ["library-read-only", "The library may not be written to"];
  if (code.startsWith("SQLITE_BUSY")) return ["library-busy", "The library is being written by another process"];
  if (code.startsWith("SQLITE_NOTADB")) return ["not-a-library", "The file is not a dupfind library"];
  if (code.startsWith("SQLITE_CORRUPT")) return ["library-damaged", DAMAGED];
  if (code.startsWith("SQLITE_IOERR")) return ["library-disk-failed", "The disk with the library failed"];
  return ["database-failed", "The library's database failed"];
}
