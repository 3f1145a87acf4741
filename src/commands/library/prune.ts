/**
 * `dupfind prune`: forgets photos that are gone, and never because a drive is.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { LibraryRoot } from "../../core/library/contents.ts";
import type { KnownPlace, PrunePlan } from "../../core/library/library-status.ts";
import type { PruneStore } from "../../core/library/prune-store.ts";
import { Devices } from "../../io/photos/devices.ts";
import { fileIdAt, holdsAnything } from "../../io/photos/folders.ts";
import { createPresence } from "../../io/photos/presence.ts";
import { renderPruneJson, renderPruneText } from "../../render/library/status.ts";
import type { Host } from "../host.ts";
import { withLockedExistingLibrary } from "../open-library.ts";
import type { PruneSettings } from "./settings.ts";

/** Fewer losses than this are a clean-up, whatever share of the folder they are. */
const LOSSES_TO_DOUBT = 10;

export async function runPrune(settings: PruneSettings, host: Host): Promise<ExitCode> {
  const { dryRun, force } = settings;
  const plan = await withLockedExistingLibrary(settings, host, async (library): Promise<PrunePlan> => {
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
  if (settings.json) host.write(renderPruneJson(plan, dryRun));
  else if (!settings.quiet) host.write(renderPruneText(plan, dryRun));
  return EXIT.ok;
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
