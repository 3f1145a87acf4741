/**
 * Opens a library's file, after a look at whether it is one: a file of another program's is neither written to nor locked.
 */
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { UserError } from "../../core/errors.ts";
import { fileKind } from "../../core/photos/file-kinds.ts";
import { makeFolder } from "../make-folder.ts";
import { errorCode, isReadOnlyFault } from "../system-errors.ts";
import { Database, type Sqlite } from "./better-sqlite3.ts";
import { SCHEMA_STEPS } from "./schema.ts";

/** Says in the file's header whose it is: "dupf" in ASCII (SQLite's `PRAGMA application_id`). */
export const APPLICATION_ID = 0x64757066;

/** Room for seven vectors of 512 dimensions; a page of the default 4 kB would hold one and waste half. */
const PAGE_BYTES = 16_384;
const WAIT_FOR_WRITER_MS = 10_000;
/** Where there is none, or none that can be opened. */
export const CANNOT_OPEN = "The library cannot be opened";
const MAGIC = "SQLite format 3\0";
/** Where the header of an SQLite file has these numbers, big-endian (sqlite.org/fileformat2.html, section 1.3). */
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/** `blank`: there, but nothing is in it yet. `unstamped`: made before libraries carried an application id. */
type Identity = "absent" | "blank" | "library" | "unstamped";

/** A library's file that is open, and what closes it. */
export interface OpenLibraryFile {
  readonly db: Sqlite;
  close(): void;
}

/** Opens the library to write to it, making it where there is none. */
export function openLibraryFile(path: string): OpenLibraryFile {
  identify(path);
  makeFolder(dirname(path), "library-folder-unmakeable");
  return openForWriting(path);
}

/** @throws {UserError} when there is no library yet. */
export function openExistingLibraryFile(path: string): OpenLibraryFile {
  requireExisting(path);
  return openForWriting(path);
}

/**
 * Opens the library for a command that only reads, once it has the tables of today. Where its folder, its disk or itself may not be written to, a copy in the
 * system's folder for temporary files is read: a library in write-ahead mode cannot be read without files beside it.
 * @throws {UserError} when there is no library yet.
 */
export function openLibraryForReading(path: string): OpenLibraryFile {
  if (requireExisting(path) !== "blank") upgradeWhereWritable(path);
  try {
    return openReadOnly(path);
  } catch (error) {
    if (!isReadOnlyFault(error)) throw error;
    return openCopy(path);
  }
}

/** @throws {UserError} when the file is another program's, or no database */
export function requireLibraryOrNothing(path: string): void {
  identify(path);
}

/** What is read has the tables of today: whoever updates dupfind reads on, without a scan in between. */
function upgradeWhereWritable(path: string): void {
  if (storedVersion(path) >= SCHEMA_STEPS.length) return;
  try {
    openForWriting(path).close();
  } catch (error) {
    if (!isReadOnlyFault(error)) throw error; // or else it is said by whoever opens it to read
  }
}

function requireExisting(path: string): Identity {
  const identity = identify(path);
  if (identity === "absent" && !existsSync(dirname(path))) {
    throw new UserError("library-missing", `${CANNOT_OPEN} (${path}: its folder does not exist)`);
  }
  if (identity === "absent" || (identity === "blank" && !existsSync(`${path}-wal`))) {
    throw new UserError(
      "library-missing",
      `${CANNOT_OPEN} (${path}: ${identity === "absent" ? "there is no such file" : "the file is empty"})`,
    );
  }
  return identity;
}

/** From the file's first bytes alone, so that nothing is made beside it. */
function identify(path: string): Identity {
  const head = readHead(path);
  if (head === null) return "absent";
  if (head.length === 0 && fileKind(path) === "photo")
    throw new UserError("not-a-library", `${path} is a photo by its name, though an empty one`);
  if (head.length === 0) return "blank";
  if (head.length < 100 || head.toString("latin1", 0, MAGIC.length) !== MAGIC) {
    throw new UserError("not-a-library", `${path} is not a dupfind library`);
  }
  const id = head.readUInt32BE(APPLICATION_ID_AT);
  if (id === APPLICATION_ID) return "library";
  // What tables there are is said on the first page, where the library's fit.
  const tables = head.toString("latin1");
  if (id === 0 && OWN_TABLES.every((table) => tables.includes(table))) return "unstamped";
  if (id === 0 && head.readUInt32BE(USER_VERSION_AT) === 0 && !/CREATE (TABLE|INDEX|VIEW|VIRTUAL)/i.test(tables)) return "blank";
  throw new UserError("not-a-library", `${path} is another program's database`);
}

