/**
 * Opens the library for a piece of work and closes it whatever happens.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { ModelSettings } from "../core/encoders/ports.ts";
import { UserError } from "../core/errors.ts";
import type { LibraryPlace } from "../core/library/library-place.ts";
import type { TableSource, TableTarget } from "../core/library/library-tables.ts";
import type { Run } from "../core/run.ts";
import type { LibraryAccess, OpenLibrary, Pause, Work } from "./library-access.ts";

const ASK_AGAIN_MS = 100;
/** From here on it is no moment any more, and told. */
const TELL_AFTER_MS = 1_000;

/** Where the library and its encoders lie. */
export interface Locations {
  readonly library: LibraryPlace;
  readonly models: ModelSettings;
}

interface Writing extends Pick<Locations, "library"> {
  /** Processors that a comparison may use. */
  readonly threads?: number;
}

type Waiting = Pick<Run, "onNotice" | "signal">;

/** For what adds to it: makes the library where there is none, and keeps other writers out. */
export function withLockedLibrary<Result>({ library, threads }: Writing, run: Waiting, work: Work<Result>): Promise<Result> {
  return explained(library, (access) => access.toAdd(threads, createPause(run), work));
}

/** For what writes to what is there: keeps other writers out, and makes no library. */
export function withLockedExistingLibrary<Result>({ library, threads }: Writing, run: Waiting, work: Work<Result>): Promise<Result> {
  return explained(library, (access) => access.toChange(threads, createPause(run), work));
}

/** For what reads an existing library. */
export function withLibrary<Result>(library: LibraryPlace, work: Work<Result>): Promise<Result> {
  return explained(library, (access) => access.toRead(work));
}

/** For what reads an existing library after looking at every page of it. */
export function withWholeLibrary<Result>(library: LibraryPlace, work: Work<Result>): Promise<Result> {
  return explained(library, (access) => access.toExamine(work));
}

/** For what writes what it found, but for a dry run. */
export function withLibraryUnlessDry<Result>(
  settings: Writing & { readonly dryRun: boolean },
  run: Waiting,
  work: Work<Result>,
): Promise<Result> {
  return settings.dryRun ? withLibrary(settings.library, work) : withLockedExistingLibrary(settings, run, work);
}

/** Keeps other writers out of the library, be it there or not, and opens nothing. */
export function withLock<Result>(library: LibraryPlace, run: Waiting, work: () => Promise<Result>): Promise<Result> {
  return explained(library, (access) => access.locked(createPause(run), work));
}

/** For copying the library as it stands, from one place to another. */
export function withTables<Result>(
  { from, to }: { readonly from: LibraryPlace; readonly to: LibraryPlace },
  run: Waiting,
  work: (source: TableSource, target: TableTarget) => Promise<Result>,
): Promise<Result> {
  return explained(from, (source) =>
    source.tables(createPause(run), (tables) =>
      explained(to, (target) => target.newTables(createPause(run), (newTables) => work(tables, newTables))),
    ),
  );
}

/** Null while another process is at it, and where the library may not be written to. To be closed whatever happens. */
export function openToCompare(library: LibraryPlace, threads: number): Promise<OpenLibrary | null> {
  return explained(library, (access) => access.toCompare(threads));
}

async function explained<Result>(library: LibraryPlace, work: (access: LibraryAccess) => Promise<Result>): Promise<Result> {
  const access = await accessTo(library);
  try {
    return await work(access);
  } catch (error) {
    throw access.explain(error) ?? error;
  }
}

async function accessTo(place: LibraryPlace): Promise<LibraryAccess> {
  const access = await accessToEngine(place);
  if (place.volumes.length === 0) return access;
  const { VolumeAccess } = await import("./library-volume-access.ts");
  return new VolumeAccess(access, place.volumes);
}

/** Loads the engine with the first library that lives in it. */
async function accessToEngine(place: LibraryPlace): Promise<LibraryAccess> {
  switch (place.kind) {
    case "file": {
      const { FileAccess } = await import("./library-file-access.ts");
      return new FileAccess(place);
    }
    case "server": {
      const { ServerAccess } = await import("./library-server-access.ts");
      return new ServerAccess(place);
    }
  }
}

/** Waits for a comparison, says so once where it lasts, and no longer than whoever asked for the work. */
function createPause({ onNotice, signal }: Waiting): Pause {
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
