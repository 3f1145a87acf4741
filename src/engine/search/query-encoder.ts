/**
 * Turns a query's photo and words into vectors. Opens what one of them needs and nothing else: a photo that the library
 * knows costs no decoder and no model.
 */
import type { EncoderSpec } from "../../core/encoders/encoder.ts";
import { UserError } from "../../core/errors.ts";
import { SKIP_REASONS } from "../../core/photos/photo.ts";
import type { Outcome } from "../../core/photos/ports.ts";
import { DEFAULT_MAX_SECONDS } from "../../core/photos/time-limit.ts";
import type { InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import type { TextEncoder } from "../../io/encoders/text-encoder.ts";
import { embedPhoto } from "../../pipeline/photos/embed-photo.ts";
import type { QueryEncoder } from "../../pipeline/search/search-library.ts";
import { withWorkbench } from "../workbench.ts";

export interface OpenQueryEncoder extends QueryEncoder {
  close(): Promise<void>;
}

export function createQueryEncoder(store: ModelStore, spec: EncoderSpec, maxMegapixels: number): OpenQueryEncoder {
  let installed: Promise<InstalledEncoder> | null = null;
  let textEncoder: Promise<TextEncoder> | null = null;
  const install = () => {
    installed ??= store.open(spec.id);
    return installed;
  };
  const openTextEncoder = async () => {
    const text = requireText(store, spec);
    const { createTextEncoder } = await import("../../io/encoders/text-encoder.ts");
    return createTextEncoder(await install(), text);
  };
  return {
    async photo(photo) {
      return withWorkbench(
        await install(),
        { threads: 1, maxMegapixels, maxSeconds: DEFAULT_MAX_SECONDS },
        async (bench) => required(await embedPhoto(photo, bench)).vector,
      );
    },
    async words(words) {
      textEncoder ??= openTextEncoder();
      return (await textEncoder).encode(words);
    },
    close: async () => (await textEncoder?.catch(() => null))?.close(),
  };
}

/**
 * The value of a photo that a command cannot do without.
 * @throws {UserError} with the reason why there is none
 */
export function required<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  const { path, reason, detail } = outcome.skipped;
  throw new UserError(
    "query-photo-unreadable",
    `${path} cannot be used as a query: ${SKIP_REASONS[reason]}${detail === "" ? "" : ` (${detail})`}`,
  );
}

/** @throws {UserError} naming the encoders that know words, and which of them are here */
export function requireText(store: ModelStore, spec: EncoderSpec): NonNullable<EncoderSpec["text"]> {
  if (spec.text !== null) return spec.text;
  const able = store.models.filter(({ text }) => text !== null).map((model) => ({ model, isHere: store.isInstalled(model) }));
  const names = able.map(({ model, isHere }) => `${model.id} (${isHere ? "installed" : "not installed"})`).join(", ");
  const where = names === "" ? ", and so does every other encoder" : `; encoders that also know words: ${names}`;
  throw new UserError({ code: "encoder-knows-no-words", able }, `${spec.id} knows pictures only${where}`);
}
