/**
 * Keeps an adapted encoder, and makes the library ready for it.
 */
import { setImmediate } from "node:timers/promises";
import type { SavedEncoder } from "../../core/adaptation/adaptation.ts";
import { adaptedThreshold } from "../../core/adaptation/adapted-threshold.ts";
import type { LinearMap } from "../../core/encoders/linear-map.ts";
import type { ModelId } from "../../core/encoders/model-names.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { drawWithout, seededRandom } from "../../core/statistics/seeded-random.ts";
import type { InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import type { Adaptation } from "../../pipeline/adaptation/adapt-encoder.ts";
import { deriveVectors } from "../../pipeline/adaptation/derive-vectors.ts";
import { calibrateThreshold } from "../../pipeline/calibration/calibrate-threshold.ts";
import { compareContents } from "../../pipeline/library/compare-new-contents.ts";
import { keptLooks, verdictsIn } from "../look/kept-looks.ts";

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
  precision: number,
  library: Library,
  { onProgress, signal }: Run,
): Promise<SavedEncoder> {
  const { base, map } = better;
  const encoder = await saveEncoder(better, store, precision, library);
  const vectors = await deriveVectors(map, {
    store: library.derivation(base, encoder),
    canaries: { plain: library.canariesOf(base), adapted: library.canariesOf(encoder) },
    onProgress,
    pause: () => setImmediate(),
    stop: signal,
  });
  const { id, threshold } = encoder.spec;
  const compared = await compareContents({
    store: library.pairsOf(encoder),
    floor: threshold.floor,
    approximating: null,
    onProgress,
    stop: signal,
  });
  if (compared) await calibrate(better, encoder, precision, library);
  return { id, key: encoder.key, threshold, vectors, bytes: encoder.spec.map?.bytes ?? 0 };
}

async function saveEncoder(
  { id, base, map, findings, heldOut, vectors }: Better,
  store: ModelStore,
  precision: number,
  library: Library,
): Promise<InstalledEncoder> {
  const { id: plain, map: _none, version: _base, ...model } = store.find(base.spec.id);
  const { same, different } = findings.pairs;
  const encoder = {
    ...model,
    about: `${plain} adapted to ${same + different} labelled pairs`,
    source: { kind: "adapted", base: plain, baseKey: base.key },
    threshold: adaptedThreshold(heldOut.pairs, precision, map, await drawVectors(base, vectors, library), model.threshold.floor),
  } as const;
  return store.saveAdapted({ id, madeAt: new Date().toISOString(), map, encoder, findings }).open(id);
}

/** Of the library, or of the labels where that is small. */
async function drawVectors(base: InstalledEncoder, labelled: readonly Float32Array[], library: Library): Promise<readonly Float32Array[]> {
  const known = library.calibrationOf(base);
  const contents = await known.comparedContents();
  const random = seededRandom(SEED);
  if (contents.length < SAMPLE_AT_LEAST) return drawWithout(labelled, SAMPLE, random);
  return [...(await known.photos(drawWithout(contents, SAMPLE, random))).values()].map(({ vector }) => vector);
}

/** With the similarities of maps that had not seen the photos: those of the map itself would look better than they are. */
async function calibrate({ heldOut }: Better, encoder: InstalledEncoder, precision: number, library: Library): Promise<void> {
  await calibrateThreshold(
    { store: library.calibrationOf(encoder), scorePairs: async () => heldOut, areDifferent: verdictsIn(await keptLooks(library.looks())) },
    { encoder, source: "labels", precision, createdAt: new Date().toISOString(), save: true, force: true, guaranteedOnly: true },
  );
}
