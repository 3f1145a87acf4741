/**
 * `dupfind reindex --model <id>`: moves the library to another encoder. The old vectors stay and serve until the new ones
 * are complete, and after that for whoever names the old encoder.
 */
import { EXIT, type ExitCode, UserError } from "../core/errors.ts";
import type { Host, ReindexSettings } from "../core/settings.ts";
import { holdsAnything } from "../io/folders.ts";
import { ModelStore } from "../io/model-store.ts";
import { renderReindexText, renderScanJson } from "../render/scan-summary.ts";
import { bringUpToDate } from "./bring-up-to-date.ts";
import { withLockedLibrary } from "./open-library.ts";
import { stopCode } from "./stop-code.ts";

export async function runReindex(settings: ReindexSettings, host: Host): Promise<ExitCode> {
  const encoder = await new ModelStore(settings.models).install(settings.model);
  const { result, moved, absent } = await withLockedLibrary(settings.library, async (library) => {
    const known = library.roots();
    const roots = known.filter(({ path }) => holdsAnything(path));
    if (roots.length === 0)
      throw new UserError("None of the library's folders is there to be read", "Connect their drives, or run dupfind scan <folder>");
    const done = await bringUpToDate(library, encoder, { ...settings, roots }, host);
    const complete = done.finished && done.compared && roots.length === known.length;
    if (complete) library.setDefaultModel(settings.model);
    return { result: done, moved: complete, absent: known.filter((root) => !roots.includes(root)).map(({ path }) => path) };
  });
  if (settings.json) host.write(renderScanJson(result));
  else if (!settings.quiet) host.write(renderReindexText(result, settings.model, moved, absent));
  if (host.stop.aborted) return stopCode(host.stop);
  return settings.strict && result.skipped > 0 ? EXIT.photosNotCompared : EXIT.ok;
}
