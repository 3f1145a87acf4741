/**
 * Photos of the library, drawn to be edited.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { UserError } from "../../core/errors.ts";
import { drawWithout, type Random } from "../../core/statistics/seeded-random.ts";
import { SAMPLE_AT_LEAST, type SampledPhoto } from "../../core/synthetic/edited-photo.ts";

export interface SampleSource {
  readonly store: Pick<CalibrationStore, "comparedContents" | "photos" | "filesOf">;
}

/**
 * @param model that the library was scanned with, for the error
 * @throws {UserError} when the library has fewer photos than a sample needs
 */
export async function drawSample({ store }: SampleSource, count: number, model: string, random: Random): Promise<readonly SampledPhoto[]> {
  const drawn = drawWithout(await store.comparedContents(), count, random);
  const [files, photos] = [await store.filesOf(drawn), await store.photos(drawn)];
  const sample = drawn.flatMap((id) => {
    const [file, photo] = [files.get(id), photos.get(id)];
    return file === undefined || photo === undefined ? [] : [{ id, file, ...photo }];
  });
  requireEnough(sample.length, `The library has ${sample.length} editable photos compared with ${model}`);
  return sample;
}

/** @param found what was found, as the beginning of a sentence */
export function requireEnough(photos: number, found: string): void {
  if (photos >= SAMPLE_AT_LEAST) return;
  throw new UserError("photos-too-few", `${found}, ${SAMPLE_AT_LEAST} are the least that tell anything`);
}
