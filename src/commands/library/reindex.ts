/**
 * `dupfind reindex --model <id>`: moves the library to another encoder. The old vectors stay and serve until the new ones
 * are complete, and after that for whoever names the old encoder.
 */
import { type DriftCheck, type Versions, versionChanges } from "../../core/drift/drift.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { readVersions } from "../../io/drift/versions.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import type { LibraryDatabase } from "../../io/library/sqlite-library.ts";
import { holdsAnything } from "../../io/photos/folders.ts";
import { renderReindexJson, renderReindexText } from "../../render/library/scan-summary.ts";
import { counted } from "../../render/words.ts";
import type { Host } from "../host.ts";
import { withLockedExistingLibrary } from "../open-library.ts";
import type { ReindexSettings } from "./settings.ts";
import { scanCode, tellOfLostRoots, updateLibrary } from "./update-library.ts";

export async function runReindex(settings: ReindexSettings, host: Host): Promise<ExitCode> {
  const encoder = await new ModelStore(settings.models).open(settings.model);
  const { result, move } = await withLockedExistingLibrary(settings, host, async (library) => {
    const known = library.roots();
    const roots = known.filter(({ path }) => holdsAnything(path));
    if (roots.length === 0)
      throw new UserError("None of the library's folders can be read", "Connect their drives, or run dupfind scan <folder>");
    if (settings.rebuild) discardVectors(library, encoder, known.length - roots.length, readVersions(host.nodeVersion));
    const done = await updateLibrary(library, encoder, { ...settings, roots }, host);
    const absent = known.filter((root) => !roots.includes(root)).map(({ path }) => path);
    const withoutVector = library.withoutVectorCount(encoder);
    // What is known of a photo came from reading it: until it can be read again, only the old encoder has its vector.
    const moved = done.finished && done.compared && absent.length === 0 && withoutVector === 0;
    if (moved) library.setDefaultModel(settings.model);
    return { result: done, move: { moved, absent, withoutVector } };
  });
  if (settings.json) host.write(renderReindexJson(result, settings.model, move));
  else if (!settings.quiet) host.write(renderReindexText(result, settings, move));
  tellOfLostRoots(result, host);
  const code = scanCode(result, settings.strict, host);
  return code === EXIT.ok && !move.moved ? EXIT.photosNotCompared : code;
}

/**
 * Where all vectors were made by this decoder and this runtime, and no check found that they drift all the same, they are
 * kept: those of a reindex that was stopped.
 * @throws {UserError} when a folder is away: its photos would lose their vectors with nothing in their place
 */
function discardVectors(library: LibraryDatabase, encoder: ChosenEncoder, absentRoots: number, versions: Versions): void {
  const checks = library.canariesOf(encoder).checks();
  const isOfNow = ({ verdict, versions: then }: DriftCheck) =>
    (verdict === "made" || verdict === "equal") && versionChanges(then, versions).length === 0;
  if (checks.length > 0 && checks.every(isOfNow)) return;
  if (absentRoots > 0)
    throw new UserError(
      `${counted(absentRoots, "folder")} of the library cannot be read, so no vector was discarded`,
      "Connect their drives first",
    );
  library.forgetVectors(encoder);
}
