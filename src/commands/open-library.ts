/**
 * Opens the library for a command and closes it whatever happens.
 */
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../core/errors.ts";
import { requireLibraryOrNothing } from "../io/library/library-file.ts";
import { explainDatabaseError, lockLibrary } from "../io/library/sqlite.ts";
import { LibraryDatabase } from "../io/library/sqlite-library.ts";
import type { Host } from "./host.ts";
import type { CommonSettings } from "./settings.ts";
import { stopCode } from "./stop-code.ts";

const ASK_AGAIN_MS = 100;
/** From here on it is no moment any more, and told. */
const TELL_AFTER_MS = 1_000;

type Writing = Pick<CommonSettings, "library" | "quiet">;

/** For a scan: makes the library where there is none, and keeps other writers out. */
export function withLockedLibrary<Result>(
  settings: Writing,
  host: Host,
  work: (library: LibraryDatabase) => Promise<Result>,
): Promise<Result> {
  const path = settings.library;
  return explained(path, () => {
    requireLibraryOrNothing(path); // before a lock is made beside a file that is none
    return locked(settings, host, () => closing(LibraryDatabase.open(path), whole(work)));
  });
}

/** For commands that write to what is there: keeps other writers out, and makes no library. */
export function withLockedExistingLibrary<Result>(
  settings: Writing,
  host: Host,
  work: (library: LibraryDatabase) => Promise<Result>,
): Promise<Result> {
  const path = settings.library;
  return explained(path, () =>
    closing(LibraryDatabase.openExisting(path), (library) => locked(settings, host, () => whole(work)(library))),
  );
}

/** For commands that read an existing library. */
export function withLibrary<Result>(path: string, work: (library: LibraryDatabase) => Promise<Result>): Promise<Result> {
  return explained(path, () => closing(LibraryDatabase.openForReading(path), work));
}

/** For commands that write what they found, but for a dry run. */
export function withLibraryUnlessDry<Result>(
  settings: Writing & { readonly dryRun: boolean },
  host: Host,
  work: (library: LibraryDatabase) => Promise<Result>,
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
function whole<Result>(work: (library: LibraryDatabase) => Promise<Result>): (library: LibraryDatabase) => Promise<Result> {
  return (library) => {
    library.requireWhole();
    return work(library);
  };
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

/** Waits for a comparison, says so once where it lasts, and no longer than the user does. */
function createPause(quiet: boolean, host: Host): () => Promise<void> {
  const begun = performance.now();
  let isTold = quiet;
  return async () => {
    if (host.stop.aborted)
      throw new UserError(
        "Stopped while waiting for another dupfind to compare new photos",
        "Nothing was changed; run the same command again",
        {
          exitCode: stopCode(host.stop),
        },
      );
    if (!isTold && performance.now() - begun > TELL_AFTER_MS) {
      host.writeError("dupfind: waiting for another command to compare new photos.\n");
      isTold = true;
    }
    await wait(ASK_AGAIN_MS);
  };
}