const OWN_TABLES = ["CREATE TABLE setting", "CREATE TABLE encoder", "CREATE TABLE embedding", "CREATE TABLE side_file"] as const;

/** Null where there is no such file. */
function readHead(path: string): Buffer | null {
  let file: number;
  try {
    if (statSync(path).isDirectory()) throw new UserError("library-is-folder", `${path} is a folder, not a library`);
    file = openSync(path, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return null;
    throw error instanceof UserError
      ? error
      : new UserError("library-missing", `${CANNOT_OPEN} (${(error as Error).message})`, { cause: error });
  }
  try {
    const head = Buffer.alloc(PAGE_BYTES);
    return head.subarray(0, readSync(file, head, 0, PAGE_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

function storedVersion(path: string): number {
  return readHead(path)?.readUInt32BE(USER_VERSION_AT) ?? 0;
}

function openForWriting(path: string): OpenLibraryFile {
  const db = new Database(path, { timeout: WAIT_FOR_WRITER_MS });
  try {
    refuseOthers(db, path);
    db.pragma(`page_size = ${PAGE_BYTES}`);
    // A reader never waits for the scan; with NORMAL a power cut can undo the last commits but cannot tear the file.
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
    db.pragma("foreign_keys = ON");
    db.pragma("cell_size_check = ON");
    if (schemaVersion(db) < SCHEMA_STEPS.length || applicationId(db) === 0) bringUpToDate(db);
    return { db, close: () => db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

function openReadOnly(path: string): OpenLibraryFile {
  const db = new Database(path, { timeout: WAIT_FOR_WRITER_MS, fileMustExist: true });
  try {
    // Not the file's own read-only mode: that would leave the files of write-ahead mode behind.
    db.pragma("query_only = ON");
    db.pragma("cell_size_check = ON");
    refuseOthers(db, path);
    if (schemaVersion(db) < SCHEMA_STEPS.length) {
      throw new UserError("library-older", `${path} was written by an earlier dupfind, and is read-only, so it cannot be upgraded`);
    }
    return { db, close: () => db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

function openCopy(path: string): OpenLibraryFile {
  const folder = mkdtempSync(join(tmpdir(), "dupfind-library-"));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, "library.db");
    copyFileSync(path, copy);
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    const { db, close } = openReadOnly(copy);
    return {
      db,
      close: () => {
        close();
        discard();
      },
    };
  } catch (error) {
    discard();
    throw error;
  }
}

/** What the first page does not tell, such as tables that are still in the write-ahead file. */
function refuseOthers(db: Sqlite, path: string): void {
  const version = schemaVersion(db);
  if (version > SCHEMA_STEPS.length) {
    throw new UserError(
      "library-newer",
      `${path} was written by a newer dupfind (its format is ${version}, this one reads ${SCHEMA_STEPS.length})`,
    );
  }
  const id = applicationId(db);
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  if (id !== APPLICATION_ID && (id !== 0 || (tables.length > 0 && !tables.includes("side_file")))) {
    throw new UserError("not-a-library", `${path} is another program's database`);
  }
}

/** Two processes may meet an empty or an older file at once: the second finds the work done when its turn comes. */
function bringUpToDate(db: Sqlite): void {
  db.transaction(() => {
    for (const step of SCHEMA_STEPS.slice(schemaVersion(db))) db.exec(step);
    db.pragma(`user_version = ${SCHEMA_STEPS.length}`);
    db.pragma(`application_id = ${APPLICATION_ID}`);
  }).immediate();
}

function schemaVersion(db: Sqlite): number {
  return db.pragma("user_version", { simple: true }) as number;
}

function applicationId(db: Sqlite): number {
  return db.pragma("application_id", { simple: true }) as number;
}
