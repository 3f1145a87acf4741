/**
 * Vectors for programs that embed the engine.
 */
import { DEFAULT_MODEL } from "../core/encoders/model-lock.ts";
import type { EmbeddedPhoto } from "../core/photos/photo.ts";
import type { Outcome } from "../core/photos/ports.ts";
import { absolute, type MachineOptions, machineOf, type RunOptions, runOf } from "./options.ts";

export interface EmbedOptions extends MachineOptions, Pick<RunOptions, "signal"> {
  /** Name of an encoder; the embedded one. */
  readonly model?: string | undefined;
}

/**
 * Turns photos into unit vectors, one after the other and in their order, each when it is asked for: the cosine of two is the similarity
 * that a report speaks of. Reads and writes no library.
 * @param photos paths of files
 * @returns for each photo its vector, or why there is none
 */
export async function* embed(
  photos: readonly string[],
  { model = DEFAULT_MODEL, signal, ...options }: EmbedOptions = {},
): AsyncGenerator<Outcome<EmbeddedPhoto>, void, void> {
  const { models, ...effort } = await machineOf(options);
  const { ModelStore } = await import("../io/encoders/model-store.ts");
  const { embedPhotos } = await import("./encoders/embed.ts");
  const encoder = await new ModelStore(models).open(model);
  yield* embedPhotos(encoder, photos.map(absolute), effort, runOf({ signal }));
}
