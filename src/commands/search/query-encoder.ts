/**
 * Turns a query's photo and words into vectors. Opens what one of them needs and nothing else: a photo that the library
 * knows costs no decoder and no model.
 */
import type { EncoderSpec } from "../../core/encoders/encoder.ts";
import { howToGet } from "../../core/encoders/model-lock.ts";
import { UserError } from "../../core/errors.ts";
import { SKIP_REASONS } from "../../core/photos/photo.ts";
import type { Outcome } from "../../core/photos/ports.ts";
import type { InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import type { TextEncoder } from "../../io/encoders/text-encoder.ts";
import type { QueryEncoder } from "../../pipeline/search/search-library.ts";

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
      const encoder = await install();
      const { createDecoder } = await import("../../io/photos/decode.ts");
      const { createEncoderPool } = await import("../../io/encoders/encoder-pool.ts");
      const decoder = createDecoder({ resize: spec.image.resize, maxMegapixels, threads: 1 });
      const pool = createEncoderPool(encoder, 1);
      try {
        return await pool.encode(required(await decoder.decode(photo)).pixels);
      } finally {
        await Promise.all([decoder.close(), pool.close()]);
      }
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
    `${path} cannot be used as a query: ${SKIP_REASONS[reason]}${detail === "" ? "" : ` (${detail})`}`,
    "Name another photo",
  );
}

/** @throws {UserError} naming the encoders that know words, and which of them are here */
export function requireText(store: ModelStore, spec: EncoderSpec): NonNullable<EncoderSpec["text"]> {
  if (spec.text !== null) return spec.text;
  const able = store.models.filter((model) => model.text !== null);
  const here = able.filter((model) => store.isInstalled(model));
  const [first] = here.length > 0 ? here : able;
  const names = able.map((model) => `${model.id} (${here.includes(model) ? "installed" : "not installed"})`).join(", ");
  if (first === undefined) throw new UserError(`${spec.id} knows pictures only, and so does every other encoder`, "Search with a photo");
  throw new UserError(
    `${spec.id} knows pictures only; encoders that also know words: ${names}`,
    here.length > 0
      ? `Scan with one of them once: dupfind scan <folder> --model ${first.id}; then search with --model ${first.id}`
      : `${howToGet(first)}; then dupfind scan <folder> --model ${first.id}`,
  );
}
