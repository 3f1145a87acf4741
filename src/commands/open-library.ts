/**
 * Opens the library for a command and closes it whatever happens.
 */
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../core/errors.ts";
import type { Library } from "../core/library-port.ts";
import { requireLibraryOrNothing } from "../io/library/library-file.ts";
import { explainDatabaseError, lockLibrary } from "../io/library/sqlite.ts";
import { SqliteLibrary } from "../io/library/sqlite-library.ts";
import type { Host } from "./host.ts";
import type { CommonSettings } from "./settings.ts";

const ASK_AGAIN_MS = 100;
/** From here on it is no moment any more, and told. */
const TELL_AFTER_MS = 1_000;

interface Writing extends Pick<CommonSettings, "library" | "quiet"> {
  /** Processors that a comparison may use. */
  readonly threads?: number;
}

/** For a scan: makes the library where there is none, and keeps other writers out. */
export function withLockedLibrary<Result>(settings: Writing, host: Host, work: (library: Library) => Promise<Result>): Promise<Result> {
  const path = settings.library;
  return explained(path, () => {
    requireLibraryOrNothing(path); // before a lock is made beside a file that is none
    return locked(settings, host, () => closing(SqliteLibrary.open(path, settings.threads), whole(work)));
  });
}

/** For commands that write to what is there: keeps other writers out, and makes no library. */
export function withLockedExistingLibrary<Result>(
  settings: Writing,
  host: Host,
  work: (library: Library) => Promise<Result>,
): Promise<Result> {
  const path = settings.library;
  return explained(path, () =>
    closing(SqliteLibrary.openExisting(path, settings.threads), (library) => locked(settings, host, () => whole(work)(library))),
  );
}

/** For commands that read an existing library. */
export function withLibrary<Result>(path: string, work: (library: Library) => Promise<Result>): Promise<Result> {
  return explained(path, () => closing(SqliteLibrary.openForReading(path), work));
}

/** For commands that write what they found, but for a dry run. */
export function withLibraryUnlessDry<Result>(
  settings: Writing & { readonly dryRun: boolean },
  host: Host,
  work: (library: Library) => Promise<Result>,
): Promise<Result> {
  return settings.dryRun ? withLibrary(settings.library, work) : withLockedExistingLibrary(settings, host, work);
}

async function locked<Result>({ library, quiet }: Writing, host: Host, work: () => Promise<Result>): Promise<Result> {
  const lock = await lockLibrary(library, createPause(quiet, host));
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

/** Waits for a comparison, says so once where it lasts, and no longer than the user does. */
function createPause(quiet: boolean, host: Host): () => Promise<void> {
  const begun = performance.now();
  let isTold = quiet;
  return async () => {
    if (host.stop.aborted) throw new UserError("stopped", "Stopped while another dupfind compared what is new in the library");
    if (!isTold && performance.now() - begun > TELL_AFTER_MS) {
      host.writeError("dupfind: waiting until another command has compared what is new in the library.\n");
      isTold = true;
    }
    await wait(ASK_AGAIN_MS);
  };
}
