/**
 * Photos of the library, drawn to be edited.
 */
import type { CalibrationStore } from "../core/calibration-store.ts";
import { SAMPLE_AT_LEAST, type SampledPhoto } from "../core/edited-photo.ts";
import { UserError } from "../core/errors.ts";
import type { ContentId } from "../core/library.ts";
import type { PhotoFile } from "../core/photo.ts";
import { drawWithout, type Random } from "../core/seeded-random.ts";

export interface SampleSource {
  readonly store: Pick<CalibrationStore, "comparedContents" | "photo">;
  /** A present photo that holds the content; null where there is none. */
  readonly fileOf: (content: ContentId) => PhotoFile | null;
}

/**
 * @param model that the library was scanned with, for the error
 * @throws {UserError} when the library has fewer photos than a sample needs
 */
export function drawSample({ store, fileOf }: SampleSource, count: number, model: string, random: Random): readonly SampledPhoto[] {
  const sample = drawWithout(store.comparedContents(), count, random).flatMap((id) => {
    const file = fileOf(id);
    return file === null ? [] : [{ id, file, ...store.photo(id) }];
  });
  requireEnough(sample.length, `The library has ${sample.length} photos that can be edited and were compared with ${model}`);
  return sample;
}

/** @param found what was found, as the beginning of a sentence */
export function requireEnough(photos: number, found: string): void {
  if (photos >= SAMPLE_AT_LEAST) return;
  throw new UserError(`${found}, ${SAMPLE_AT_LEAST} are the least that tell anything`, "Scan more photos first: dupfind scan <folder>");
}
