/**
 * What one encoder's similarities mean on pairs whose answer is known: everything that `calibrate` finds out.
 */
import type { EncoderSpec, NamedEncoder } from "../encoders/encoder.ts";
import type { DisputedPair, ReviewablePair } from "../pairs/labelled-pair.ts";
import { proportionAtMost } from "../statistics/confidence.ts";
import { histogram } from "../statistics/histogram.ts";
import { seededRandom } from "../statistics/seeded-random.ts";
import type { SyntheticFindings } from "../synthetic/edit-recall.ts";
import type { ScoredPairSet } from "../synthetic/scored-pair-set.ts";
import type { CalibrationRefusal } from "./calibration-refusal.ts";
import type { CalibrationSource } from "./calibration-source.ts";
import { type ChosenThreshold, highestToAsk, supportedThreshold } from "./chosen-threshold.ts";
import type { FalsePairEstimate } from "./false-pair-estimate.ts";
import {
  CONFIDENCE,
  findThresholds,
  highestGuaranteed,
  lowestGuaranteeing,
  pairsToGuarantee,
  type ThresholdFindings,
} from "./guaranteed-threshold.ts";
import { LEAST_PRECISION } from "./precision-range.ts";
import { averagePrecision, type CurvePoint, calibrationCurve, countSame, thinCurve } from "./precision-recall-curve.ts";

export interface Calibration extends PairFindings {
  readonly encoder: NamedEncoder;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly source: CalibrationSource;
  /** Pairs that a person labelled, of those that a threshold decides. */
  readonly labels: number;
  /** Pairs that a report decides without their similarity: they say nothing of a threshold. */
  readonly excluded: ScoredPairSet["excluded"];
  /** Null for labels. */
  readonly synthetic: SyntheticFindings | null;
  readonly library: LibraryFindings;
  /** Why it must not be what reports go by; null where nothing speaks against it. */
  readonly refusal: CalibrationRefusal | null;
  /** Reports go by it from now on. */
  readonly saved: boolean;
  /** What a report uses from now on where it is asked for no other. */
  readonly reportThreshold: number;
}

/** What became of what a person decided of pairs of the library. */
export interface DecisionsRead {
  /** That count as labels. */
  readonly counted: number;
  /** That a file of labels contradicts, which counts instead. */
  readonly contradicted: number;
  /** On photos that are not here now: nothing can be told by them. */
  readonly absent: number;
}

/** A calibration of a library in which decisions stand, or could. */
export interface DecidedCalibration extends Calibration {
  readonly decisions: DecisionsRead;
}

/** What the scored pairs alone tell. */
export interface PairFindings {
  /** Precision that was asked for, in (0, 1). */
  readonly precision: number;
  /** `photos`: those that are one picture count once. */
  readonly pairs: { readonly same: number; readonly different: number; readonly photos: number };
  readonly threshold: {
    /** Has the precision on new pairs like these in 95 of 100 samples; null where these pairs cannot guarantee it. */
    readonly guaranteed: number | null;
    /** A lower threshold would be guaranteed too, but pairs below this one are not kept. */
    readonly limitedByFloor: boolean;
    /** Lowest with the precision on these very pairs, and its 95 % interval; see `ThresholdFindings`. */
    readonly observed: number | null;
    readonly interval: ThresholdFindings["interval"];
  };
  /** What reports can go by; null where these pairs support no threshold. */
  readonly chosen: ChosenThreshold | null;
  /** Precision, recall and the rest at the chosen threshold, or else at the observed one; null where there is neither. */
  readonly at: CurvePoint | null;
  /** Upper bound, at 95 %, of the share of different pairs that reach that threshold. */
  readonly falsePositiveRateAtMost: number | null;
  readonly averagePrecision: number;
  /** For each precision what holds at the lowest threshold that guarantees it; null where these pairs cannot guarantee it. */
  readonly guarantees: readonly { readonly precision: number; readonly at: CurvePoint | null }[];
  /** Highest precision that these pairs guarantee at any threshold. */
  readonly highestGuarantee: number;
  /** Same-picture pairs from distinct photos, with no error among them, that guaranteeing the precision takes. */
  readonly pairsToGuarantee: number;
  /** At most a few hundred points. */
  readonly curve: readonly CurvePoint[];
  /** Histograms of the pairs' similarities. */
  readonly scores: { readonly same: readonly number[]; readonly different: readonly number[] };
  /** The most similar different pairs at or above the threshold, and the least similar same pairs below it. */
  readonly disputed: { readonly wrong: readonly DisputedPair[]; readonly missed: readonly DisputedPair[] };
}

