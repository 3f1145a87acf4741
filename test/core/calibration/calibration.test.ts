import { describe, expect, test } from "vitest";
import { highestToAsk, judgePairs } from "../../../src/core/calibration/calibration.ts";
import { calibrationCurve, pointAt } from "../../../src/core/calibration/precision-recall-curve.ts";
import type { JudgedPair } from "../../../src/core/pairs/judged-pair.ts";
import { HISTOGRAM_BINS, histogram } from "../../../src/core/statistics/histogram.ts";
import { photoPath } from "../../../src/core/units.ts";
import { scoredPair } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

function judged(count: number, same: boolean, between: readonly [number, number], seed: number): readonly JudgedPair[] {
  const random = seededRandom(seed);
  const picture = (name: string) => ({ name, photo: photoPath(`/photos/${name}.jpg`) });
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [`${seed}-${i}`, `${seed}-${i}'`];
    return { ...scoredPair(a, b, same, between[0] + random() * (between[1] - between[0])), pictures: [picture(a), picture(b)] };
  });
}

const pairs = [...judged(200, true, [0.5, 1], 1), ...judged(300, false, [0, 0.6], 2)];

describe("what judged pairs tell", () => {
  const findings = judgePairs(pairs, 0.95, 0.45);

  test("has the counts and rates at the threshold it promises", () => {
    expect(findings.pairs).toEqual({ same: 200, different: 300, photos: 1000 });
    expect(findings.threshold.promised).toBe(findings.at?.threshold);
    expect(findings.at).toEqual(pointAt(calibrationCurve(pairs), findings.at?.threshold as number));
    expect(findings.falsePositiveRateAtMost).toBeGreaterThan(findings.at?.falsePositiveRate as number);
    expect(findings.threshold.heldByFloor).toBe(false);
  });

  test("answers for every precision, higher ones with higher thresholds, until one is too high to promise", () => {
    const thresholds = findings.promises.map(({ at }) => at?.threshold ?? Number.POSITIVE_INFINITY);
    expect([...thresholds].sort((one, other) => one - other)).toEqual(thresholds);
    expect(findings.promises.at(-1)).toEqual({ precision: 0.999, at: null });
    for (const { precision, at } of findings.promises) expect(at !== null).toBe(precision <= findings.bestPromise);
  });

  test("names the wrong pairs, the most similar first, and the missed ones, the least similar first", () => {
    const { wrong, missed } = judgePairs(pairs, 0.8, -1).disputed;
    expect(wrong.length).toBeGreaterThan(2);
    for (const list of [wrong.map((pair) => -pair.similarity), missed.map((pair) => pair.similarity)]) {
      expect([...list].sort((one, other) => one - other)).toEqual(list);
      expect(list.length).toBeLessThanOrEqual(12);
    }
    expect(missed.length).toBeGreaterThan(0);
    expect(wrong[0]?.pictures[0].name).toMatch(/^2-/);
    expect(missed[0]?.pictures[0].name).toMatch(/^1-/);
  });

  test("is held by the floor where the promise would go lower", () => {
    const { threshold, at } = judgePairs(pairs, 0.5, 0.48);
    expect(threshold).toMatchObject({ promised: 0.48, heldByFloor: true });
    expect(at).toEqual({ ...pointAt(calibrationCurve(pairs), 0.48), threshold: 0.48 });
  });

  test("promises nothing from too few pairs, and says how many it takes", () => {
    const few = judgePairs([...judged(20, true, [0.8, 1], 3), ...judged(20, false, [0, 0.2], 4)], 0.99, 0.1);
    expect(few.threshold.promised).toBeNull();
    expect(few.threshold.onLabels).toBeGreaterThan(0.1);
    expect(few.at?.recall).toBe(1);
    expect(few.pairsToPromise).toBe(459);
    expect(few.bestPromise).toBeGreaterThan(0.7);
    expect(few.bestPromise).toBeLessThan(0.9);
  });

  test("answers for the highest precision that it promises, which lies between two that are always worked out", () => {
    const few = judgePairs([...judged(20, true, [0.8, 1], 3), ...judged(20, false, [0, 0.2], 4)], 0.99, 0.1);
    const highest = highestToAsk(few.bestPromise);
    expect(few.promises.find(({ at }) => at !== null && at.threshold > 0)?.precision).toBe(0.5);
    expect(few.promises.findLast(({ at }) => at !== null)?.precision).toBe(highest);
    const none = judgePairs([...judged(1, true, [0.8, 1], 3), ...judged(20, false, [0, 0.2], 4)], 0.99, 0.1);
    expect(Math.min(...none.promises.map(({ precision }) => precision))).toBe(0.5);
  });

  test("is the same at every run", () => {
    expect(judgePairs(pairs, 0.95, 0.45)).toEqual(findings);
  });
});

describe("a histogram of similarities", () => {
  test("counts each one once, in the bin it lies in", () => {
    const counts = histogram([-1, -0.995, 0, 0.014, 0.4999, 1, 1]);
    expect(counts).toHaveLength(HISTOGRAM_BINS);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(7);
    expect([counts[0], counts[100], counts[101], counts[149], counts[199]]).toEqual([2, 1, 1, 1, 2]);
  });
});
