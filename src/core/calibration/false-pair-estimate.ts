/**
 * How many pairs of different photos a threshold takes for the same in a whole library: the tail of the similarities of its
 * unrelated photos, extrapolated past what can be counted.
 */
import type { Pair } from "../library/contents.ts";
import { fitParetoTail, type ParetoTail, tailBeyond } from "../statistics/generalised-pareto.ts";
import { bootstrapPhotos, pairColumns, quantile } from "../statistics/picture-bootstrap.ts";
import type { Random } from "../statistics/seeded-random.ts";

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

export interface FalsePairEstimate {
  /** Expected number of wrong pairs at or above the threshold, with its 95 % interval. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly tail: FittedTail;
  /** How well the form fits: the tail fitted without its upper fifth, what it expects there, and what is there. */
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
/** Enough to see how they thin out, and soon read. */
export const EXCEEDANCES_AT_MOST = 20_000;
/** Of more exceedances every second, third, … is fitted and stands for its neighbours. */
const FITTED_AT_MOST = 1000;
/**
 * A tail is the upper half of a hundredth: photos of one kind of thing thin out otherwise than all photos do, and further down the
 * two mix (300 photos of Caltech-101: with the upper fiftieth the estimate is five times too high). Small libraries have to do with more.
 */
const TAIL_SHARE = 0.005;
const TAIL_SHARE_AT_MOST = 0.1;
const RESAMPLES = 200;

/**
 * @param threshold at or above the cut
 * @param photoCount contents of the library, all pairs of which could be wrong
 * @returns null where there are too few pairs to tell
 */
export function estimateFalsePairs(
  unrelated: UnrelatedPairs,
  threshold: number,
  photoCount: number,
  random: Random,
): FalsePairEstimate | null {
  const { lookedAt } = unrelated;
  const wanted = Math.min(EXCEEDANCES_AT_MOST, Math.max(EXCEEDANCES_AT_LEAST, Math.floor(TAIL_SHARE * lookedAt)));
  const count = Math.min(wanted, unrelated.pairs.length - 1);
  if (count < EXCEEDANCES_AT_LEAST || count > TAIL_SHARE_AT_MOST * lookedAt) return null;
  const stride = Math.ceil(count / FITTED_AT_MOST);
  const pairs = unrelated.pairs.slice(0, count).filter((_, index) => index % stride === stride >> 1);
  const level = (unrelated.pairs[count] as Pair).similarity;
  const scope = { level, cut: unrelated.cut, lookedAt, stride };
  const expectedOf = (tail: FittedTail) => allPairs(photoCount) * shareAtOrAbove(tail, threshold);
  const tail = fitTail(pairs, new Float64Array(pairs.length).fill(1), scope);
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

interface Scope extends Pick<FittedTail, "level" | "cut" | "lookedAt"> {
  /** Pairs that each fitted one stands for. */
  readonly stride: number;
}

function fitTail(pairs: readonly Pair[], weights: Float64Array, { stride, ...scope }: Scope): FittedTail {
  const excesses = Float64Array.from(pairs, ({ similarity }) => similarity - scope.level);
  const exceedances = stride * weights.reduce((sum, weight) => sum + weight, 0);
  return { ...fitParetoTail(excesses, weights, scope.cut - scope.level), ...scope, exceedances };
}

function check(pairs: readonly Pair[], scope: Scope): FalsePairEstimate["check"] {
  const upper = Math.ceil(pairs.length / 5);
  const from = (pairs[upper - 1] as Pair).similarity;
  const rest = pairs.slice(upper);
  const tail = fitTail(rest, new Float64Array(rest.length).fill(1), { ...scope, cut: from });
  return { from, counted: upper * scope.stride, expected: scope.lookedAt * (shareAtOrAbove(tail, from) - shareAtOrAbove(tail, scope.cut)) };
}
