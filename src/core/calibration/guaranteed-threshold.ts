/**
 * The threshold for a precision that is asked for: the one that has it on the labels, how far chance alone would move that
 * one, and the one that keeps it on pairs that were not labelled.
 */
import type { ScoredPair } from "../pairs/scored-pair.ts";
import { confidenceInRate, countToGuarantee, proportionAtLeast } from "../statistics/confidence.ts";
import { bootstrapPhotos, pairColumns, quantile } from "../statistics/picture-bootstrap.ts";
import type { Random } from "../statistics/seeded-random.ts";
import type { Similarity } from "../units.ts";
import { boundChoice, STARTS } from "./bounded-choice.ts";
import { type CurvePoint, calibrationCurve, thinCurve } from "./precision-recall-curve.ts";

/** A guarantee holds in this share of new samples. */
export const CONFIDENCE = 0.95;

/**
 * Risk that a choice of thresholds is bounded at. A guaranteed threshold has to hold on another sample, as large as the
 * labels and as much subject to chance: the difference of two such samples spreads √2 times as far as one of them
 * lies from the truth, so that 95 of 100 new samples ask for 1.645 √2 = 2.33 standard errors, a one-sided 99 %.
 */
const CHOICE_RISK = 0.01;
/** Each bound of the precision is taken at its share of that risk; see `bounded-choice.ts`. */
const BOUND_RISK = CHOICE_RISK / STARTS;
/** Enough that the share of the risk is still three resamples. */
const RESAMPLES = 1000;
/** Thresholds that are tried. */
const CANDIDATES = 300;
/** Precisions that a choice is bounded for: every thousandth, and two more that no one can label for but edits can. */
const LEVELS = [...Array.from({ length: 500 }, (_, step) => (500 + step) / 1000), 0.9995, 0.9999];

/** One threshold that was tried. */
export interface ThresholdCandidate {
  readonly point: CurvePoint;
  /** The precision that these pairs guarantee when this threshold is chosen, in [0, 1]: a lower confidence bound, of 0 or a level asked for. */
  readonly guaranteed: number;
  /** How sure it is that pairs like these have the precision asked for at this threshold, in [0, 1]. */
  readonly confidence: number;
}

export interface ThresholdFindings {
  /** Lowest usable threshold with the asked precision on the labels themselves; null where none has it. */
  readonly observed: CurvePoint | null;
  /** 95 % interval of that threshold over resamples of the photos; `high` is null where it lies above every similarity. */
  readonly interval: { readonly low: number; readonly high: number | null } | null;
  /** Falling thresholds, all at or above the floor; the floor itself stands for the lowest where there are pairs below it. */
  readonly candidates: readonly ThresholdCandidate[];
}

/**
 * @param asked precision, in (0, 1)
 * @param floor lowest threshold that can be used
 * @param unlisted different pairs below every different one of `pairs` and below the floor
 */
export function findThresholds(
  pairs: readonly ScoredPair[],
  asked: number,
  floor: number,
  random: Random,
  unlisted = 0,
): ThresholdFindings {
  const curve = calibrationCurve(pairs, unlisted);
  const reachable = curve.filter(({ threshold }) => threshold >= floor);
  const points = thinCurve(reachable, CANDIDATES);
  const lowest = reachable.length < curve.length ? reachable.at(-1) : undefined;
  const usable = (threshold: number) => (threshold === lowest?.threshold ? floor : threshold) as Similarity;
  const usablePoint = (point: CurvePoint): CurvePoint => ({ ...point, threshold: usable(point.threshold) });

  const falling = pairs.filter(({ similarity }) => similarity >= floor).sort((one, other) => other.similarity - one.similarity);
  const steps = {
    same: Uint8Array.from(falling, ({ same }) => (same ? 1 : 0)),
    similarity: Float64Array.from(falling, ({ similarity }) => similarity),
  };
  const columns = pairColumns([...falling, ...pairs.filter(({ similarity }) => similarity < floor)]);
  const resamples = bootstrapPhotos(columns, RESAMPLES, random, (weights) => measure(steps, weights, points, asked));
  const thresholds = resamples.map(({ threshold }) => usable(threshold));
  const [low, high] = [quantile(thresholds, (1 - CONFIDENCE) / 2), quantile(thresholds, (1 + CONFIDENCE) / 2)];
  const photos = photosAtOrAbove(falling, points);
  const observed = lowestWith(reachable, asked);
  const bounds = points.map((point, index) => {
    const precisions = resamples.map((resample) => resample.precisions[index] as number);
    const counts = effectiveCounts(point, photos[index] as number);
    return {
      precision: Math.min(proportionAtLeast(counts.right, counts.wrong, BOUND_RISK), quantile(precisions, BOUND_RISK)),
      witnesses: counts.right + counts.wrong,
      confidence: Math.min(
        confidenceInRate(asked, counts.right, counts.wrong),
        precisions.filter((precision) => precision >= asked).length / RESAMPLES,
      ),
    };
  });
  const guaranteed = boundChoice(bounds, [...LEVELS, asked], pairsToGuarantee);
  return {
    observed: observed === null ? null : usablePoint(observed),
    interval: Number.isFinite(low) ? { low, high: Number.isFinite(high) ? high : null } : null,
    candidates: points.map((point, index) => ({
      point: usablePoint(point),
      guaranteed: guaranteed[index] as number,
      confidence: (bounds[index] as (typeof bounds)[number]).confidence,
    })),
  };
}

