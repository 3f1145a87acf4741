/**
 * A library in a database that many machines share.
 */
import { type FaultCode, UserError } from "../core/errors.ts";
import type { LibraryServerPlace } from "../core/library/library-place.ts";
import type { TableSource, TableTarget } from "../core/library/library-tables.ts";
import { explainServerError } from "../io/shared-library/faults.ts";
import type { ServerLock } from "../io/shared-library/lock.ts";
import { ServerLibrary } from "../io/shared-library/server-library.ts";
import type { LibraryAccess, OpenLibrary, Pause, Work } from "./library-access.ts";

export class ServerAccess implements LibraryAccess {
  readonly #place: LibraryServerPlace;

  constructor(place: LibraryServerPlace) {
    this.#place = place;
  }

  /** Others may add at the same time: they share the work. */
  async toAdd<Result>(threads: number | undefined, _pause: Pause, work: Work<Result>): Promise<Result> {
    return closing(await ServerLibrary.open(this.#place, threads), (library) => locking(library.lockForAdding(), () => work(library)));
  }

  async toChange<Result>(threads: number | undefined, pause: Pause, work: Work<Result>): Promise<Result> {
    return closing(await ServerLibrary.openExisting(this.#place, threads), (library) =>
      locking(library.lockForChanging(pause), () => work(library)),
    );
  }

  async toRead<Result>(work: Work<Result>): Promise<Result> {
    return closing(await ServerLibrary.openForReading(this.#place), work);
  }

  /** A server looks after its own pages. */
  toExamine<Result>(work: Work<Result>): Promise<Result> {
    return this.toRead(work);
  }

  async tables<Result>(pause: Pause, work: (tables: TableSource) => Promise<Result>): Promise<Result> {
    const library = await ServerLibrary.openExisting(this.#place);
    return closing(library, () => locking(library.lockForChanging(pause), () => work(library.tables())));
  }

  async newTables<Result>(pause: Pause, work: (tables: TableTarget) => Promise<Result>): Promise<Result> {
    const library = await ServerLibrary.open(this.#place);
    return closing(library, () => locking(library.lockForChanging(pause), () => work(library.tables())));
  }

  async toCompare(threads: number): Promise<OpenLibrary | null> {
    const library = await ServerLibrary.openExisting(this.#place, threads);
    try {
      const lock = (await library.mayBeWritten()) ? await library.lockForComparing() : null;
      if (lock === null) {
        await library.close();
        return null;
      }
      return {
        library,
        close: async () => {
          await lock.release();
          await library.close();
        },
      };
    } catch (error) {
      await library.close();
      throw error;
    }
  }

  /** Where the server cannot be reached, nobody else works on the library either. */
  async locked<Result>(pause: Pause, work: () => Promise<Result>): Promise<Result> {
    const library = await this.#orNothing(() => ServerLibrary.openForReading(this.#place));
    if (library === null) return work();
    return closing(library, () => locking(library.lockForChanging(pause), work));
  }

  explain(error: unknown): Error | null {
    return explainServerError(error, this.#place.name);
  }

  async #orNothing(open: () => Promise<ServerLibrary>): Promise<ServerLibrary | null> {
    try {
      return await open();
    } catch (error) {
      const fault = this.explain(error) ?? error;
      if (fault instanceof UserError && NOBODY_IS_THERE.has(fault.code)) return null;
      throw error;
    }
  }
}

const NOBODY_IS_THERE: ReadonlySet<FaultCode> = new Set<FaultCode>(["server-unreachable", "server-database-missing", "library-missing"]);

async function locking<Result>(taking: Promise<ServerLock>, work: () => Promise<Result>): Promise<Result> {
  const lock = await taking;
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function closing<Result>(library: ServerLibrary, work: (library: ServerLibrary) => Promise<Result>): Promise<Result> {
  try {
    return await work(library);
  } finally {
    await library.close();
  }
}
