/**
 * What one encoder's similarities mean on judged pairs: everything `calibrate` tells, keeps, and `report` reads again.
 */
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { DisputedPair, JudgedPair } from "../pairs/judged-pair.ts";
import { proportionAtMost } from "../statistics/confidence.ts";
import { histogram } from "../statistics/histogram.ts";
import { seededRandom } from "../statistics/seeded-random.ts";
import type { SyntheticFindings } from "../synthetic/edit-recall.ts";
import type { Judgement } from "../synthetic/judgement.ts";
import type { WrongPairs } from "./false-pair-estimate.ts";
import { CONFIDENCE, findThresholds, labelsToPromise, lowestPromising, type ThresholdFindings } from "./guaranteed-threshold.ts";
import { LEAST_PRECISION } from "./precision-range.ts";
import { averagePrecision, type CurvePoint, calibrationCurve, countSame, thinCurve } from "./precision-recall-curve.ts";

/** Raised when a field changes its meaning or goes; an older calibration has to be made again. */
export const CALIBRATION_VERSION = 1;

/** `labels`: a person judged pairs of photos; `synthetic`: edits were made of the library's photos. */
export type CalibrationSource = "labels" | "synthetic";

/** docs/calibration.schema.json */
export interface Calibration extends PairFindings {
  readonly schemaVersion: typeof CALIBRATION_VERSION;
  readonly encoder: NamedEncoder;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly source: CalibrationSource;
  /** Judged pairs that no threshold decides, and that tell nothing of one. */
  readonly leftOut: Judgement["leftOut"];
  /** Null for labels. */
  readonly synthetic: SyntheticFindings | null;
  readonly library: LibraryFindings;
}

/** What the judged pairs alone tell. */
export interface PairFindings {
  /** Precision that was asked for, in (0, 1). */
  readonly precision: number;
  /** `photos`: those that are one picture count once. */
  readonly pairs: { readonly same: number; readonly different: number; readonly photos: number };
  readonly threshold: {
    /** Keeps the precision on new pairs like these in 95 of 100 samples; null where these pairs cannot promise it. */
    readonly promised: number | null;
    /** The promise would hold lower, but pairs below this are not kept. */
    readonly heldByFloor: boolean;
    /** Lowest with the precision on these very pairs, and its 95 % interval; see `ThresholdFindings`. */
    readonly onLabels: number | null;
    readonly interval: ThresholdFindings["interval"];
  };
  /** Precision, recall and the rest at the promised threshold, or at the one on the labels; null where there is neither. */
  readonly at: CurvePoint | null;
  /** Upper bound, at 95 %, of the share of different pairs that reach that threshold. */
  readonly falsePositiveRateAtMost: number | null;
  readonly averagePrecision: number;
  /** For each precision what holds at the lowest threshold that keeps it; null where these pairs cannot promise it. */
  readonly promises: readonly { readonly precision: number; readonly at: CurvePoint | null }[];
  /** Highest precision that these pairs promise at any threshold. */
  readonly bestPromise: number;
  /** Same pairs, each of another photo and none wrong, that promising the asked precision takes. */
  readonly pairsToPromise: number;
  /** At most a few hundred points. */
  readonly curve: readonly CurvePoint[];
  /** Histograms of the judged pairs' similarities. */
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
  /** The promised one, or else the one on the labels, or else the encoder's own. */
  readonly threshold: number;
  /** Pairs at or above the threshold, those not counted that were judged to be the same: wrong are so many at most. */
  readonly pairsFound: number;
  /** Of the pairs found; null where there are too few photos to tell. */
  readonly wrongPairs: WrongPairs | null;
}

/** A precision between two of these is promised by the higher one. */
const PRECISIONS = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995, 0.999];
const CURVE_POINTS = 300;
const DISPUTED_AT_MOST = 12;
const SEED = 1;

/**
 * @param precision asked for, in (0, 1)
 * @param floor lowest threshold the library keeps pairs for
 * @param unlisted different pairs below every different one of `pairs` and below the floor
 */
export function judgePairs(pairs: readonly JudgedPair[], precision: number, floor: number, unlisted = 0): PairFindings {
  const curve = calibrationCurve(pairs, unlisted);
  const { onLabels, interval, candidates } = findThresholds(pairs, precision, floor, seededRandom(SEED), unlisted);
  const promised = lowestPromising(candidates, precision);
  const at = promised ?? onLabels;
  const bestPromise = Math.max(0, ...candidates.map((candidate) => candidate.promised));
  const levels = [...new Set([...PRECISIONS, precision, highestToAsk(bestPromise)])]
    .filter((level) => level >= LEAST_PRECISION)
    .sort((one, other) => one - other);
  const same = countSame(pairs);
  const different = pairs.length - same + unlisted;
  return {
    precision,
    pairs: { same, different, photos: new Set(pairs.flatMap(({ a, b }) => [a, b])).size },
    threshold: {
      promised: promised?.threshold ?? null,
      heldByFloor: promised?.threshold === floor && pairs.some(({ similarity }) => similarity < floor),
      onLabels: onLabels?.threshold ?? null,
      interval,
    },
    at,
    falsePositiveRateAtMost: at === null ? null : proportionAtMost(at.falsePositives, different - at.falsePositives, 1 - CONFIDENCE),
    averagePrecision: averagePrecision(curve),
    promises: levels.map((level) => ({ precision: level, at: lowestPromising(candidates, level) })),
    bestPromise,
    pairsToPromise: labelsToPromise(precision),
    curve: thinCurve(curve, CURVE_POINTS),
    scores: {
      same: histogram(pairs.filter((pair) => pair.same).map(({ similarity }) => similarity)),
      different: histogram(pairs.filter((pair) => !pair.same).map(({ similarity }) => similarity)),
    },
    disputed: disputedPairs(pairs, at?.threshold ?? Number.POSITIVE_INFINITY),
  };
}

/** What can be asked for where this is promised at best: rounded down, to three decimals. */
export function highestToAsk(bestPromise: number): number {
  return Math.floor(bestPromise * 1000) / 1000;
}

function disputedPairs(pairs: readonly JudgedPair[], threshold: number): PairFindings["disputed"] {
  const shown = ({ similarity, pictures }: JudgedPair) => ({ similarity, pictures });
  const wrong = pairs.filter((pair) => !pair.same && pair.similarity >= threshold).sort((one, other) => other.similarity - one.similarity);
  const missed = pairs.filter((pair) => pair.same && pair.similarity < threshold).sort((one, other) => one.similarity - other.similarity);
  return { wrong: wrong.slice(0, DISPUTED_AT_MOST).map(shown), missed: missed.slice(0, DISPUTED_AT_MOST).map(shown) };
}

/** The lowest threshold a calibration has for a precision, and what holds there; null where it promises none so high. */
export function promiseOf({ promises }: Calibration, precision: number): CurvePoint | null {
  return promises.find((promise) => promise.precision >= precision)?.at ?? null;
}
