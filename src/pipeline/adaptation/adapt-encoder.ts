/**
 * The story of an adaptation: see the photos of the labels, learn maps from some of them and try these on the others, and keep
 * one only where it is better than none.
 */
import {
  type AdaptationFindings,
  evaluateAdaptation,
  requireEnoughToLearn,
  requireEnoughToTest,
} from "../../core/adaptation/adaptation.ts";
import { type CrossValidation, crossValidate, learnFromAll, type VectorPair } from "../../core/adaptation/cross-validation.ts";
import type { LinearMap } from "../../core/encoders/linear-map.ts";
import type { LabelledPair, PhotoEvidence, ReviewablePair } from "../../core/pairs/labelled-pair.ts";
import { samePictureGroups } from "../../core/pairs/same-picture-groups.ts";
import { seededRandom } from "../../core/statistics/seeded-random.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import type { PhotoPath } from "../../core/units.ts";
import { gatherEvidence, type ScorePorts, scoreEvidence } from "../calibration/score-labels.ts";

const SEED = 1;

export interface AdaptPorts extends ScorePorts {
  /** Lets signals and progress through between two pieces of work. */
  readonly pause: () => Promise<void>;
}

export interface Adaptation {
  readonly findings: AdaptationFindings;
  /** The tested pairs, each with its similarity under a map that was learned without its photos. */
  readonly heldOut: ScoredPairSet;
  /** The plain encoder's, of the photos of the pairs. */
  readonly vectors: readonly Float32Array[];
  /** Learned from all pairs; null where none is better than the plain encoder. */
  readonly map: LinearMap | null;
}

/**
 * @param file that the labels come from, for faults
 * @param precision to compare the recall at, in (0, 1)
 * @returns null when it was stopped
 * @throws {UserError} when photos cannot be read, or there are too few pairs
 */
export async function adaptEncoder(
  labels: readonly LabelledPair[],
  file: string,
  precision: number,
  ports: AdaptPorts,
): Promise<Adaptation | null> {
  const photo = await gatherEvidence(labels, file, ports);
  if (photo === null) return null;
  const scored = scoreEvidence(labels, file, photo, samePictureGroups([...labels, ...sameBytes(labels, photo)]));
  requireEnoughToLearn(scored.pairs, file);
  const pairs = scored.pairs.map((pair) => ({ ...pair, vectors: vectorsOf(pair, photo) }));
  const validation = await validate(pairs, ports);
  if (validation === null) return null;
  requireEnoughToTest(validation.plain, file);
  const findings = evaluateAdaptation(pairs, validation, precision, seededRandom(SEED));
  return {
    findings,
    heldOut: { ...scored, pairs: validation.adapted, labelled: validation.adapted },
    vectors: [...new Set(pairs.flatMap(({ vectors }) => vectors))],
    map: findings.better ? learnFromAll(pairs, validation.shrinkage) : null,
  };
}

/** Photos with the same bytes are one picture, whatever the labels say: else one could be learned from and tested on. */
function sameBytes(labels: readonly LabelledPair[], photo: (path: PhotoPath) => PhotoEvidence) {
  const first = new Map<string, PhotoPath>();
  return labels.flatMap(({ a, b }) =>
    [a, b].flatMap((path) => {
      const { hash } = photo(path);
      const known = first.get(hash);
      first.set(hash, known ?? path);
      return known === undefined || known === path ? [] : [{ a: known, b: path, same: true }];
    }),
  );
}

function vectorsOf({ pictures: [one, other] }: ReviewablePair, photo: (path: PhotoPath) => PhotoEvidence): VectorPair["vectors"] {
  return [photo(one.photo).vector, photo(other.photo).vector];
}

async function validate<Pair extends VectorPair>(
  pairs: readonly Pair[],
  { onProgress, pause, stop }: AdaptPorts,
): Promise<CrossValidation<Pair> | null> {
  const work = crossValidate(pairs, seededRandom(SEED));
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    onProgress({ step: "learn", ...step.value });
    await pause();
    if (stop.aborted) return null;
  }
}
