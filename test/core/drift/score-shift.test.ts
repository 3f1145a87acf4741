import { describe, expect, test } from "vitest";
import { compareScores, distanceByChance, drawPairs, independentPairs, kolmogorovSmirnov } from "../../../src/core/drift/score-shift.ts";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { histogram } from "../../../src/core/statistics/histogram.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 8;

/** A photo of a kind: a direction of its own around that of the kind. */
function photos(count: number, kind: number, random: () => number): readonly Float32Array[] {
  return Array.from({ length: count }, () =>
    toUnitLength(Array.from({ length: DIMENSIONS }, (_, i) => random() - 0.5 + (i === 0 ? kind : 0))),
  );
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
}

function allPairs(of: readonly Float32Array[]): readonly number[] {
  return histogram(of.flatMap((one, i) => of.slice(0, i).map((other) => dot(one, other))));
}

function disjointPairs(of: readonly Float32Array[], others: readonly Float32Array[]): readonly number[] {
  return histogram(of.map((one, i) => dot(one, others[i] as Float32Array)));
}

describe("the distance of two histograms", () => {
  test("is nothing for the same shares, all for histograms that do not meet, and the same both ways", () => {
    expect(kolmogorovSmirnov([1, 2, 3], [10, 20, 30])).toBeCloseTo(0, 12);
    expect(kolmogorovSmirnov([5, 0, 0], [0, 0, 9])).toBe(1);
    const random = seededRandom(41);
    for (let i = 0; i < 200; i++) {
      const [one, other] = [0, 1].map(() => Array.from({ length: 20 }, () => Math.floor(random() * 9) + 1)) as [number[], number[]];
      const distance = kolmogorovSmirnov(one, other);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(kolmogorovSmirnov(other, one)).toBeCloseTo(distance, 12);
    }
  });

  test("bounds how much the share of pairs above any edge differs", () => {
    const random = seededRandom(42);
    const share = (counts: readonly number[], from: number) =>
      counts.slice(from).reduce((sum, count) => sum + count, 0) / counts.reduce((a, b) => a + b);
    for (let i = 0; i < 100; i++) {
      const [one, other] = [0, 1].map(() => Array.from({ length: 30 }, () => Math.floor(random() * 50) + 1)) as [number[], number[]];
      const distance = kolmogorovSmirnov(one, other);
      for (let from = 0; from <= 30; from++) expect(Math.abs(share(one, from) - share(other, from))).toBeLessThanOrEqual(distance + 1e-12);
    }
  });
});

describe("what chance exceeds", () => {
  test("shrinks as there is more to go by, and is held up by the smaller sample", () => {
    expect(distanceByChance(1000, 1000)).toBeLessThan(distanceByChance(100, 1000));
    expect(distanceByChance(100, 1e9)).toBeGreaterThan(Math.sqrt(Math.log(200) / 200) - 1e-9);
  });

  test("has the factor 1.63 that tables of the two-sample test give for 1 %", () => {
    // Smirnov, Table for estimating the goodness of fit of empirical distributions (1948), Annals of Mathematical Statistics 19.
    for (const [n, m] of [
      [500, 500],
      [458, 10_000],
    ] as const)
      expect(distanceByChance(n, m) / Math.sqrt((n + m) / (n * m))).toBeCloseTo(1.63, 2);
  });

  test("counts half as many independent pairs as the photos they are made of", () => {
    for (const count of [2, 3, 10, 101, 1500]) expect(independentPairs((count * (count - 1)) / 2)).toBe(Math.floor(count / 2));
    expect(independentPairs(0)).toBe(1);
  });

  test("raises no alarm in 500 samples of photos of one kind, though the calibration's pairs share photos", () => {
    const random = seededRandom(43);
    const then = allPairs(photos(120, 0.3, random));
    let alarms = 0;
    for (let i = 0; i < 500; i++) {
      const { distance, byChance } = compareScores(then, disjointPairs(photos(60, 0.3, random), photos(60, 0.3, random)));
      if (distance > byChance) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(5);
  });
});

describe("comparing new photos with those calibrated on", () => {
  test("tells photos of another kind, and which way they lie", () => {
    const random = seededRandom(44);
    const [old, then] = [photos(400, 0.5, random), allPairs(photos(400, 0.5, random))];
    const other = compareScores(then, disjointPairs(photos(400, -0.5, random), old));
    expect(other.isShifted).toBe(true);
    expect(other.medianNow).toBeLessThan(other.medianThen);
    expect(compareScores(then, disjointPairs(photos(400, 0.5, random), old)).isShifted).toBe(false);
  });

  test("does not call a difference that is certain but small a shift", () => {
    const [then, now] = [
      Array.from({ length: 200 }, () => 1_000_000),
      Array.from({ length: 200 }, (_, bin) => (bin < 100 ? 1_050_000 : 950_000)),
    ];
    const { distance, byChance, isShifted } = compareScores(then, now);
    expect(distance).toBeGreaterThan(byChance);
    expect(isShifted).toBe(false);
  });
});

describe("the pairs that are drawn", () => {
  test("each have a new photo, and no photo is in two, for any share of new ones", () => {
    const random = seededRandom(45);
    for (let i = 0; i < 300; i++) {
      const share = random();
      const isNew = Array.from({ length: Math.floor(random() * 60) }, () => random() < share);
      const pairs = drawPairs(isNew, random);
      for (const [one, other] of pairs) expect(isNew[one] || isNew[other]).toBe(true);
      expect(new Set(pairs.flat()).size).toBe(2 * pairs.length);
      expect(pairs.length).toBeGreaterThanOrEqual(Math.floor(isNew.filter(Boolean).length / 2));
    }
  });

  test("are of two new photos as often as in all pairs of the library that a new photo is in", () => {
    const random = seededRandom(46);
    const isNew = Array.from({ length: 1000 }, (_, i) => i >= 600);
    const pairs = Array.from({ length: 50 }, () => drawPairs(isNew, random)).flat();
    const bothNew = (400 * 399) / 2;
    const share = pairs.filter(([one, other]) => isNew[one] && isNew[other]).length / pairs.length;
    expect(share).toBeCloseTo(bothNew / (bothNew + 400 * 600), 1);
  });
});
