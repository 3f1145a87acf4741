/**
 * Opens what it takes for `calibrate --synthetic` to edit photos of the library and score the pairs.
 */
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import { createEncoderPool } from "../../io/encoders/encoder-pool.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import type { LibraryDatabase } from "../../io/library/sqlite-library.ts";
import { createDecoder } from "../../io/photos/decode.ts";
import { EDITABLE, editPicture } from "../../io/photos/edit-photo.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import { createPairSearch } from "../../io/vectors/pair-search.ts";
import { scoreEdits } from "../../pipeline/synthetic/score-edits.ts";
import type { Host } from "../host.ts";
import type { CalibrateSettings } from "./settings.ts";

/** @param photos to edit, at most */
export async function scoreSyntheticPairs(
  photos: number,
  { threads, maxMegapixels, quiet }: CalibrateSettings,
  encoder: InstalledEncoder,
  library: LibraryDatabase,
  host: Host,
): Promise<ScoredPairSet | null> {
  const { id, image, threshold } = encoder.spec;
  const known = library.calibrationOf(encoder);
  const opener = createDecoder({ resize: EDITABLE, maxMegapixels, threads });
  const decoder = createDecoder({ resize: image.resize, maxMegapixels, threads });
  const pool = createEncoderPool(encoder, threads);
  const progress = createProgressDisplay(host.isTerminal && !quiet, host.stop);
  const ports = {
    store: known,
    fileOf: library.samples().fileOf,
    open: opener.decode,
    editPicture,
    decodeBytes: decoder.decodeBytes,
    encoder: pool,
    searchPairs: createPairSearch(threads),
    onProgress: progress.onProgress,
    parallel: threads * 4,
    stop: host.stop,
  };
  try {
    return await scoreEdits(ports, { photos, model: id, suspectFrom: suspectFrom(), floor: threshold.floor });
  } finally {
    progress.close();
    await Promise.all([opener.close(), decoder.close(), pool.close()]);
  }

  /** Never one that edits gave: each such calibration would leave out more and find a lower threshold than the last. */
  function suspectFrom(): number {
    const saved = known.saved();
    const labelled = saved?.source === "labels" ? saved : null;
    return chooseThreshold(encoder.spec, { threshold: null, precision: null }, labelled).value;
  }
}
