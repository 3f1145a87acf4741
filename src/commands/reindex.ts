/**
 * `dupfind reindex --model <id>`: moves the library to another encoder. The old vectors stay and serve until the new ones
 * are complete, and after that for whoever names the old encoder.
 */
import { type DriftCheck, type Versions, versionChanges } from "../core/drift.ts";
import { EXIT, type ExitCode, UserError } from "../core/errors.ts";
import type { ChosenEncoder } from "../core/ports.ts";
import type { Host, ReindexSettings } from "../core/settings.ts";
import { holdsAnything } from "../io/folders.ts";
import type { LibraryDatabase } from "../io/library-database.ts";
import { ModelStore } from "../io/model-store.ts";
import { readVersions } from "../io/versions.ts";
import { renderReindexText, renderScanJson } from "../render/scan-summary.ts";
import { counted } from "../render/words.ts";
import { bringUpToDate } from "./bring-up-to-date.ts";
import { withLockedExistingLibrary } from "./open-library.ts";
import { stopCode } from "./stop-code.ts";

export async function runReindex(settings: ReindexSettings, host: Host): Promise<ExitCode> {
  const encoder = await new ModelStore(settings.models).install(settings.model);
  const { result, moved, absent } = await withLockedExistingLibrary(settings.library, async (library) => {
    const known = library.roots();
    const roots = known.filter(({ path }) => holdsAnything(path));
    if (roots.length === 0)
      throw new UserError("None of the library's folders is there to be read", "Connect their drives, or run dupfind scan <folder>");
    if (settings.anew) forgetVectors(library, encoder, known.length - roots.length, readVersions(host.nodeVersion));
    const done = await bringUpToDate(library, encoder, { ...settings, roots }, host);
    const complete = done.finished && done.compared && roots.length === known.length;
    if (complete) library.setDefaultModel(settings.model);
    return { result: done, moved: complete, absent: known.filter((root) => !roots.includes(root)).map(({ path }) => path) };
  });
  if (settings.json) host.write(renderScanJson(result));
  else if (!settings.quiet) host.write(renderReindexText(result, settings, moved, absent));
  if (host.stop.aborted) return stopCode(host.stop);
  return settings.strict && result.skipped > 0 ? EXIT.photosNotCompared : EXIT.ok;
}

/**
 * Where all vectors were made by this decoder and this runtime, and no check found that they drift all the same, they are
 * kept: those of a reindex that was stopped.
 * @throws {UserError} when a folder is away: its photos would lose their vectors with nothing in their place
 */
function forgetVectors(library: LibraryDatabase, encoder: ChosenEncoder, absentRoots: number, versions: Versions): void {
  const checks = library.canariesOf(encoder).checks();
  const isOfNow = ({ verdict, versions: then }: DriftCheck) =>
    (verdict === "made" || verdict === "equal") && versionChanges(then, versions).length === 0;
  if (checks.length > 0 && checks.every(isOfNow)) return;
  if (absentRoots > 0)
    throw new UserError(
      `${counted(absentRoots, "folder")} of the library cannot be read, so nothing was forgotten`,
      "Connect their drives first",
    );
  library.forgetVectors(encoder);
}
