/**
 * Brings the library up to date with folders and files.
 */
import { NO_FILTER, type ScanFilter } from "../../core/library/scan-filter.ts";
import type { ScanResult } from "../../core/library/scan-result.ts";
import type { Run } from "../../core/run.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { createFilter } from "../../io/photos/exclusion.ts";
import { asParts, type ScanSources } from "../../io/photos/folders.ts";
import { loadUsearch } from "../../io/vectors/usearch.ts";
import { noteSuccession, ownModel } from "../choose-encoder.ts";
import { type Locations, withLockedLibrary } from "../open-library.ts";
import { type UpdateChoice, updateLibrary } from "./update-library.ts";

export interface ScanChoice extends Locations, UpdateChoice, ScanSources {
  /** Every photo, where it is left out. */
  readonly filter?: ScanFilter;
  /** Passes by what lies on other devices than its folder. */
  readonly oneFileSystem?: boolean;
  /** Null for the library's own. */
  readonly model: string | null;
}

/** Makes the library where there is none. */
export async function scanFolders(
  { library: place, models, roots, files, exclude, filter = NO_FILTER, oneFileSystem = false, model, ...effort }: ScanChoice,
  run: Run,
): Promise<ScanResult> {
  const store = new ModelStore(models);
  // What is missing is told before the long work, even where little is new and nothing would ask for it.
  if (effort.ann === true && place.kind === "file") await loadUsearch();
  // One that is named is opened first: a set-up fault is told before a library is made.
  const named = model === null ? null : await store.open(model);
  return withLockedLibrary({ library: place, threads: effort.threads }, run, async (library) => {
    const encoder = named ?? (await store.open(await ownModel(library)));
    if (effort.ann === true && place.kind === "server" && !(await library.pairsOf(encoder).hasNearestIndex())) await loadUsearch();
    await noteSuccession(library, store, encoder.spec.id, run);
    const scanned = asParts(roots, await library.roots());
    const accepts = createFilter(
      filter,
      scanned.map((root) => root.partOf ?? root.path),
    );
    return updateLibrary(library, place, encoder, { roots: scanned, files, exclude, accepts, oneFileSystem }, effort, run);
  });
}
