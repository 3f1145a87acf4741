/**
 * Keeps an adapted encoder, and makes the library ready for it.
 */
import { setImmediate } from "node:timers/promises";
import { adaptedThreshold } from "../../core/adaptation/adapted-threshold.ts";
import type { LinearMap } from "../../core/encoders/linear-map.ts";
import type { ModelId } from "../../core/encoders/model-names.ts";
import { drawWithout, seededRandom } from "../../core/statistics/seeded-random.ts";
import type { InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import type { LibraryDatabase } from "../../io/library/sqlite-library.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import { createPairSearch } from "../../io/vectors/pair-search.ts";
import type { Adaptation } from "../../pipeline/adaptation/adapt-encoder.ts";
import { deriveVectors } from "../../pipeline/adaptation/derive-vectors.ts";
import { calibrateThreshold } from "../../pipeline/calibration/calibrate-threshold.ts";
import { compareContents } from "../../pipeline/library/compare-new-contents.ts";
import type { SavedEncoder } from "../../render/adaptation/adaptation.ts";
import { counted } from "../../render/words.ts";
import type { Host } from "../host.ts";
import type { AdaptSettings } from "./settings.ts";

/** Photos whose pairs tell how a map moves similarities: a quarter of a million pairs. */
const SAMPLE = 700;
/** Fewer photos of a library say less than those of the labels. */
const SAMPLE_AT_LEAST = 100;
const SEED = 1;

export interface Better extends Adaptation {
  readonly id: ModelId;
  readonly base: InstalledEncoder;
  readonly map: LinearMap;
}

/** Keeps the encoder, then its vectors and its calibration: what a stop leaves undone, the next scan or calibration makes up for. */
export async function saveAdapted(
  better: Better,
  store: ModelStore,
  settings: AdaptSettings,
  library: LibraryDatabase,
  host: Host,
): Promise<SavedEncoder> {
  const { base, map } = better;
  const encoder = await saveEncoder(better, store, settings, library);
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  const { onProgress } = progress;
  try {
    const vectors = await deriveVectors(map, {
      store: library.derivation(base, encoder),
      canaries: { plain: library.canariesOf(base), adapted: library.canariesOf(encoder) },
      onProgress,
      pause: () => setImmediate(),
      stop: host.stop,
    });
    const { id, threshold } = encoder.spec;
    const compared = await compareContents({
      store: library.pairsOf(encoder),
      searchPairs: createPairSearch(settings.threads),
      floor: threshold.floor,
      onProgress,
      stop: host.stop,
    });
    if (compared) await calibrate(better, encoder, settings, library);
    return { id, key: encoder.key, threshold, vectors, bytes: encoder.spec.map?.bytes ?? 0 };
  } finally {
    progress.close();
  }
}

function saveEncoder(
  { id, base, map, findings, heldOut, vectors }: Better,
  store: ModelStore,
  { precision }: AdaptSettings,
  library: LibraryDatabase,
): Promise<InstalledEncoder> {
  const { id: plain, map: _none, version: _base, ...model } = store.find(base.spec.id);
  const { same, different } = findings.pairs;
  const encoder = {
    ...model,
    about: `${plain} adapted to ${counted(same + different, "labelled pair")}`,
    source: { kind: "adapted", base: plain, baseKey: base.key },
    threshold: adaptedThreshold(heldOut.pairs, precision, map, drawVectors(base, vectors, library), model.threshold.floor),
  } as const;
  return store.saveAdapted({ id, madeAt: new Date().toISOString(), map, encoder, findings }).open(id);
}

/** Of the library, or of the labels where that is small. */
function drawVectors(base: InstalledEncoder, labelled: readonly Float32Array[], library: LibraryDatabase): readonly Float32Array[] {
  const known = library.calibrationOf(base);
  const contents = known.comparedContents();
  const random = seededRandom(SEED);
  if (contents.length < SAMPLE_AT_LEAST) return drawWithout(labelled, SAMPLE, random);
  return drawWithout(contents, SAMPLE, random).map((content) => known.photo(content).vector);
}

/** With the similarities of maps that had not seen the photos: those of the map itself would look better than they are. */
async function calibrate(
  { heldOut }: Better,
  encoder: InstalledEncoder,
  { precision }: AdaptSettings,
  library: LibraryDatabase,
): Promise<void> {
  await calibrateThreshold(
    { store: library.calibrationOf(encoder), scorePairs: async () => heldOut },
    { encoder, source: "labels", precision, createdAt: new Date().toISOString(), save: true },
  );
}
