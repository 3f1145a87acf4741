/**
 * Opens the library for a command and closes it whatever happens.
 */
import { LibraryDatabase } from "../io/library-database.ts";
import { explainDatabaseError, lockLibrary } from "../io/sqlite.ts";

/** For a scan: makes the library where there is none, and keeps other writers out. */
export function withLockedLibrary<Result>(path: string, work: (library: LibraryDatabase) => Promise<Result>): Promise<Result> {
  return explained(path, () => locked(path, () => closing(LibraryDatabase.open(path), work)));
}

/** For commands that write to what is there: keeps other writers out, and makes no library. */
export function withLockedExistingLibrary<Result>(path: string, work: (library: LibraryDatabase) => Promise<Result>): Promise<Result> {
  return explained(path, () => closing(LibraryDatabase.openExisting(path), (library) => locked(path, () => work(library))));
}

/** For commands that read an existing library. */
export function withLibrary<Result>(path: string, work: (library: LibraryDatabase) => Promise<Result>): Promise<Result> {
  return explained(path, () => closing(LibraryDatabase.openExisting(path), work));
}

async function locked<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = lockLibrary(path);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function closing<Result>(library: LibraryDatabase, work: (library: LibraryDatabase) => Promise<Result>): Promise<Result> {
  try {
    return await work(library);
  } finally {
    library.close();
  }
}

async function explained<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explainDatabaseError(error, path) ?? error;
  }
}
