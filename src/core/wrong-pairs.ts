/**
 * How many pairs of different photos a threshold takes for the same in a whole library: the tail of the similarities of its
 * unrelated photos, extrapolated past what can be counted.
 */
import { fitParetoTail, type ParetoTail, tailBeyond } from "./generalised-pareto.ts";
import type { Pair } from "./library.ts";
import { bootstrapPhotos, pairColumns, quantile } from "./photo-bootstrap.ts";
import type { Random } from "./seeded-random.ts";

/**
 * Pairs of unrelated photos, the most similar of those below a cut. At and above the cut lie the true duplicates, that no
 * one has told apart: nothing there is looked at, and the fit takes into account that it was not.
 */
export interface UnrelatedPairs {
  /** Falling similarities below `cut`. */
  readonly pairs: readonly Pair[];
  readonly cut: number;
  /** Pairs among which these are the most similar ones. */
  readonly lookedAt: number;
  /** Photos that those pairs are of. */
  readonly photos: number;
}

export interface WrongPairs {
  /** Expected number of wrong pairs at or above the threshold, with its 95 % interval. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly tail: FittedTail;
  /** How well the form fits: the tail fitted without its upper tenth, and what it expects there. */
  readonly check: { readonly from: number; readonly counted: number; readonly expected: number };
}

export interface FittedTail extends ParetoTail {
  /** Similarity that the tail begins at. */
  readonly level: number;
  readonly cut: number;
  /** Unrelated pairs from `level` to `cut`, of `lookedAt`. */
  readonly exceedances: number;
  readonly lookedAt: number;
}

/** Fewer say nothing of a tail. */
export const EXCEEDANCES_AT_LEAST = 50;
/** More would reach down to where the distribution is no tail any more. */
export const EXCEEDANCES_AT_MOST = 1000;
/** A tail is the upper tenth at most. */
const TAIL_SHARE = 0.1;
const RESAMPLES = 200;

/**
 * @param threshold at or above the cut
 * @param photoCount contents of the library, all pairs of which could be wrong
 * @returns null where there are too few pairs to tell
 */
export function expectWrongPairs(unrelated: UnrelatedPairs, threshold: number, photoCount: number, random: Random): WrongPairs | null {
  const count = Math.min(EXCEEDANCES_AT_MOST, unrelated.pairs.length - 1, Math.floor(TAIL_SHARE * unrelated.lookedAt));
  if (count < EXCEEDANCES_AT_LEAST) return null;
  const pairs = unrelated.pairs.slice(0, count);
  const level = (unrelated.pairs[count] as Pair).similarity;
  const scope = { level, cut: unrelated.cut, lookedAt: unrelated.lookedAt };
  const expectedOf = (tail: FittedTail) => allPairs(photoCount) * shareAtOrAbove(tail, threshold);
  const tail = fitTail(pairs, new Float64Array(count).fill(1), scope);
  const columns = { ...pairColumns(pairs), photoCount: unrelated.photos };
  const resampled = bootstrapPhotos(columns, RESAMPLES, random, (weights) =>
    weights.some((weight) => weight > 0) ? expectedOf(fitTail(pairs, weights, scope)) : 0,
  );
  return {
    expected: expectedOf(tail),
    low: quantile(resampled, 0.025),
    high: quantile(resampled, 0.975),
    tail,
    check: check(pairs, scope),
  };
}

/** Share of all pairs of unrelated photos whose similarity is at or above one that lies above the tail's level. */
export function shareAtOrAbove({ exceedances, lookedAt, level, cut, ...tail }: FittedTail, similarity: number): number {
  const seen = 1 - tailBeyond(tail, cut - level);
  return Math.min(1, ((exceedances / lookedAt) * tailBeyond(tail, similarity - level)) / seen);
}

/** Pairs of different photos among so many. */
export function allPairs(photoCount: number): number {
  return (photoCount * (photoCount - 1)) / 2;
}

type Scope = Pick<FittedTail, "level" | "cut" | "lookedAt">;

function fitTail(pairs: readonly Pair[], weights: Float64Array, scope: Scope): FittedTail {
  const excesses = Float64Array.from(pairs, ({ similarity }) => similarity - scope.level);
  const exceedances = weights.reduce((sum, weight) => sum + weight, 0);
  return { ...fitParetoTail(excesses, weights, scope.cut - scope.level), ...scope, exceedances };
}

function check(pairs: readonly Pair[], scope: Scope): WrongPairs["check"] {
  const counted = Math.ceil(pairs.length / 10);
  const from = (pairs[counted - 1] as Pair).similarity;
  const rest = pairs.slice(counted);
  const tail = fitTail(rest, new Float64Array(rest.length).fill(1), { ...scope, cut: from });
  return { from, counted, expected: scope.lookedAt * (shareAtOrAbove(tail, from) - shareAtOrAbove(tail, scope.cut)) };
}
