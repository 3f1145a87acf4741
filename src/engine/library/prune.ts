/**
 * Forgets photos that are gone, and never because a drive is.
 */
import type { LibraryRoot } from "../../core/library/contents.ts";
import type { KnownPlace, PrunePlan } from "../../core/library/library-status.ts";
import type { PruneStore } from "../../core/library/prune-store.ts";
import type { Run } from "../../core/run.ts";
import { Devices } from "../../io/photos/devices.ts";
import { fileIdAt, holdsAnything } from "../../io/photos/folders.ts";
import { createPresence } from "../../io/photos/presence.ts";
import { type Locations, withLockedExistingLibrary } from "../open-library.ts";

/** Fewer losses than this are a clean-up, whatever share of the folder they are. */
const LOSSES_TO_DOUBT = 10;

export interface PruneChoice extends Pick<Locations, "library"> {
  /** Counts and forgets nothing. */
  readonly dryRun: boolean;
  /** Forgets what may be there all the same, too. */
  readonly force: boolean;
}

export async function pruneLibrary({ library: path, dryRun, force }: PruneChoice, run: Run): Promise<PrunePlan> {
  return withLockedExistingLibrary({ library: path }, run, async (library): Promise<PrunePlan> => {
    const store = library.pruning();
    const gone = new Set<string>();
    const unsure = new Set<string>();
    const guardedRoots: string[] = [];
    const roots = await library.roots();
    for (const root of roots) {
      const losses = await lossesBelow(root, store);
      if (losses.isDoubtful && !force) guardedRoots.push(root.path);
      else {
        for (const path of losses.lost) gone.add(path);
        for (const path of losses.unsure) (force ? gone : unsure).add(path);
      }
    }
    const goneRoots = force ? roots.map(({ path }) => path).filter((path) => fileIdAt(path) === "gone") : [];
    return { ...(await store.forget([...gone], goneRoots, { dryRun })), guardedRoots, unsure: unsure.size };
  });
}

interface Losses {
  readonly lost: readonly string[];
  /** The system knows of no such file, and of no drive that it lay on either. */
  readonly unsure: readonly string[];
  /** A drive may be away: the root is missing or empty, or most of its photos are gone at once. */
  readonly isDoubtful: boolean;
}

async function lossesBelow(root: LibraryRoot, store: PruneStore): Promise<Losses> {
  const devices = new Devices();
  const absent: KnownPlace[] = [];
  let known = 0;
  for await (const page of store.photosBelow(root.path)) {
    known += page.length;
    for (const photo of page) {
      const fileId = fileIdAt(photo.path);
      if (fileId === "gone") absent.push(photo);
      else if (fileId !== "unreadable") devices.note(photo.fileId, fileId);
    }
  }
  const presence = createPresence([{ ...root, exclude: [] }]);
  const lost: string[] = [];
  const unsure: string[] = [];
  for (const { path, fileId } of absent) {
    const why = await presence.whyUnmet({ path, root: root.path, devices: devices.of(fileId) });
    (why === "gone" ? lost : unsure).push(path);
  }
  const mostAreLost = absent.length >= LOSSES_TO_DOUBT && absent.length > known / 2;
  return { lost, unsure, isDoubtful: mostAreLost || !holdsAnything(root.path) };
}
