/**
 * `dupfind status`: what the library knows, and what could not be compared.
 */
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import type { EncoderStatus } from "../../core/library/library-status.ts";
import type { Library } from "../../core/library-port.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { renderStatusJson, renderStatusText } from "../../render/library/status.ts";
import { chooseForReading } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { withLibrary } from "../open-library.ts";
import type { CommonSettings } from "../settings.ts";

export async function runStatus(settings: CommonSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const found = await withLibrary(settings.library, async (library) => {
    const read = await library.status();
    return { ...read, finished: read.pending === 0 && read.unwalked.length === 0 && (await isRead(library, store, read.encoders, host)) };
  });
  // A library keeps the name under which vectors were made, which may be the name of their encoder's successor by now.
  const status = { ...found, encoders: found.encoders.map((encoder) => ({ ...encoder, ...store.nameOf(encoder.key) })) };
  host.write(settings.json ? renderStatusJson(status, settings.library) : renderStatusText(status, settings.library, host.workingFolder));
  return settings.strict && (status.skipped.length > 0 || !status.finished) ? EXIT.photosNotCompared : EXIT.ok;
}

/** Whether the encoder that a report would use has read and compared all photos; true where there is none to ask about. */
async function isRead(library: Library, store: ModelStore, encoders: readonly EncoderStatus[], host: Host): Promise<boolean> {
  try {
    const serving = await chooseForReading(library, store, { model: null, quiet: true }, host);
    const uncompared = encoders.find(({ key }) => key === serving.key)?.uncompared ?? 0;
    return uncompared === 0 && (await library.unfinishedOf(serving)).unread.length === 0;
  } catch (error) {
    // The library's own encoder was removed from this machine: that is for the commands to tell that cannot do without.
    if (error instanceof UserError) return true;
    throw error;
  }
}
