/**
 * `dupfind status`: what the library knows, and what could not be compared.
 */
import { EXIT, type ExitCode } from "../core/errors.ts";
import type { CommonSettings, Host } from "../core/settings.ts";
import { ModelStore } from "../io/model-store.ts";
import { renderStatusJson, renderStatusText } from "../render/status.ts";
import { withLibrary } from "./open-library.ts";

export async function runStatus(settings: CommonSettings, host: Host): Promise<ExitCode> {
  const found = await withLibrary(settings.library, async (library) => library.status().read());
  const store = new ModelStore(settings.models);
  // A library keeps the name under which vectors were made, which may be the name of their encoder's successor by now.
  const status = { ...found, encoders: found.encoders.map((encoder) => ({ ...encoder, ...store.nameOf(encoder.key) })) };
  host.write(settings.json ? renderStatusJson(status, settings.library) : renderStatusText(status, settings.library, host.workingFolder));
  return settings.strict && status.skipped.length > 0 ? EXIT.photosNotCompared : EXIT.ok;
}
