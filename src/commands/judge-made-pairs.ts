/**
 * Pairs that `calibrate --synthetic` makes of the library's photos.
 */
import type { CalibrateSettings } from "../core/calibration-settings.ts";
import type { Judgement } from "../core/judged-pair.ts";
import type { Host } from "../core/settings.ts";
import { chooseThreshold } from "../core/threshold-choice.ts";
import { createDecoder } from "../io/decode.ts";
import { EDITABLE, editPicture } from "../io/edit-photo.ts";
import { createEncoderPool } from "../io/encoder-pool.ts";
import type { LibraryDatabase } from "../io/library-database.ts";
import type { InstalledEncoder } from "../io/model-store.ts";
import { createPairSearch } from "../io/pair-search.ts";
import { createProgressDisplay } from "../io/progress-bar.ts";
import { judgeEdits } from "../pipeline/judge-edits.ts";

/** @param photos to edit, at most */
export async function judgeMadePairs(
  photos: number,
  { threads, maxMegapixels, quiet }: CalibrateSettings,
  encoder: InstalledEncoder,
  library: LibraryDatabase,
  host: Host,
): Promise<Judgement | null> {
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
    return await judgeEdits(ports, { photos, model: id, suspectFrom: suspectFrom(), floor: threshold.floor });
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
