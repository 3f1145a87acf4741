/**
 * `dupfind reindex --model <id>`: moves the library to another encoder. The old vectors stay and serve until the new ones
 * are complete, and after that for whoever names the old encoder.
 */
import { type DriftCheck, type Versions, versionChanges } from "../../core/drift/drift.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import type { Library } from "../../core/library-port.ts";
import { readVersions } from "../../io/drift/versions.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { holdsAnything } from "../../io/photos/folders.ts";
import { renderReindexText, renderScanJson } from "../../render/library/scan-summary.ts";
import { counted } from "../../render/words.ts";
import type { Host } from "../host.ts";
import { withLockedExistingLibrary } from "../open-library.ts";
import type { ReindexSettings } from "./settings.ts";
import { bringUpToDate, scanCode, tellOfLostRoots } from "./update-library.ts";

export async function runReindex(settings: ReindexSettings, host: Host): Promise<ExitCode> {
  const encoder = await new ModelStore(settings.models).install(settings.model);
  const { result, move } = await withLockedExistingLibrary(settings, host, async (library) => {
    const known = await library.roots();
    const roots = known.filter(({ path }) => holdsAnything(path));
    if (roots.length === 0) throw new UserError("roots-absent", "None of the library's folders is there to be read");
    if (settings.anew) await forgetVectors(library, encoder, known.length - roots.length, readVersions(host.nodeVersion));
    const done = await bringUpToDate(library, encoder, { ...settings, roots }, host);
    const absent = known.filter((root) => !roots.includes(root)).map(({ path }) => path);
    const withoutVector = await library.withoutVectorCount(encoder);
    // What is known of a photo came from reading it: until it can be read again, only the old encoder has its vector.
    const moved = done.finished && done.compared && absent.length === 0 && withoutVector === 0;
    if (moved) await library.setDefaultModel(settings.model);
    return { result: done, move: { moved, absent, withoutVector } };
  });
  if (settings.json) host.write(renderScanJson(result));
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
async function forgetVectors(library: Library, encoder: ChosenEncoder, absentRoots: number, versions: Versions): Promise<void> {
  const checks = await library.canariesOf(encoder).checks();
  const isOfNow = ({ verdict, versions: then }: DriftCheck) =>
    (verdict === "made" || verdict === "equal") && versionChanges(then, versions).length === 0;
  if (checks.length > 0 && checks.every(isOfNow)) return;
  if (absentRoots > 0)
    throw new UserError("some-roots-absent", `${counted(absentRoots, "folder")} of the library cannot be read, so nothing was forgotten`);
  await library.forgetVectors(encoder);
}
