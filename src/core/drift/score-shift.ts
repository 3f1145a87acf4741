/**
 * Whether photos that came after a calibration are like those it was made on: if their similarities to unrelated photos are
 * spread otherwise, a threshold that was guaranteed then need not hold now.
 */
import { type Random, shuffled } from "../statistics/seeded-random.ts";

export type ScoreShift =
  | { readonly kind: "not-calibrated" }
  | { readonly kind: "too-few"; readonly newPhotos: number }
  | ({ readonly kind: "compared"; readonly newPhotos: number } & ScoreDistance);

export interface ScoreDistance {
  /** Kolmogorov-Smirnov distance, in [0, 1]: at no similarity do the shares of pairs above it differ by more. */
  readonly distance: number;
  /** What chance alone exceeds once in a hundred times at most. */
  readonly byChance: number;
  /** More than chance does, and enough to matter. */
  readonly isShifted: boolean;
  /** Medians, to the width of a bin. */
  readonly medianThen: number;
  readonly medianNow: number;
}

/** Chance of being told of a shift where there is none, at most. */
const FALSE_ALARM = 0.01;
/**
 * With thousands of photos the smallest difference is more than chance. Measured with dupfind-lite on Caltech-101: 750 photos of the
 * same mixture lie below 0.062 in 200 draws; as many photos of one kind as the library held before, for six kinds, at 0.12 to 0.26.
 */
const MATTERS_FROM = 0.1;

/**
 * Matches the whole library at random, each photo with one other, and keeps the matches that a new photo is in: as pairs of
 * the library that are new, and telling independently of each other since no photo is in two.
 * @param isNew of each photo
 * @returns indices of photos
 */
export function drawPairs(isNew: readonly boolean[], random: Random): readonly (readonly [number, number])[] {
  const order = shuffled([...isNew.keys()], random);
  const matches = Array.from({ length: order.length >> 1 }, (_, at) => [order[2 * at], order[2 * at + 1]] as [number, number]);
  return matches.filter(([one, other]) => isNew[one] || isNew[other]);
}

/**
 * @param then histogram of all pairs of a sample of photos
 * @param now histogram, with the same bins, of pairs of which no two share a photo
 */
export function compareScores(then: readonly number[], now: readonly number[]): ScoreDistance {
  const [countThen, countNow] = [sum(then), sum(now)];
  const distance = kolmogorovSmirnov(then, now);
  const byChance = distanceByChance(independentPairs(countThen), countNow);
  return {
    distance,
    byChance,
    isShifted: distance > Math.max(byChance, MATTERS_FROM),
    medianThen: median(then),
    medianNow: median(now),
  };
}

/** Largest difference of two cumulated histograms, in [0, 1]; between the edges of bins it can only be larger. */
export function kolmogorovSmirnov(one: readonly number[], other: readonly number[]): number {
  const [total, otherTotal] = [sum(one), sum(other)];
  let [below, otherBelow, largest] = [0, 0, 0];
  one.forEach((count, bin) => {
    below += count;
    otherBelow += other[bin] as number;
    largest = Math.max(largest, Math.abs(below / total - otherBelow / otherTotal));
  });
  return largest;
}

/**
 * The distance of two samples from one distribution that is exceeded with probability `FALSE_ALARM` at most: P(D ≥ d) ≤
 * 2 exp(-2 d² nm/(n + m)) (Wei and Dudley, Two-sample Dvoretzky-Kiefer-Wolfowitz inequalities, Statistics and Probability
 * Letters 82, 2012; exact for n = m ≥ 458 and to 5 % below).
 * @param n independent draws in the one, @param m in the other
 */
export function distanceByChance(n: number, m: number): number {
  return Math.sqrt((Math.log(2 / FALSE_ALARM) * (n + m)) / (2 * n * m));
}

/**
 * All k(k-1)/2 pairs of k photos share photos and are no independent draws. They tell at least as much as ⌊k/2⌋ pairs that
 * share none (Hoeffding, Probability inequalities for sums of bounded random variables, 1963, section 5a): so many are counted.
 */
export function independentPairs(pairs: number): number {
  return Math.max(1, Math.floor((1 + Math.sqrt(1 + 8 * pairs)) / 4));
}

function median(counts: readonly number[]): number {
  const half = sum(counts) / 2;
  let below = 0;
  const bin = counts.findIndex((count) => {
    below += count;
    return below >= half;
  });
  return ((bin + 0.5) / counts.length) * 2 - 1;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
