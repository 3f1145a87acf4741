/**
 * `dupfind scan <folder...>`: brings the library up to date with the folders.
 */
import type { ExitCode } from "../../core/errors.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { resolveRoots } from "../../io/photos/folders.ts";
import { renderScanJson, renderScanText } from "../../render/library/scan-summary.ts";
import { noteSuccession, ownModel } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { withLockedLibrary } from "../open-library.ts";
import type { ScanSettings } from "./settings.ts";
import { bringUpToDate, scanCode, tellOfLostRoots } from "./update-library.ts";

export async function runScan(settings: ScanSettings, host: Host): Promise<ExitCode> {
  const { exclude, followLinks } = settings;
  const roots = resolveRoots(settings.folders, host.workingFolder, { exclude, followLinks });
  const store = new ModelStore(settings.models);
  // One that is named is opened first: a set-up fault is told before a library is made.
  const named = settings.model === null ? null : await store.install(settings.model);
  const result = await withLockedLibrary(settings, host, async (library) => {
    const encoder = named ?? (await store.install(await ownModel(library)));
    await noteSuccession(library, store, encoder.spec.id, settings.quiet, host);
    return bringUpToDate(library, encoder, { ...settings, roots }, host);
  });
  if (settings.json) host.write(renderScanJson(result));
  else if (!settings.quiet) host.write(renderScanText(result));
  tellOfLostRoots(result, host);
  return scanCode(result, settings.strict, host);
}
