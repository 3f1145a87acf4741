/**
 * Opens the library for a piece of work and closes it whatever happens.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { ModelSettings } from "../core/encoders/ports.ts";
import { UserError } from "../core/errors.ts";
import type { Library } from "../core/library-port.ts";
import type { Run } from "../core/run.ts";
import { requireLibraryOrNothing } from "../io/library/library-file.ts";
import { explainDatabaseError, lockLibrary } from "../io/library/sqlite.ts";
import { SqliteLibrary } from "../io/library/sqlite-library.ts";

const ASK_AGAIN_MS = 100;
/** From here on it is no moment any more, and told. */
const TELL_AFTER_MS = 1_000;

/** Where the library and its encoders lie. */
export interface Locations {
  /** Path of the library's file, absolute. */
  readonly library: string;
  readonly models: ModelSettings;
}

interface Writing extends Pick<Locations, "library"> {
  /** Processors that a comparison may use. */
  readonly threads?: number;
}

type Waiting = Pick<Run, "onNotice" | "signal">;

/** For what adds to it: makes the library where there is none, and keeps other writers out. */
export function withLockedLibrary<Result>(settings: Writing, run: Waiting, work: (library: Library) => Promise<Result>): Promise<Result> {
  const path = settings.library;
  return explained(path, () => {
    requireLibraryOrNothing(path); // before a lock is made beside a file that is none
    return locked(settings, run, () => closing(SqliteLibrary.open(path, settings.threads), whole(work)));
  });
}

/** For what writes to what is there: keeps other writers out, and makes no library. */
export function withLockedExistingLibrary<Result>(
  settings: Writing,
  run: Waiting,
  work: (library: Library) => Promise<Result>,
): Promise<Result> {
  const path = settings.library;
  return explained(path, () =>
    closing(SqliteLibrary.openExisting(path, settings.threads), (library) => locked(settings, run, () => whole(work)(library))),
  );
}

/** For what reads an existing library. */
export function withLibrary<Result>(path: string, work: (library: Library) => Promise<Result>): Promise<Result> {
  return explained(path, () => closing(SqliteLibrary.openForReading(path), work));
}

/** For what reads an existing library after looking at every page of it. */
export function withWholeLibrary<Result>(path: string, work: (library: Library) => Promise<Result>): Promise<Result> {
  return explained(path, () => closing(SqliteLibrary.openForReading(path), whole(work)));
}

/** For what writes what it found, but for a dry run. */
export function withLibraryUnlessDry<Result>(
  settings: Writing & { readonly dryRun: boolean },
  run: Waiting,
  work: (library: Library) => Promise<Result>,
): Promise<Result> {
  return settings.dryRun ? withLibrary(settings.library, work) : withLockedExistingLibrary(settings, run, work);
}

/** Keeps other writers out of the library, be it there or not, and opens nothing. */
export function withLock<Result>(library: string, run: Waiting, work: () => Promise<Result>): Promise<Result> {
  return explained(library, () => locked({ library }, run, work));
}

async function locked<Result>({ library }: Writing, run: Waiting, work: () => Promise<Result>): Promise<Result> {
  const lock = await lockLibrary(library, createPause(run));
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Nothing is added to a library with a torn page. */
function whole<Result>(work: (library: Library) => Promise<Result>): (library: SqliteLibrary) => Promise<Result> {
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

async function explained<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explainDatabaseError(error, path) ?? error;
  }
}

/** Waits for a comparison, says so once where it lasts, and no longer than whoever asked for the work. */
function createPause({ onNotice, signal }: Waiting): () => Promise<void> {
  const begun = performance.now();
  let isTold = false;
  return async () => {
    if (signal.aborted) throw new UserError("stopped", "Stopped while waiting for another dupfind to compare new photos");
    if (!isTold && performance.now() - begun > TELL_AFTER_MS) {
      onNotice({ kind: "waiting" });
      isTold = true;
    }
    await wait(ASK_AGAIN_MS);
  };
}
