import { describe, expect, test } from "vitest";
import { countToGuarantee, proportionAtLeast, proportionAtMost } from "../../../src/core/statistics/confidence.ts";
import { seededRandom } from "../../seeded-random.ts";

/** P(X ≥ right) for X ~ Binomial(right + wrong, rate), term by term. */
function chanceOfAsMany(right: number, wrong: number, rate: number): number {
  const count = right + wrong;
  let [sum, logChoose] = [0, 0];
  for (let failures = 0; failures <= wrong; failures++) {
    sum += Math.exp(logChoose + (count - failures) * Math.log(rate) + failures * Math.log1p(-rate));
    logChoose += Math.log(count - failures) - Math.log(failures + 1);
  }
  return sum;
}

describe("the bounds of a proportion", () => {
  test("are those of Clopper and Pearson's exact interval, as published for 10 of 100: 4.90 % to 17.62 %", () => {
    // Newcombe (1998), Statistics in Medicine 17, and every table of the exact 95 % interval.
    expect(proportionAtLeast(10, 90, 0.025)).toBeCloseTo(0.049, 4);
    expect(proportionAtMost(10, 90, 0.025)).toBeCloseTo(0.17622, 4);
  });

  test("are the rates at which the count has just the risk asked for", () => {
    const random = seededRandom(21);
    for (let i = 0; i < 200; i++) {
      const right = 1 + Math.floor(random() * 10 ** (1 + 3 * random()));
      const wrong = Math.floor(random() * 40);
      const risk = 0.001 + random() * 0.2;
      expect(chanceOfAsMany(right, wrong, proportionAtLeast(right, wrong, risk))).toBeCloseTo(risk, 8);
    }
  });

  test("rise with successes, fall with failures and stay within 0 and the share that was seen", () => {
    for (const right of [1, 2.5, 30, 999]) {
      for (const wrong of [0, 0.5, 3, 50]) {
        const bound = proportionAtLeast(right, wrong, 0.05);
        expect(bound).toBeGreaterThan(0);
        expect(bound).toBeLessThan(right / (right + wrong));
        expect(proportionAtLeast(right + 1, wrong, 0.05)).toBeGreaterThan(bound);
        expect(proportionAtLeast(right, wrong + 1, 0.05)).toBeLessThan(bound);
      }
    }
    expect(proportionAtLeast(0, 5, 0.05)).toBe(0);
  });

  test("follow the rule of three where nothing went wrong", () => {
    // Hanley and Lippman-Hand (1983), JAMA 249.
    for (const count of [30, 300, 3000]) expect(proportionAtMost(0, count, 0.05) * count).toBeCloseTo(3, count > 100 ? 1 : 0);
    expect(countToGuarantee(0.99, 0.05)).toBe(299);
    expect(proportionAtLeast(299, 0, 0.05)).toBeGreaterThanOrEqual(0.99);
    expect(proportionAtLeast(298, 0, 0.05)).toBeLessThan(0.99);
  });
});
