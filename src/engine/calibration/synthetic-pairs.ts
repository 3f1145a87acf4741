/**
 * Pairs of the library's photos and edits of them, scored with an encoder.
 */

import type { SavedCalibration } from "../../core/calibration/saved-calibration.ts";
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import type { EncoderSpec } from "../../core/encoders/encoder.ts";
import type { Library } from "../../core/library-port.ts";
import type { AreDifferent } from "../../core/pairs/seen-different.ts";
import type { Run } from "../../core/run.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import { EDITABLE, editPicture } from "../../io/photos/edit-photo.ts";
import { createPairSearch } from "../../io/vectors/pair-search.ts";
import { scoreEdits } from "../../pipeline/synthetic/score-edits.ts";
import { type Effort, withDecoder, withWorkbench } from "../workbench.ts";

export interface EditedLibrary {
  readonly encoder: InstalledEncoder;
  readonly library: Library;
  /** What no report lists, however similar. */
  readonly areDifferent: AreDifferent;
}

/**
 * @param photos to edit, at most
 * @returns null when it was stopped
 */
export function scoreSyntheticPairs(
  photos: number,
  { encoder, library, areDifferent }: EditedLibrary,
  effort: Effort,
  { onProgress, signal }: Run,
): Promise<ScoredPairSet | null> {
  const { spec } = encoder;
  const store = library.calibrationOf(encoder);
  return withDecoder(EDITABLE, effort, (opener) =>
    withWorkbench(encoder, effort, async ({ decodeBytes, encoder: pool, parallel }) =>
      scoreEdits(
        {
          store,
          open: opener.decode,
          editPicture,
          decodeBytes,
          encoder: pool,
          searchPairs: createPairSearch(effort.threads),
          areDifferent,
          onProgress,
          parallel,
          stop: signal,
        },
        { photos, model: spec.id, suspectFrom: suspectFrom(spec, await store.saved()), floor: spec.threshold.floor },
      ),
    ),
  );
}

/** Never one that edits gave: each such calibration would exclude more and find a lower threshold than the last. */
function suspectFrom(spec: EncoderSpec, saved: SavedCalibration | null): number {
  const labelled = saved?.source === "labels" ? saved : null;
  return chooseThreshold(spec, { threshold: null, precision: null }, labelled).value;
}