/** What the library's own photos tell. */
export interface LibraryFindings {
  /** Contents with something to see. */
  readonly photos: number;
  /** Histogram of the similarities of pairs drawn at random. */
  readonly similarities: readonly number[];
  /** The chosen one, or else the one that reports use. */
  readonly threshold: number;
  /** Pairs that a report would list at the threshold for their similarity. */
  readonly pairsListed: number;
  /** Those of them that are not labelled the same: an upper bound on false pairs. */
  readonly pairsFound: number;
  /** How many of these are of different pictures; null where there are too few photos to estimate it. */
  readonly falsePairs: FalsePairEstimate | null;
  /** Share of the pairs listed that are of different pictures; null where there is no estimate, or nothing is listed. */
  readonly wrongShare: { readonly expected: number; readonly low: number; readonly high: number } | null;
}

/** A precision between two of these takes the threshold of the higher one. */
const PRECISIONS = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995, 0.999];
const CURVE_POINTS = 300;
const DISPUTED_AT_MOST = 12;
const SEED = 1;

/**
 * @param precision asked for, in (0, 1)
 * @param spec `floor`: lowest threshold the library keeps pairs for; `value`: the encoder's own threshold
 * @param unlisted different pairs below every different one of `pairs` and below the floor
 */
export function evaluatePairs(
  pairs: readonly ReviewablePair[],
  precision: number,
  { floor, value: own }: Pick<EncoderSpec["threshold"], "floor" | "value">,
  unlisted = 0,
): PairFindings {
  const curve = calibrationCurve(pairs, unlisted);
  const { observed, interval, candidates } = findThresholds(pairs, precision, floor, seededRandom(SEED), unlisted);
  const guaranteed = lowestGuaranteeing(candidates, precision);
  const supported = supportedThreshold(candidates, precision, own);
  const at = supported?.point ?? observed;
  const highestGuarantee = highestGuaranteed(candidates);
  const levels = [...new Set([...PRECISIONS, precision, highestToAsk(highestGuarantee)])]
    .filter((level) => level >= LEAST_PRECISION)
    .sort((one, other) => one - other);
  const same = countSame(pairs);
  const different = pairs.length - same + unlisted;
  return {
    precision,
    pairs: { same, different, photos: new Set(pairs.flatMap(({ a, b }) => [a, b])).size },
    threshold: {
      guaranteed: guaranteed?.threshold ?? null,
      limitedByFloor: guaranteed?.threshold === floor && pairs.some(({ similarity }) => similarity < floor),
      observed: observed?.threshold ?? null,
      interval,
    },
    chosen: supported?.chosen ?? null,
    at,
    falsePositiveRateAtMost: at === null ? null : proportionAtMost(at.falsePositives, different - at.falsePositives, 1 - CONFIDENCE),
    averagePrecision: averagePrecision(curve),
    guarantees: levels.map((level) => ({ precision: level, at: lowestGuaranteeing(candidates, level) })),
    highestGuarantee,
    pairsToGuarantee: pairsToGuarantee(precision),
    curve: thinCurve(curve, CURVE_POINTS),
    scores: {
      same: histogram(pairs.filter((pair) => pair.same).map(({ similarity }) => similarity)),
      different: histogram(pairs.filter((pair) => !pair.same).map(({ similarity }) => similarity)),
    },
    disputed: disputedPairs(pairs, at?.threshold ?? Number.POSITIVE_INFINITY),
  };
}

function disputedPairs(pairs: readonly ReviewablePair[], threshold: number): PairFindings["disputed"] {
  const shown = ({ similarity, pictures }: ReviewablePair) => ({ similarity, pictures });
  const wrong = pairs.filter((pair) => !pair.same && pair.similarity >= threshold).sort((one, other) => other.similarity - one.similarity);
  const missed = pairs.filter((pair) => pair.same && pair.similarity < threshold).sort((one, other) => one.similarity - other.similarity);
  return { wrong: wrong.slice(0, DISPUTED_AT_MOST).map(shown), missed: missed.slice(0, DISPUTED_AT_MOST).map(shown) };
}

/** The lowest threshold a calibration has for a precision, and what holds there; null where it guarantees none so high. */
export function guaranteeFor({ guarantees }: Pick<Calibration, "guarantees">, precision: number): CurvePoint | null {
  return guarantees.find((guarantee) => guarantee.precision >= precision)?.at ?? null;
}
