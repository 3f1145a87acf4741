/**
 * Looks at photos that a person labelled: those that the library keeps, and new ones.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import type { EncoderSpec } from "../../core/encoders/encoder.ts";
import type { LooksSeen } from "../../core/look/looks-seen.ts";
import type { PhotoLooks } from "../../core/pairs/seen-different.ts";
import { type PhotoPath, similarity } from "../../core/units.ts";
import { openLook } from "../look/look-at-files.ts";

export interface LookingAtPhotos {
  readonly encoder: EncoderSpec;
  /** What the library has seen. */
  readonly kept: LooksSeen;
  readonly contents: Pick<CalibrationStore, "contentsAt">;
  readonly threads: number;
}

/** What was seen is not looked at again. Worker threads start with the first other pair. */
export async function withPhotoLooks<Result>(
  { encoder, kept, contents, threads }: LookingAtPhotos,
  work: (looks: PhotoLooks) => Promise<Result>,
): Promise<Result> {
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
