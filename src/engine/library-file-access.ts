/**
 * A library in a file on this machine.
 */
import type { LibraryFilePlace } from "../core/library/library-place.ts";
import type { TableSource, TableTarget } from "../core/library/library-tables.ts";
import { requireLibraryOrNothing } from "../io/library/library-file.ts";
import { explainDatabaseError, lockForComparing, lockLibrary } from "../io/library/sqlite.ts";
import { SqliteLibrary } from "../io/library/sqlite-library.ts";
import { isReadOnlyFault } from "../io/system-errors.ts";
import type { LibraryAccess, OpenLibrary, Pause, Work } from "./library-access.ts";

export class FileAccess implements LibraryAccess {
  readonly #path: string;

  constructor({ path }: LibraryFilePlace) {
    this.#path = path;
  }

  async toAdd<Result>(threads: number | undefined, pause: Pause, work: Work<Result>): Promise<Result> {
    requireLibraryOrNothing(this.#path); // before a lock is made beside a file that is none
    return this.locked(pause, () => closing(SqliteLibrary.open(this.#path, threads), whole(work)));
  }

  async toChange<Result>(threads: number | undefined, pause: Pause, work: Work<Result>): Promise<Result> {
    return closing(SqliteLibrary.openExisting(this.#path, threads), (library) => this.locked(pause, () => whole(work)(library)));
  }

  async toRead<Result>(work: Work<Result>): Promise<Result> {
    return closing(SqliteLibrary.openForReading(this.#path), work);
  }

  async toExamine<Result>(work: Work<Result>): Promise<Result> {
    return closing(SqliteLibrary.openForReading(this.#path), whole(work));
  }

  async tables<Result>(pause: Pause, work: (tables: TableSource) => Promise<Result>): Promise<Result> {
    return closing(SqliteLibrary.openExisting(this.#path), (library) => this.locked(pause, () => work(library.tables())));
  }

  async newTables<Result>(pause: Pause, work: (tables: TableTarget) => Promise<Result>): Promise<Result> {
    requireLibraryOrNothing(this.#path);
    return this.locked(pause, () => closing(SqliteLibrary.open(this.#path), (library) => work(library.tables())));
  }

  async toCompare(threads: number): Promise<OpenLibrary | null> {
    const lock = lockForComparing(this.#path);
    if (lock === null) return null;
    try {
      const library = SqliteLibrary.openExisting(this.#path, threads);
      return {
        library,
        close: async () => {
          await library.close();
          lock.release();
        },
      };
    } catch (error) {
      lock.release();
      if (isReadOnlyFault(error)) return null;
      throw error;
    }
  }

  async locked<Result>(pause: Pause, work: () => Promise<Result>): Promise<Result> {
    const lock = await lockLibrary(this.#path, pause);
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  explain(error: unknown): Error | null {
    return explainDatabaseError(error, this.#path);
  }
}

/** Nothing is added to a library with a torn page. */
function whole<Result>(work: Work<Result>): (library: SqliteLibrary) => Promise<Result> {
  return (library) => {
    library.requireWhole();
    return work(library);
  };
}

async function closing<Result>(library: SqliteLibrary, work: (library: SqliteLibrary) => Promise<Result>): Promise<Result> {
  try {
    return await work(library);
  } finally {
    await library.close();
  }
}
