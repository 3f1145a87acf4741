import { describe, expect, test } from "vitest";
import { fitParetoTail, type ParetoTail, tailBeyond } from "../../../src/core/statistics/generalised-pareto.ts";
import { seededRandom } from "../../seeded-random.ts";

/**
 * Daily rainfall above 30 mm in south-west England, 1914 to 1962: the example of Coles, An Introduction to Statistical Modeling
 * of Extreme Values (2001), section 4.4.1. The data are those of the R package ismev.
 */
const RAIN_MM = [
  31.8, 32.5, 31.8, 44.5, 30.5, 43.2, 35.6, 38.1, 32, 31.8, 33, 39.1, 30.5, 31.8, 32.3, 33, 30.5, 32.5, 48.5, 35.3, 40.6, 30.5, 34.3, 32.8,
  30.5, 45.7, 31.8, 33.5, 33.5, 31.8, 34.8, 35.3, 37.8, 76.7, 32.3, 34, 33.8, 36.6, 30.5, 45.7, 86.6, 35.6, 47.8, 47.5, 34.3, 48.5, 30.7,
  43.4, 59.4, 35.1, 53.3, 33.5, 30.5, 30.2, 40.9, 42.7, 83.3, 54.9, 59.2, 31.8, 37.3, 32.5, 34, 67.3, 31.2, 30.2, 36.1, 36.8, 38.4, 31,
  33.3, 47, 32, 33, 38.1, 30.5, 72.4, 34.3, 37.1, 33, 40.9, 39.9, 47, 36.3, 30.5, 30.5, 55.9, 31.8, 51.3, 85.3, 41.9, 30.5, 33, 35.6, 55.9,
  44.2, 38.1, 34.3, 31.8, 32, 31.8, 35.6, 45.2, 30.5, 39.4, 30.2, 44.5, 31.8, 33.8, 51.6, 35.3, 59.4, 33.5, 35.3, 30.5, 36.8, 47.8, 42.9,
  37.6, 55.4, 35.3, 42.4, 33, 33, 40.1, 34.8, 38.1, 39.4, 34, 35.6, 34.3, 33.5, 31, 36.6, 36.3, 38.4, 38.1, 47, 31, 30.5, 31.2, 35.6, 48.8,
  41.9, 31.7, 31.2, 51.3, 33.5, 37.6, 39.4, 39.4, 45.7,
];

const ones = (count: number) => new Array<number>(count).fill(1);

/** By inversion of the distribution function, only excesses up to the cut. */
function drawn({ shape, scale }: ParetoTail, count: number, seed: number, cut = Number.POSITIVE_INFINITY): readonly number[] {
  const random = seededRandom(seed);
  const excesses: number[] = [];
  while (excesses.length < count) {
    const excess = shape === 0 ? -scale * Math.log(1 - random()) : (scale / shape) * ((1 - random()) ** -shape - 1);
    if (excess > 0 && excess <= cut) excesses.push(excess);
  }
  return excesses;
}

function logLikelihood({ shape, scale }: ParetoTail, excesses: readonly number[]): number {
  return excesses.reduce((sum, excess) => sum - Math.log(scale) - (1 / shape + 1) * Math.log(1 + (shape * excess) / scale), 0);
}

describe("the tail fitted to exceedances", () => {
  test("is the one Coles published for rainfall: scale 7.44, shape 0.184, log-likelihood -485.1", () => {
    const excesses = RAIN_MM.map((rain) => rain - 30);
    expect(excesses).toHaveLength(152);
    const tail = fitParetoTail(excesses, ones(152), Number.POSITIVE_INFINITY);
    expect(tail.scale).toBeCloseTo(7.44, 2);
    expect(tail.shape).toBeCloseTo(0.184, 3);
    expect(logLikelihood(tail, excesses)).toBeCloseTo(-485.1, 1);
  });

  test("finds the shape and scale that made the exceedances, whole or cut off above", () => {
    for (const shape of [-0.4, -0.2, 0, 0.2]) {
      const excesses = drawn({ shape, scale: 0.05 }, 20_000, 31);
      const whole = fitParetoTail(excesses, ones(20_000), Number.POSITIVE_INFINITY);
      expect(whole.shape).toBeCloseTo(shape, 1);
      expect(Math.abs(whole.scale / 0.05 - 1)).toBeLessThan(0.03);
      const cut = 0.15;
      const seen = fitParetoTail(drawn({ shape, scale: 0.05 }, 20_000, 32, cut), ones(20_000), cut);
      for (const beyond of [0.1, cut]) {
        const truth = tailBeyond({ shape, scale: 0.05 }, beyond);
        expect(Math.abs(tailBeyond(seen, beyond) - truth)).toBeLessThan(0.03);
      }
    }
  });

  test("counts an exceedance of weight two as two, and one of weight none not at all", () => {
    const excesses = drawn({ shape: -0.1, scale: 1 }, 300, 33);
    const weights = excesses.map((_, i) => i % 3);
    const repeated = excesses.flatMap((excess, i) => ones(i % 3).map(() => excess));
    const weighted = fitParetoTail(excesses, weights, 10);
    const whole = fitParetoTail(repeated, ones(repeated.length), 10);
    expect(weighted.shape).toBeCloseTo(whole.shape, 6);
    expect(weighted.scale).toBeCloseTo(whole.scale, 6);
  });

  test("changes its scale with the unit and its shape not at all", () => {
    const excesses = drawn({ shape: 0.1, scale: 1 }, 500, 34);
    const one = fitParetoTail(excesses, ones(500), 3);
    const thousand = fitParetoTail(
      excesses.map((excess) => excess * 1000),
      ones(500),
      3000,
    );
    expect(thousand.shape).toBeCloseTo(one.shape, 6);
    expect(thousand.scale / 1000).toBeCloseTo(one.scale, 6);
  });

  test("falls from 1 to 0", () => {
    for (const shape of [-0.5, -0.1, 0, 0.3]) {
      const chances = [0, 0.1, 0.5, 1, 5].map((excess) => tailBeyond({ shape, scale: 0.4 }, excess));
      expect(chances[0]).toBe(1);
      expect([...chances].sort((one, other) => other - one)).toEqual(chances);
      expect(chances.at(-1)).toBeGreaterThanOrEqual(0);
      expect(chances.at(-1)).toBeLessThan(0.03);
    }
    expect(tailBeyond({ shape: -0.5, scale: 0.4 }, 0.9)).toBe(0);
  });

  test("asks for at least one exceedance", () => {
    expect(() => fitParetoTail([], [], 1)).toThrow(RangeError);
    expect(() => fitParetoTail([1], [0], 1)).toThrow(RangeError);
  });
});
