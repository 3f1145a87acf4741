/**
 * Moves the library to another encoder. The old vectors stay and serve until the new ones are complete, and after that for whoever
 * names the old encoder.
 */
import { dirname } from "node:path";
import { type DriftCheck, type Versions, versionChanges } from "../../core/drift/drift.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import type { EncoderMove, ScanResult } from "../../core/library/scan-result.ts";
import type { Library } from "../../core/library-port.ts";
import type { Accepts } from "../../core/photos/ports.ts";
import type { Run } from "../../core/run.ts";
import { readVersions } from "../../io/drift/versions.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { createReach } from "../../io/photos/exclusion.ts";
import { holdsAnything } from "../../io/photos/folders.ts";
import { type Locations, withLockedExistingLibrary } from "../open-library.ts";
import { type UpdateChoice, updateLibrary } from "./update-library.ts";

export interface ReindexChoice extends Locations, UpdateChoice {
  readonly model: string;
  /** Discard the vectors that the encoder made before. */
  readonly rebuild: boolean;
}

/** @throws {UserError} when no folder of the library is there, or one is away and its vectors were to be discarded */
export async function reindexLibrary(
  { library: place, models, model, rebuild, looking, ...effort }: ReindexChoice,
  run: Run,
): Promise<{ readonly result: ScanResult; readonly move: EncoderMove }> {
  const encoder = await new ModelStore(models).open(model);
  return withLockedExistingLibrary({ library: place, threads: effort.threads }, run, async (library) => {
    const known = await library.roots();
    const isReached = createReach(known);
    const roots = known.filter(({ path: root }) => holdsAnything(root));
    if (roots.length === 0 && known.length > 0) throw new UserError("roots-absent", "None of the library's folders can be read");
    if (rebuild) await discardVectors(library, encoder, known.length - roots.length, readVersions());
    // Photos that were named one by one lie in no folder of the library; one that was skipped may be readable now.
    const [{ unread: unreadNow }, { skipped }] = [await library.unfinishedOf(encoder), await library.status()];
    const files = [...new Set([...unreadNow, ...skipped.map((file) => file.path)])].filter((photo) => !isReached(photo));
    const scope = { roots, files, exclude: [], accepts: await acceptsKnown(library), oneFileSystem: false };
    const result = await updateLibrary(library, place, encoder, scope, { ...effort, looking }, run);
    const absent = known.filter((root) => !roots.includes(root)).map(({ path: root }) => root);
    const withoutVector = await library.withoutVectorCount(encoder);
    // What is known of a photo came from reading it: until it can be read again, only the old encoder has its vector.
    const moved = result.finished && result.compared && absent.length === 0 && withoutVector === 0;
    const { unread } = withoutVector === 0 ? { unread: [] } : await library.unfinishedOf(encoder);
    const strays = unread.filter((photo) => !isReached(photo));
    if (moved) await library.setDefaultModel(model);
    return { result, move: { moved, absent, withoutVector, strays } };
  });
}

/** All but what a filter passed by when its folder was scanned: that is for a scan to take in. */
async function acceptsKnown(library: Library): Promise<Accepts> {
  const filtered = new Set<string>();
  for await (const page of library.passedBy()) for (const { path, reason } of page) if (reason === "by-filter") filtered.add(path);
  return ({ path }) => {
    if (filtered.size === 0) return true;
    for (let entry = path; entry !== dirname(entry); entry = dirname(entry)) if (filtered.has(entry)) return false;
    return true;
  };
}

/**
 * Where all vectors were made by this decoder and this runtime, and no check found that they drift all the same, they are
 * kept: those of a reindex that was stopped.
 * @throws {UserError} when a folder is away: its photos would lose their vectors with nothing in their place
 */
async function discardVectors(library: Library, encoder: ChosenEncoder, absentRoots: number, versions: Versions): Promise<void> {
  const checks = await library.canariesOf(encoder).checks();
  const isOfNow = ({ verdict, versions: then }: DriftCheck) =>
    (verdict === "made" || verdict === "equal") && versionChanges(then, versions).length === 0;
  if (checks.length > 0 && checks.every(isOfNow)) return;
  if (absentRoots > 0) {
    const folders = `${absentRoots} ${absentRoots === 1 ? "folder" : "folders"}`;
    throw new UserError("some-roots-absent", `${folders} of the library cannot be read, so no vector was discarded`);
  }
  await library.forgetVectors(encoder);
}
