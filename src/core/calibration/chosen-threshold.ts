/**
 * Which of the thresholds that were tried reports go by: the one that has the precision asked for, or else the best that the pairs
 * support, and with what confidence.
 */
import type { Similarity } from "../units.ts";
import { highestGuaranteed, lowestGuaranteeing, type ThresholdCandidate } from "./guaranteed-threshold.ts";
import { LEAST_PRECISION } from "./precision-range.ts";
import type { CurvePoint } from "./precision-recall-curve.ts";

/** What a thousandth may lose as a binary fraction. */
const ROUNDING = 1e-9;

export interface ChosenThreshold {
  /** A bound on the similarity: pairs at or above it are listed. */
  readonly threshold: Similarity;
  /** Precision that is guaranteed there: the one asked for, or the highest that the pairs can guarantee, rounded down. In (0, 1). */
  readonly precision: number;
  /** How sure it is that pairs like these have the precision asked for at the threshold, in [0, 1]. */
  readonly confidence: number;
}

/**
 * The lowest threshold with the precision asked for. Where none has it, the one at which the pairs guarantee most, but never below the
 * encoder's own: what a few labels cannot show is no reason to list more, and every reason to list less.
 * @param own the encoder's threshold
 * @returns null where the pairs guarantee no precision that could be asked for
 */
export function supportedThreshold(
  candidates: readonly ThresholdCandidate[],
  precision: number,
  own: number,
): { readonly chosen: ChosenThreshold; readonly point: CurvePoint } | null {
  const asked = lowestGuaranteeing(candidates, precision);
  if (asked !== null) return { chosen: choose(candidates, asked, precision), point: asked };
  const usable = candidates.filter(({ point }) => point.threshold >= own);
  const best = highestToAsk(highestGuaranteed(usable));
  const found = best < LEAST_PRECISION ? null : lowestGuaranteeing(usable, best);
  if (found === null) return null;
  // No pair lies between the encoder's own threshold and the next candidate: what holds at the one holds at the other.
  const point = found === usable.at(-1)?.point ? { ...found, threshold: own as Similarity } : found;
  return { chosen: { ...choose(usable, found, best), threshold: point.threshold }, point };
}

function choose(candidates: readonly ThresholdCandidate[], point: CurvePoint, precision: number): ChosenThreshold {
  const confidence = candidates.find((candidate) => candidate.point === point)?.confidence ?? 0;
  return { threshold: point.threshold, precision, confidence };
}

/** What can be asked for where this is the highest guarantee: rounded down, to three decimals. */
export function highestToAsk(highestGuarantee: number): number {
  return Math.floor(highestGuarantee * 1000 + ROUNDING) / 1000;
}
