import { describe, expect, test } from "vitest";
import {
  averagePrecision,
  type CurvePoint,
  calibrationCurve,
  pointAt,
  thinCurve,
} from "../../../src/core/calibration/precision-recall-curve.ts";
import type { ScoredPair } from "../../../src/core/pairs/scored-pair.ts";
import { similarity } from "../../../src/core/units.ts";
import { scoredPair, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

/** Pairs with many ties, seeded: the same ones lie higher, and both kinds overlap. */
function* pairSets(): Generator<readonly ScoredPair[]> {
  const random = seededRandom(11);
  for (const count of [1, 2, 3, 10, 50, 400]) {
    for (let i = 0; i < 10; i++) {
      yield Array.from({ length: count }, (_, index) => {
        const same = random() < 0.4;
        return scoredPair(`${index}`, `${index}'`, same, Math.round((random() * 0.7 + (same ? 0.3 : 0)) * 40) / 40);
      });
    }
  }
}

describe("the curve of a calibration", () => {
  test("has the precision, recall and average precision that scikit-learn publishes for its example", () => {
    // sklearn.metrics.precision_recall_curve and average_precision_score, "Examples" of version 1.5: one set of labels and scores.
    const pairs = [scoredPair("a", "b", false, 0.1), scoredPair("a", "c", false, 0.4), scoredPair("a", "d", true, 0.35)];
    const curve = calibrationCurve([...pairs, scoredPair("a", "e", true, 0.8)]);
    expect(curve.map(({ threshold }) => threshold)).toEqual([0.8, 0.4, 0.35, 0.1]);
    expect(curve.map(({ precision }) => precision)).toEqual([1, 1 / 2, 2 / 3, 2 / 4]);
    expect(curve.map(({ recall }) => recall)).toEqual([0.5, 0.5, 1, 1]);
    expect(averagePrecision(curve)).toBeCloseTo(0.83, 2);
  });

  test("agrees with a count of the pairs at or above each threshold, and has each distinct similarity once", () => {
    for (const pairs of pairSets()) {
      const curve = calibrationCurve(pairs);
      expect(curve.map(({ threshold }) => threshold)).toEqual(
        [...new Set(pairs.map((pair) => pair.similarity))].sort((one, other) => other - one),
      );
      for (const point of curve) {
        const above = pairs.filter((pair) => pair.similarity >= point.threshold);
        const right = above.filter((pair) => pair.same).length;
        const same = pairs.filter((pair) => pair.same).length;
        expect(point).toEqual({
          threshold: point.threshold,
          truePositives: right,
          falsePositives: above.length - right,
          precision: right / above.length,
          recall: same === 0 ? 0 : right / same,
          falsePositiveRate: same === pairs.length ? 0 : (above.length - right) / (pairs.length - same),
        } satisfies CurvePoint);
      }
    }
  });

  test("never falls in recall or false positives as the threshold falls, whatever order the pairs come in", () => {
    const random = seededRandom(12);
    for (const pairs of pairSets()) {
      const curve = calibrationCurve(pairs);
      curve.slice(1).forEach((point, index) => {
        const before = curve[index] as CurvePoint;
        expect(point.threshold).toBeLessThan(before.threshold);
        expect(point.truePositives + point.falsePositives).toBeGreaterThan(before.truePositives + before.falsePositives);
        expect(point.recall).toBeGreaterThanOrEqual(before.recall);
        expect(point.falsePositiveRate).toBeGreaterThanOrEqual(before.falsePositiveRate);
      });
      expect(calibrationCurve(shuffled(pairs, random))).toEqual(curve);
    }
  });

  test("has an average precision from the share of same pairs, for an encoder that tells nothing, to 1 for one that tells all", () => {
    for (const pairs of pairSets()) {
      const same = pairs.filter((pair) => pair.same).length;
      if (same === 0) continue;
      expect(averagePrecision(calibrationCurve(pairs.map((pair) => ({ ...pair, similarity: similarity(0) }))))).toBe(same / pairs.length);
      const told = pairs.map((pair) => ({ ...pair, similarity: similarity(pair.same ? 1 : -1) }));
      expect(averagePrecision(calibrationCurve(told))).toBe(1);
      expect(averagePrecision(calibrationCurve(pairs))).toBeGreaterThan(0);
      expect(averagePrecision(calibrationCurve(pairs))).toBeLessThanOrEqual(1);
    }
  });

  test("holds between two steps what holds at the higher one", () => {
    const curve = calibrationCurve([scoredPair("a", "b", true, 0.9), scoredPair("c", "d", false, 0.5)]);
    expect(pointAt(curve, 0.7)).toBe(curve[0]);
    expect(pointAt(curve, 0.5)).toBe(curve[1]);
    expect(pointAt(curve, 0.95)).toBeNull();
  });
});

describe("a thinned curve", () => {
  const random = seededRandom(13);
  const pairs = Array.from({ length: 20_000 }, (_, i) =>
    scoredPair(`${i}`, `${i}'`, i % 20 === 0, i % 20 === 0 ? 1 - random() ** 3 : random() * 0.9),
  );
  const curve = calibrationCurve(pairs);

  test("is a part of the curve with its lowest threshold, and no longer than asked", () => {
    for (const most of [10, 100, 300]) {
      const thin = thinCurve(curve, most);
      expect(thin.length).toBeLessThanOrEqual(most);
      expect(thin.length).toBeGreaterThan(most / 3);
      expect(thin.every((point) => curve.includes(point))).toBe(true);
      expect(thin.at(-1)).toBe(curve.at(-1));
      expect(thin[0]).toBe(curve[0]);
    }
    expect(thinCurve(curve.slice(0, 5), 10)).toEqual(curve.slice(0, 5));
  });

  test("loses no more than a hundredth of recall between two points", () => {
    const thin = thinCurve(curve, 300);
    thin.slice(1).forEach((point, i) => {
      expect(point.recall - (thin[i] as CurvePoint).recall).toBeLessThan(0.01);
    });
  });
});
