/**
 * Photos of the library, drawn to be edited.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { UserError } from "../../core/errors.ts";
import type { ContentId } from "../../core/library/contents.ts";
import type { PhotoFile } from "../../core/photos/photo.ts";
import { drawWithout, type Random } from "../../core/statistics/seeded-random.ts";
import { SAMPLE_AT_LEAST, type SampledPhoto } from "../../core/synthetic/edited-photo.ts";

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
  requireEnough(sample.length, `The library has ${sample.length} editable photos compared with ${model}`);
  return sample;
}

/** @param found what was found, as the beginning of a sentence */
export function requireEnough(photos: number, found: string): void {
  if (photos >= SAMPLE_AT_LEAST) return;
  throw new UserError(`${found}; at least ${SAMPLE_AT_LEAST} are needed`, "Scan more photos first: dupfind scan <folder>");
}
