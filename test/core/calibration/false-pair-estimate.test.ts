import { describe, expect, test } from "vitest";
import {
  allPairs,
  estimateFalsePairs,
  type FalsePairEstimate,
  shareAtOrAbove,
  type UnrelatedPairs,
} from "../../../src/core/calibration/false-pair-estimate.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { Pair } from "../../../src/core/library/contents.ts";
import { idOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

/** Photos that are as unrelated as random directions are. */
function randomVectors(count: number, dimensions: number, seed: number): readonly Float32Array[] {
  const random = seededRandom(seed);
  const bell = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => toUnitLength(Array.from({ length: dimensions }, bell)));
}

function pairsOf(vectors: readonly Float32Array[], atLeast: number): readonly Pair[] {
  return vectors
    .flatMap((one, a) => vectors.slice(0, a).map((other, b): Pair => ({ a: idOf(a), b: idOf(b), similarity: cosine(one, other) })))
    .filter(({ similarity }) => similarity >= atLeast)
    .sort((one, other) => other.similarity - one.similarity);
}

function unrelated(vectors: readonly Float32Array[], cut: number): UnrelatedPairs {
  const pairs = pairsOf(vectors, -1).filter(({ similarity }) => similarity < cut);
  return { pairs, cut, lookedAt: allPairs(vectors.length), photos: vectors.length };
}

const DIMENSIONS = 14;
const CUT = 0.75;

describe("the expected number of wrong pairs", () => {
  test("of a library ten times as large is the one that counting finds there, within the interval", () => {
    const large = 1600;
    const counted = pairsOf(randomVectors(large, DIMENSIONS, 1), CUT);
    expect(counted.length).toBeGreaterThan(300);
    for (const threshold of [CUT, 0.8, 0.84]) {
      const truth = counted.filter(({ similarity }) => similarity >= threshold).length;
      const found = [2, 3, 4, 5, 6].map((seed) => {
        const small = unrelated(randomVectors(160, DIMENSIONS, seed), CUT);
        return estimateFalsePairs(small, threshold, large, seededRandom(seed));
      });
      // Five intervals of 95 %: that two of them miss has a chance of 2 %.
      expect(found.filter((one) => one !== null && one.low <= truth && truth <= one.high).length).toBeGreaterThanOrEqual(4);
    }
  });

  test("has an interval around the count that says something on both sides, where the tail reaches up to the threshold", () => {
    const threshold = 0.7;
    for (const seed of [21, 22, 23]) {
      const vectors = randomVectors(600, DIMENSIONS, seed);
      const truth = pairsOf(vectors, threshold).length;
      expect(truth).toBeGreaterThan(300);
      const { low, high } = estimateFalsePairs(unrelated(vectors, threshold), threshold, 600, seededRandom(seed)) as FalsePairEstimate;
      expect(low).toBeGreaterThan(truth / 20);
      expect(low).toBeLessThanOrEqual(truth);
      expect(high).toBeGreaterThanOrEqual(truth);
      expect(high).toBeLessThan(truth * 20);
    }
  });

  test("leaves alone what lies at the cut and above: duplicates there change nothing", () => {
    const vectors = randomVectors(300, DIMENSIONS, 7);
    const clean = estimateFalsePairs(unrelated(vectors, CUT), 0.8, 300, seededRandom(1));
    const withCopies = [...vectors, ...vectors.slice(0, 40)];
    const pairs = pairsOf(withCopies, -1).filter(({ similarity }) => similarity < CUT);
    const observed = { pairs, cut: CUT, lookedAt: allPairs(340), photos: 340 };
    const dirty = estimateFalsePairs(observed, 0.8, 300, seededRandom(1));
    expect(dirty?.expected).toBeGreaterThan((clean?.low as number) / 1.5);
    expect(dirty?.expected).toBeLessThan((clean?.high as number) * 1.5);
  });

  test("grows with the number of pairs, and falls as the threshold rises", () => {
    const sample = unrelated(randomVectors(300, DIMENSIONS, 8), CUT);
    const expected = (threshold: number, photos: number) =>
      estimateFalsePairs(sample, threshold, photos, seededRandom(1))?.expected as number;
    expect(expected(0.8, 2000) / expected(0.8, 1000)).toBeCloseTo(allPairs(2000) / allPairs(1000), 6);
    const falling = [CUT, 0.8, 0.85, 0.9, 0.99].map((threshold) => expected(threshold, 1000));
    expect([...falling].sort((one, other) => other - one)).toEqual(falling);
  });

  test("agrees with the count inside the tail, and tells how well the form fits", () => {
    const sample = unrelated(randomVectors(400, DIMENSIONS, 9), CUT);
    const found = estimateFalsePairs(sample, CUT, 400, seededRandom(1));
    if (found === null) throw new Error("Expected enough pairs");
    const at = 0.7;
    const counted = sample.pairs.filter(({ similarity }) => similarity >= at).length;
    const inside = sample.lookedAt * (shareAtOrAbove(found.tail, at) - shareAtOrAbove(found.tail, CUT));
    expect(Math.abs(inside / counted - 1)).toBeLessThan(0.15);
    expect(found.check.counted).toBe(80);
    expect(Math.abs(found.check.expected / 80 - 1)).toBeLessThan(0.5);
  });

  test("is not told from a handful of photos", () => {
    expect(estimateFalsePairs(unrelated(randomVectors(20, DIMENSIONS, 10), CUT), CUT, 20, seededRandom(1))).toBeNull();
  });
});
