/**
 * `dupfind copy-library <from> <to>`: copies a library to another place.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { copyLibrary } from "../../engine/library/copy-library.ts";
import { renderCopyJson, renderCopyText } from "../../render/library/copy-library.ts";
import type { Host } from "../host.ts";
import { libraryAt } from "../machine.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import type { CopySettings } from "./settings.ts";

export async function runCopyLibrary(settings: CopySettings, host: Host): Promise<ExitCode> {
  const [from, to] = [await libraryAt(settings.from, [], host.environment), await libraryAt(settings.to, [], host.environment)];
  const copied = await withRun(settings, host, (run) => copyLibrary({ from, to }, run));
  if (settings.json) host.write(renderCopyJson(copied, from.name, to.name));
  else if (!settings.quiet) host.write(renderCopyText(copied, to.name));
  return copied.tables === null ? stopCode(host.stop) : EXIT.ok;
}
