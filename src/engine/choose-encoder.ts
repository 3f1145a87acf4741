/**
 * Which encoder a library is read or written with where the user names none.
 */
import { nameEncoder } from "../core/encoders/encoder.ts";
import { DEFAULT_MODEL } from "../core/encoders/model-lock.ts";
import type { ChosenEncoder } from "../core/encoders/ports.ts";
import type { Library } from "../core/library-port.ts";
import type { Run } from "../core/run.ts";
import type { ModelStore } from "../io/encoders/model-store.ts";

/** The name of the encoder that new photos are embedded with. */
export async function ownModel(library: Library): Promise<string> {
  return (await library.defaultModel()) ?? DEFAULT_MODEL;
}

/** The encoder whose vectors are read: a retired one as long as its successor has embedded less of the library. */
export async function chooseForReading(
  library: Library,
  store: ModelStore,
  model: string | null,
  { onNotice }: Pick<Run, "onNotice">,
): Promise<ChosenEncoder> {
  const encoder = store.choose(model ?? (await ownModel(library)));
  const serving = model === null ? await mostEmbedded(library, store, encoder) : encoder;
  if (serving !== encoder) onNotice({ kind: "earlier-encoder-serves", encoder: nameEncoder(encoder), serving: nameEncoder(serving) });
  return serving;
}

/**
 * As `chooseForReading`, for a query in words: where the library's own encoder knows none and none is named, the one that does and has
 * embedded most of the library serves.
 */
export async function chooseForWords(
  library: Library,
  store: ModelStore,
  model: string | null,
  run: Pick<Run, "onNotice">,
): Promise<ChosenEncoder> {
  const own = await chooseForReading(library, store, model, run);
  if (model !== null || own.spec.text !== null) return own;
  let best: { readonly encoder: ChosenEncoder; readonly embedded: number } = { encoder: own, embedded: 0 };
  for (const able of store.models.filter((one) => one.text !== null && store.isInstalled(one))) {
    const encoder = store.choose(able.id);
    const embedded = await library.embeddedCount(encoder);
    if (embedded > best.embedded) best = { encoder, embedded };
  }
  return best.encoder;
}

/** Says why a scan reads photos that it knows already; nothing where it does not. */
export async function noteSuccession(
  library: Library,
  store: ModelStore,
  model: string,
  { onNotice }: Pick<Run, "onNotice">,
): Promise<void> {
  const encoder = store.choose(model);
  const serving = await mostEmbedded(library, store, encoder);
  if (serving !== encoder) onNotice({ kind: "all-read-again", encoder: nameEncoder(encoder), serving: nameEncoder(serving) });
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
