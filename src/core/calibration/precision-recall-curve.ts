/**
 * How right an encoder is at every threshold: counts, precision, recall and false-positive rate over scored pairs.
 */
import type { ScoredPair } from "../pairs/scored-pair.ts";
import type { Similarity } from "../units.ts";

/** What comes of calling all pairs at or above one threshold the same picture. */
export interface CurvePoint {
  readonly threshold: Similarity;
  /** Pairs of one picture at or above the threshold. */
  readonly truePositives: number;
  /** Pairs of different pictures at or above it. */
  readonly falsePositives: number;
  /** Share of right ones among the pairs at or above it. */
  readonly precision: number;
  /** Share of the same pairs that it finds; 0 where there is none to find. */
  readonly recall: number;
  /** Share of the different pairs that it takes for the same; 0 where there is none. */
  readonly falsePositiveRate: number;
}

/**
 * One point for each distinct similarity, the highest first. Pairs of one similarity stand or fall together, so that they
 * are one step; nothing is interpolated between steps.
 * @param unlisted different pairs that are less similar than every different one of `pairs`
 */
export function calibrationCurve(pairs: readonly ScoredPair[], unlisted = 0): readonly CurvePoint[] {
  const falling = [...pairs].sort((one, other) => other.similarity - one.similarity);
  const same = countSame(pairs);
  const different = pairs.length - same + unlisted;
  const curve: CurvePoint[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  falling.forEach((pair, index) => {
    if (pair.same) truePositives++;
    else falsePositives++;
    if (falling[index + 1]?.similarity === pair.similarity) return;
    curve.push({
      threshold: pair.similarity,
      truePositives,
      falsePositives,
      precision: truePositives / (truePositives + falsePositives),
      recall: share(truePositives, same),
      falsePositiveRate: share(falsePositives, different),
    });
  });
  return curve;
}

/**
 * Average precision, Σ (Rₙ - Rₙ₋₁) Pₙ over the steps of the curve: the area below the steps, without the optimism of straight
 * lines between them (Davis and Goadrich 2006).
 * @returns in [0, 1]; 0 for a curve without same pairs
 */
export function averagePrecision(curve: readonly CurvePoint[]): number {
  let sum = 0;
  let recall = 0;
  for (const point of curve) {
    sum += (point.recall - recall) * point.precision;
    recall = point.recall;
  }
  return sum;
}

/** What holds at a threshold between two steps is what holds at the next higher step; null above the highest. */
export function pointAt(curve: readonly CurvePoint[], threshold: number): CurvePoint | null {
  return curve.findLast((point) => point.threshold >= threshold) ?? null;
}

/**
 * At most `most` points of the curve, its ends among them, evenly spaced in recall and in the logarithm of false positives:
 * a curve of 100,000 steps keeps its shape, and its end at high precision keeps every single wrong pair.
 */
export function thinCurve(curve: readonly CurvePoint[], most: number): readonly CurvePoint[] {
  const last = curve.at(-1);
  if (last === undefined || curve.length <= most) return curve;
  const wayTo = (point: CurvePoint) =>
    share(point.truePositives, last.truePositives) + share(Math.log1p(point.falsePositives), Math.log1p(last.falsePositives));
  const stride = (wayTo(last) - wayTo(curve[0] as CurvePoint)) / (most - 2);
  let next = 0;
  return curve.filter((point, index) => {
    const way = wayTo(point);
    if (way < next && index < curve.length - 1) return false;
    next = Math.max(next + stride, way);
    return true;
  });
}

export function countSame(pairs: readonly ScoredPair[]): number {
  return pairs.reduce((count, pair) => count + (pair.same ? 1 : 0), 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
