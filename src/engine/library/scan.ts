/**
 * Brings the library up to date with folders.
 */
import type { LibraryRoot } from "../../core/library/contents.ts";
import type { ScanResult } from "../../core/library/scan-result.ts";
import type { Run } from "../../core/run.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { noteSuccession, ownModel } from "../choose-encoder.ts";
import { type Locations, withLockedLibrary } from "../open-library.ts";
import type { Effort } from "../workbench.ts";
import { updateLibrary } from "./update-library.ts";

export interface ScanChoice extends Locations, Effort {
  readonly roots: readonly LibraryRoot[];
  /** Null for the library's own. */
  readonly model: string | null;
}

/** Makes the library where there is none. */
export async function scanFolders(
  { library: place, models, roots, model, threads, maxMegapixels }: ScanChoice,
  run: Run,
): Promise<ScanResult> {
  const store = new ModelStore(models);
  // One that is named is opened first: a set-up fault is told before a library is made.
  const named = model === null ? null : await store.open(model);
  return withLockedLibrary({ library: place, threads }, run, async (library) => {
    const encoder = named ?? (await store.open(await ownModel(library)));
    await noteSuccession(library, store, encoder.spec.id, run);
    return updateLibrary(library, place, encoder, roots, { threads, maxMegapixels }, run);
  });
}
