/**
 * Whether an encoder with a map learned from labels tells pairs apart better than the encoder alone: the answer of `adapt`.
 */
import { type PairScore, scorePairs } from "../calibration/encoder-comparison.ts";
import type { EncoderSpec, NamedEncoder } from "../encoders/encoder.ts";
import { UserError } from "../errors.ts";
import type { ScoredPair } from "../pairs/scored-pair.ts";
import { bootstrapPhotos, pairColumns, quantile } from "../statistics/picture-bootstrap.ts";
import type { Random } from "../statistics/seeded-random.ts";
import type { EncoderKey } from "../units.ts";
import type { CrossValidation, VectorPair } from "./cross-validation.ts";

/** How much more the adapted encoder has than the plain one, and the bounds of that, each at a one-sided 95 %. */
export interface Gain {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface AdaptationFindings {
  /** Precision that was asked for, in (0, 1). */
  readonly precision: number;
  /** Labelled, photos of one picture counted once. `tested`: those of two pictures of one fold. */
  readonly pairs: { readonly same: number; readonly different: number; readonly photos: number; readonly tested: number };
  /** In (0, 1]; 1 where no map does better than none. */
  readonly shrinkage: number;
  /** On the tested pairs. */
  readonly plain: PairScore;
  /** On the same pairs, each through a map learned without its photos. */
  readonly adapted: PairScore;
  readonly gain: {
    readonly averagePrecision: Gain;
    /** At the precision that was asked for; a threshold that does not exist finds nothing. */
    readonly recall: Gain;
  };
  /** The gain in average precision is more than chance, and recall is not lost beyond chance. Otherwise nothing is saved. */
  readonly better: boolean;
}

/** What an adaptation came to. */
export interface AdaptationAnswer {
  /** That was to be adapted. */
  readonly encoder: NamedEncoder;
  readonly findings: AdaptationFindings;
  /** Null where nothing was saved. */
  readonly saved: SavedEncoder | null;
  readonly dryRun: boolean;
}

/** The adapted encoder, as it was kept. */
export interface SavedEncoder {
  readonly id: string;
  readonly key: EncoderKey;
  readonly threshold: EncoderSpec["threshold"];
  /** Contents of the library that were mapped. */
  readonly vectors: number;
  /** Of the map. */
  readonly bytes: number;
}

const BOUND_RISK = 0.05;
/** Enough that a twentieth of them is fifty. */
const RESAMPLES = 1000;

const PAIRS_AT_LEAST = 30;
const PHOTOS_AT_LEAST = 10;
const TESTED_AT_LEAST = 10;

/** @throws {UserError} when there are too few pairs of one kind, or of too few different photos, to learn from some and test on others */
export function requireEnoughToLearn(pairs: readonly ScoredPair[], file: string): void {
  const same = pairs.filter((pair) => pair.same).length;
  const photos = new Set(pairs.flatMap(({ a, b }) => [a, b])).size;
  if (Math.min(same, pairs.length - same) >= PAIRS_AT_LEAST && photos >= PHOTOS_AT_LEAST) return;
  throw new UserError(
    "labels-too-few",
    `Adapting needs ${PAIRS_AT_LEAST} pairs of each kind, of ${PHOTOS_AT_LEAST} different pictures; ${file} has ${same} the same and ${pairs.length - same} different, of ${photos} pictures`,
  );
}

/** @throws {UserError} when the pairs hang together so much that hardly any can be tested on photos that were left out */
export function requireEnoughToTest(tested: readonly ScoredPair[], file: string): void {
  const same = tested.filter((pair) => pair.same).length;
  if (Math.min(same, tested.length - same) >= TESTED_AT_LEAST) return;
  throw new UserError(
    "labels-too-entangled",
    `Only ${same} same and ${tested.length - same} different pairs in ${file} can be tested on held-out photos: a few photos are in most of the pairs`,
  );
}

/** @param pairs all that are labelled */
export function evaluateAdaptation(
  pairs: readonly ScoredPair[],
  { plain, adapted, shrinkage }: CrossValidation<VectorPair>,
  precision: number,
  random: Random,
): AdaptationFindings {
  const same = pairs.filter((pair) => pair.same).length;
  const scores = { plain: scorePairs(plain, precision), adapted: scorePairs(adapted, precision) };
  const gain = measureGain(plain, adapted, scores, precision, random);
  return {
    precision,
    pairs: {
      same,
      different: pairs.length - same,
      photos: new Set(pairs.flatMap(({ a, b }) => [a, b])).size,
      tested: plain.length,
    },
    shrinkage,
    ...scores,
    gain,
    better: shrinkage < 1 && gain.averagePrecision.low > 0 && gain.recall.high >= 0,
  };
}

/** Both encoders are asked about the same resamples: what makes a sample hard for both of them says nothing of either. */
function measureGain(
  plain: readonly ScoredPair[],
  adapted: readonly ScoredPair[],
  scores: { readonly plain: PairScore; readonly adapted: PairScore },
  precision: number,
  random: Random,
): AdaptationFindings["gain"] {
  const [before, after] = [rank(plain), rank(adapted)];
  const resamples = bootstrapPhotos(pairColumns(plain), RESAMPLES, random, (weights) => {
    const [one, other] = [measure(before, weights, precision), measure(after, weights, precision)];
    return { averagePrecision: other.averagePrecision - one.averagePrecision, recall: other.recall - one.recall };
  });
  const bounds = (values: readonly number[]) => ({ low: quantile(values, BOUND_RISK), high: quantile(values, 1 - BOUND_RISK) });
  return {
    averagePrecision: {
      value: scores.adapted.averagePrecision - scores.plain.averagePrecision,
      ...bounds(resamples.map((resample) => resample.averagePrecision)),
    },
    recall: {
      value: (scores.adapted.at?.recall ?? 0) - (scores.plain.at?.recall ?? 0),
      ...bounds(resamples.map((resample) => resample.recall)),
    },
  };
}

/** Pairs by falling similarity, as columns: a thousand resamples walk through them. */
interface Ranking {
  /** Place of each in the list of pairs. */
  readonly order: Int32Array;
  /** 1 for a pair of one picture. */
  readonly same: Uint8Array;
  /** 1 where the next pair has the same similarity: the two stand or fall together. */
  readonly tied: Uint8Array;
}

function rank(pairs: readonly ScoredPair[]): Ranking {
  const at = (index: number) => pairs[index] as ScoredPair;
  const order = Int32Array.from(pairs.keys()).sort((one, other) => at(other).similarity - at(one).similarity);
  return {
    order,
    same: Uint8Array.from(order, (index) => (at(index).same ? 1 : 0)),
    tied: Uint8Array.from(order, (index, place) => (pairs[order[place + 1] ?? -1]?.similarity === at(index).similarity ? 1 : 0)),
  };
}

/** `scorePairs` of one resample: average precision, and recall at the lowest threshold with the precision; 0 without same pairs. */
function measure({ order, same, tied }: Ranking, weights: Float64Array, precision: number) {
  let [right, all, counted, area, found] = [0, 0, 0, 0, 0];
  for (let place = 0; place < order.length; place++) {
    const weight = weights[order[place] as number] as number;
    all += weight;
    right += weight * (same[place] as number);
    if (tied[place] === 1 || all === 0) continue;
    area += ((right - counted) * right) / all;
    counted = right;
    if (right >= precision * all) found = right;
  }
  return right === 0 ? { averagePrecision: 0, recall: 0 } : { averagePrecision: area / right, recall: found / right };
}
