/**
 * A bootstrap that draws photos, not pairs: pairs that share a photo err together, and drawing them one by one would
 * count one bad photo as many independent proofs.
 */
import type { Random } from "./seeded-random.ts";

/** Pairs as columns, photos by number: a thousand resamples of 100,000 pairs walk through memory, not through objects. */
export interface PairColumns {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly photoCount: number;
}

/** @param pairs by their photos' names, or by the numbers of their contents */
export function pairColumns<Name extends string | number>(pairs: readonly { readonly a: Name; readonly b: Name }[]): PairColumns {
  const numbers = new Map<Name, number>();
  const numberOf = (name: Name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  const a = Int32Array.from(pairs, (pair) => numberOf(pair.a));
  const b = Int32Array.from(pairs, (pair) => numberOf(pair.b));
  return { a, b, photoCount: numbers.size };
}

/**
 * Draws as many photos as there are, with replacement, again and again (the vertex bootstrap of Snijders and Borgatti 1999). A
 * pair counts with the product of its photos' multiplicities, and one of two edits of a single photo with that photo's.
 * @returns what `measure` makes of each resample; the weights it is given, one for each pair, are overwritten by the next
 */
export function bootstrapPhotos<Result>(
  { a, b, photoCount }: PairColumns,
  resamples: number,
  random: Random,
  measure: (weights: Float64Array) => Result,
): readonly Result[] {
  const multiplicities = new Int32Array(photoCount);
  const weights = new Float64Array(a.length);
  return Array.from({ length: resamples }, () => {
    multiplicities.fill(0);
    for (let draw = 0; draw < photoCount; draw++) {
      const photo = Math.floor(random() * photoCount);
      multiplicities[photo] = (multiplicities[photo] as number) + 1;
    }
    for (let i = 0; i < weights.length; i++) {
      const one = multiplicities[a[i] as number] as number;
      weights[i] = a[i] === b[i] ? one : one * (multiplicities[b[i] as number] as number);
    }
    return measure(weights);
  });
}

/**
 * The value below which a share of the values lies; values between two ranks belong to the lower one, so that infinities need
 * no arithmetic.
 * @param level in [0, 1]
 */
export function quantile(values: readonly number[], level: number): number {
  const rising = Float64Array.from(values).sort();
  return rising[Math.min(rising.length - 1, Math.floor(level * rising.length))] as number;
}
