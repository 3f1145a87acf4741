/**
 * Which encoder a library is read or written with where the user names none.
 */
import { encoderTitle } from "../core/encoders/encoder.ts";
import { DEFAULT_MODEL } from "../core/encoders/model-lock.ts";
import type { ChosenEncoder } from "../core/encoders/ports.ts";
import type { ModelStore } from "../io/encoders/model-store.ts";
import type { LibraryDatabase } from "../io/library/sqlite-library.ts";
import type { Host } from "./host.ts";
import type { CommonSettings } from "./settings.ts";

interface EncoderChoice extends Pick<CommonSettings, "quiet"> {
  /** Null for the library's own. */
  readonly model: string | null;
}

/** The name of the encoder that new photos are embedded with. */
export function ownModel(library: LibraryDatabase): string {
  return library.defaultModel() ?? DEFAULT_MODEL;
}

/** The encoder whose vectors are read: a retired one as long as its successor has embedded less of the library. */
export function chooseForReading(library: LibraryDatabase, store: ModelStore, { model, quiet }: EncoderChoice, host: Host): ChosenEncoder {
  const encoder = store.choose(model ?? ownModel(library));
  const serving = model === null ? mostEmbedded(library, store, encoder) : encoder;
  if (serving !== encoder && !quiet)
    host.writeError(
      `dupfind: ${encoderTitle(encoder.spec)} replaces ${encoderTitle(serving.spec)}, whose vectors are used until dupfind scan has read all photos again.\n`,
    );
  return serving;
}

/** Says why a scan reads photos that it knows already; nothing where it does not. */
export function noteSuccession(library: LibraryDatabase, store: ModelStore, model: string, quiet: boolean, host: Host): void {
  if (quiet) return;
  const encoder = store.choose(model);
  const serving = mostEmbedded(library, store, encoder);
  if (serving !== encoder)
    host.writeError(`dupfind: ${encoderTitle(encoder.spec)} replaces ${encoderTitle(serving.spec)}: all photos are read once more.\n`);
}

/** The encoder, or of those that it has taken the place of the one that embedded most, where that is more. */
function mostEmbedded(library: LibraryDatabase, store: ModelStore, encoder: ChosenEncoder): ChosenEncoder {
  const earlier = store.predecessorsOf(encoder.spec.id);
  if (earlier.length === 0) return encoder;
  const counted = [encoder, ...earlier].map((candidate) => ({ candidate, embedded: library.embeddedCount(candidate) }));
  return counted.reduce((best, other) => (other.embedded > best.embedded ? other : best)).candidate;
}