/** Lowest threshold at which the pairs at or above it have the precision; null where none has it. */
export function lowestWith(curve: readonly CurvePoint[], precision: number): CurvePoint | null {
  return curve.findLast((point) => point.precision >= precision) ?? null;
}

/** The highest precision that is guaranteed at any of the thresholds; 0 where there is none. */
export function highestGuaranteed(candidates: readonly ThresholdCandidate[]): number {
  return Math.max(0, ...candidates.map(({ guaranteed }) => guaranteed));
}

/** Lowest threshold at which the precision is guaranteed; null where there is none. */
export function lowestGuaranteeing(candidates: readonly ThresholdCandidate[], precision: number): CurvePoint | null {
  return candidates.findLast(({ guaranteed }) => guaranteed >= precision)?.point ?? null;
}

/** Same-picture pairs, no two of one photo, that have to lie above a threshold without an error before it guarantees the precision. */
export function pairsToGuarantee(precision: number): number {
  return countToGuarantee(precision, BOUND_RISK);
}

/** No more pairs count than photos are in them: a hundred edits of one photo are not a hundred witnesses. */
function effectiveCounts(
  { truePositives, falsePositives }: CurvePoint,
  photos: number,
): { readonly right: number; readonly wrong: number } {
  const pairs = truePositives + falsePositives;
  const effective = Math.min(pairs, photos) / pairs;
  return { right: truePositives * effective, wrong: falsePositives * effective };
}

/** For each point, how many photos are in the pairs at or above it. */
function photosAtOrAbove(falling: readonly ScoredPair[], points: readonly CurvePoint[]): readonly number[] {
  const met = new Set<string>();
  let next = 0;
  return points.map(({ truePositives, falsePositives }) => {
    for (; next < truePositives + falsePositives; next++) {
      const { a, b } = falling[next] as ScoredPair;
      met.add(a).add(b);
    }
    return met.size;
  });
}

interface Steps {
  /** 1 for a pair of one picture. */
  readonly same: Uint8Array;
  /** Falling. */
  readonly similarity: Float64Array;
}

/** The precision of one resample at each point (0 where no pair is left), and the lowest threshold with the asked one. */
function measure({ same, similarity }: Steps, weights: Float64Array, points: readonly CurvePoint[], asked: number) {
  const precisions = new Float64Array(points.length);
  let threshold = Number.POSITIVE_INFINITY;
  let right = 0;
  let all = 0;
  let drawn = 0;
  let point = 0;
  for (let i = 0; i < same.length; i++) {
    const weight = weights[i] as number;
    const here = similarity[i] as number;
    drawn += weight;
    right += weight * (same[i] as number);
    if (similarity[i + 1] === here) continue;
    all += drawn;
    // Where nothing was drawn, the precision is still that of all above.
    if (all > 0 && right >= asked * all) threshold = here;
    drawn = 0;
    if (points[point]?.threshold === here) precisions[point++] = all > 0 ? right / all : 0;
  }
  return { precisions, threshold };
}
