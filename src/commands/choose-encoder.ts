/**
 * Which encoder a library is read or written with where the user names none.
 */
import { encoderTitle } from "../core/encoders/encoder.ts";
import { DEFAULT_MODEL } from "../core/encoders/model-lock.ts";
import type { ChosenEncoder } from "../core/encoders/ports.ts";
import type { Library } from "../core/library-port.ts";
import type { ModelStore } from "../io/encoders/model-store.ts";
import type { Host } from "./host.ts";
import type { CommonSettings } from "./settings.ts";

interface Reading extends Pick<CommonSettings, "quiet"> {
  /** Null for the library's own. */
  readonly model: string | null;
}

/** The name of the encoder that new photos are embedded with. */
export async function ownModel(library: Library): Promise<string> {
  return (await library.defaultModel()) ?? DEFAULT_MODEL;
}

/** The encoder whose vectors are read: a retired one as long as its successor has embedded less of the library. */
export async function chooseForReading(library: Library, store: ModelStore, { model, quiet }: Reading, host: Host): Promise<ChosenEncoder> {
  const encoder = store.choose(model ?? (await ownModel(library)));
  const serving = model === null ? await mostEmbedded(library, store, encoder) : encoder;
  if (serving !== encoder && !quiet)
    host.writeError(
      `dupfind: ${encoderTitle(encoder.spec)} has taken the place of ${encoderTitle(serving.spec)}, whose vectors serve until dupfind scan has read all photos with it.\n`,
    );
  return serving;
}

/** Says why a scan reads photos that it knows already; nothing where it does not. */
export async function noteSuccession(library: Library, store: ModelStore, model: string, quiet: boolean, host: Host): Promise<void> {
  if (quiet) return;
  const encoder = store.choose(model);
  const serving = await mostEmbedded(library, store, encoder);
  if (serving !== encoder)
    host.writeError(
      `dupfind: ${encoderTitle(encoder.spec)} has taken the place of ${encoderTitle(serving.spec)}: all photos are read once more.\n`,
    );
}

/** The encoder, or of those that it has taken the place of the one that embedded most, where that is more. */
async function mostEmbedded(library: Library, store: ModelStore, encoder: ChosenEncoder): Promise<ChosenEncoder> {
  const earlier = store.predecessorsOf(encoder.spec.id);
  if (earlier.length === 0) return encoder;
  let best = { candidate: encoder, embedded: await library.embeddedCount(encoder) };
  for (const candidate of earlier) {
    const embedded = await library.embeddedCount(candidate);
    if (embedded > best.embedded) best = { candidate, embedded };
  }
  return best.candidate;
}
