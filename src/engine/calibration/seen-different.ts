/**
 * What a calibration asks of looks: those that the library keeps, and new ones of photos that a person labelled.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import type { EncoderSpec } from "../../core/encoders/encoder.ts";
import type { LookStore } from "../../core/look/look-store.ts";
import { LooksSeen } from "../../core/look/looks-seen.ts";
import type { AreDifferent, PhotoLooks } from "../../core/pairs/seen-different.ts";
import { type PhotoPath, similarity } from "../../core/units.ts";
import { openLook } from "../look/look-at-files.ts";

/** Looks at nothing: a pair that no scan came to may be listed. Memory is linear in the looks. */
export async function keptVerdicts(store: Pick<LookStore, "looks">): Promise<AreDifferent> {
  const seen = await keptLooks(store);
  return (one, other) => seen.of(one, other)?.verdict === "different";
}

async function keptLooks(store: Pick<LookStore, "looks">): Promise<LooksSeen> {
  const seen = new LooksSeen();
  for await (const page of store.looks()) for (const look of page) seen.add(look);
  return seen;
}

export interface LookingAtPhotos {
  readonly encoder: EncoderSpec;
  readonly looks: Pick<LookStore, "looks">;
  readonly contents: Pick<CalibrationStore, "contentsAt">;
  readonly threads: number;
}

/** What the library has seen is not looked at again. Worker threads start with the first other pair. */
export async function withPhotoLooks<Result>(
  { encoder, looks, contents, threads }: LookingAtPhotos,
  work: (looks: PhotoLooks) => Promise<Result>,
): Promise<Result> {
  const kept = await keptLooks(looks);
  const open = openLook(threads);
  const verdictOf = async (one: PhotoPath, other: PhotoPath) => {
    const ids = await contents.contentsAt([one, other]);
    const [a, b] = [ids.get(one), ids.get(other)];
    const known = a === undefined || b === undefined ? undefined : kept.of(a, b);
    return (known ?? (await open.look(one, other)))?.verdict;
  };
  try {
    const areDifferent = async (one: PhotoPath, other: PhotoPath) => (await verdictOf(one, other)) === "different";
    return await work({ from: similarity(encoder.threshold.floor), areDifferent });
  } finally {
    await open.close();
  }
}
