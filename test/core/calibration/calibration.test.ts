import { describe, expect, test } from "vitest";
import { evaluatePairs } from "../../../src/core/calibration/calibration.ts";
import { highestToAsk } from "../../../src/core/calibration/chosen-threshold.ts";
import { calibrationCurve, pointAt } from "../../../src/core/calibration/precision-recall-curve.ts";
import type { ReviewablePair } from "../../../src/core/pairs/labelled-pair.ts";
import { HISTOGRAM_BINS, histogram } from "../../../src/core/statistics/histogram.ts";
import { photoPath } from "../../../src/core/units.ts";
import { scoredPair } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

function judged(count: number, same: boolean, between: readonly [number, number], seed: number): readonly ReviewablePair[] {
  const random = seededRandom(seed);
  const picture = (name: string) => ({ name, photo: photoPath(`/photos/${name}.jpg`) });
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [`${seed}-${i}`, `${seed}-${i}'`];
    return { ...scoredPair(a, b, same, between[0] + random() * (between[1] - between[0])), pictures: [picture(a), picture(b)] };
  });
}

/** An encoder whose own threshold is its floor. */
const downTo = (floor: number) => ({ floor, value: floor });

const pairs = [...judged(200, true, [0.5, 1], 1), ...judged(300, false, [0, 0.6], 2)];

describe("what judged pairs tell", () => {
  const findings = evaluatePairs(pairs, 0.95, downTo(0.45));

  test("has the counts and rates at the threshold it promises", () => {
    expect(findings.pairs).toEqual({ same: 200, different: 300, photos: 1000 });
    expect(findings.threshold.guaranteed).toBe(findings.at?.threshold);
    expect(findings.at).toEqual(pointAt(calibrationCurve(pairs), findings.at?.threshold as number));
    expect(findings.falsePositiveRateAtMost).toBeGreaterThan(findings.at?.falsePositiveRate as number);
    expect(findings.threshold.limitedByFloor).toBe(false);
  });

  test("answers for every precision, higher ones with higher thresholds, until one is too high to promise", () => {
    const thresholds = findings.guarantees.map(({ at }) => at?.threshold ?? Number.POSITIVE_INFINITY);
    expect([...thresholds].sort((one, other) => one - other)).toEqual(thresholds);
    expect(findings.guarantees.at(-1)).toEqual({ precision: 0.999, at: null });
    for (const { precision, at } of findings.guarantees) expect(at !== null).toBe(precision <= findings.highestGuarantee);
  });

  test("names the wrong pairs, the most similar first, and the missed ones, the least similar first", () => {
    const { wrong, missed } = evaluatePairs(pairs, 0.8, downTo(-1)).disputed;
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
    const { threshold, at } = evaluatePairs(pairs, 0.5, downTo(0.48));
    expect(threshold).toMatchObject({ guaranteed: 0.48, limitedByFloor: true });
    expect(at).toEqual({ ...pointAt(calibrationCurve(pairs), 0.48), threshold: 0.48 });
  });

  test("promises nothing from too few pairs, and says how many it takes", () => {
    const few = evaluatePairs([...judged(20, true, [0.8, 1], 3), ...judged(20, false, [0, 0.2], 4)], 0.99, downTo(0.1));
    expect(few.threshold.guaranteed).toBeNull();
    expect(few.threshold.observed).toBeGreaterThan(0.1);
    expect(few.at?.recall).toBe(1);
    expect(few.pairsToGuarantee).toBe(568);
    expect(few.highestGuarantee).toBeGreaterThan(0.7);
    expect(few.highestGuarantee).toBeLessThan(0.9);
  });

  test("answers for the highest precision that it promises, which lies between two that are always worked out", () => {
    const few = evaluatePairs([...judged(20, true, [0.8, 1], 3), ...judged(20, false, [0, 0.2], 4)], 0.99, downTo(0.1));
    const highest = highestToAsk(few.highestGuarantee);
    expect(few.guarantees.find(({ at }) => at !== null && at.threshold > 0)?.precision).toBe(0.5);
    expect(few.guarantees.findLast(({ at }) => at !== null)?.precision).toBe(highest);
    const none = evaluatePairs([...judged(1, true, [0.8, 1], 3), ...judged(20, false, [0, 0.2], 4)], 0.99, downTo(0.1));
    expect(Math.min(...none.guarantees.map(({ precision }) => precision))).toBe(0.5);
  });

  test("is the same at every run", () => {
    expect(evaluatePairs(pairs, 0.95, downTo(0.45))).toEqual(findings);
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
