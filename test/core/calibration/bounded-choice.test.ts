import { describe, expect, test } from "vitest";
import { boundChoice, type PrecisionBound, STARTS } from "../../../src/core/calibration/bounded-choice.ts";
import { countToGuarantee, proportionAtLeast } from "../../../src/core/statistics/confidence.ts";
import { seededRandom } from "../../seeded-random.ts";

const RISK = 0.05;
const LEVEL = 0.9;
const enough = (precision: number) => countToGuarantee(precision, RISK / STARTS);
const bound = (precision: number, witnesses: number): PrecisionBound => ({ precision, witnesses });

/** Bounds after every tenth pair, the pairs being right with a probability that falls from the first to the last. */
function drawBounds(pairs: number, rightAt: (place: number) => number, random: () => number): readonly PrecisionBound[] {
  let right = 0;
  const bounds: PrecisionBound[] = [];
  for (let seen = 1; seen <= pairs; seen++) {
    if (random() < rightAt(seen / pairs)) right++;
    if (seen % 10 === 0) bounds.push(bound(proportionAtLeast(right, seen - right, RISK / STARTS), seen));
  }
  return bounds;
}

describe("a choice among many thresholds", () => {
  test("ends at the first that fails: one further down that passes again is luck", () => {
    const bounds = [bound(0.5, 10), bound(0.93, 40), bound(0.94, 60), bound(0.89, 68), bound(0.95, 71)];
    expect(boundChoice(bounds, [LEVEL], enough)).toEqual([0, LEVEL, LEVEL, 0, 0]);
  });

  test("begins where pairs without an error would be just enough, however the pairs came out", () => {
    const [before, at] = [enough(LEVEL) - 1, enough(LEVEL)];
    expect(boundChoice([bound(0.99, before), bound(0.99, at)], [LEVEL], enough)).toEqual([0, LEVEL]);
  });

  test("begins once more further down, so that a wrong label at the very top does not end all", () => {
    const bounds = [
      bound(0.85, enough(LEVEL)),
      bound(0.88, enough(LEVEL) + 20),
      bound(0.92, 2 * enough(LEVEL)),
      bound(0.95, 3 * enough(LEVEL)),
    ];
    expect(boundChoice(bounds, [LEVEL], enough)).toEqual([0, 0, LEVEL, LEVEL]);
  });

  test("gives each threshold the highest level that reaches it", () => {
    const bounds = [bound(0.99, 1000), bound(0.96, 1100), bound(0.91, 1200), bound(0.4, 1300)];
    expect(boundChoice(bounds, [0.9, 0.95, 0.97], enough)).toEqual([0.97, 0.95, 0.9, 0]);
  });

  // With the lowest threshold whose own bound passes, as it was chosen before, the same draws break 7 %.
  test("keeps the risk where all thresholds down the list lack the precision by a little, and a lucky one is all there is to find", () => {
    const random = seededRandom(5);
    const [draws, rightAt] = [1000, (place: number) => (place < 0.02 ? 1 : 0.895)];
    let broken = 0;
    for (let draw = 0; draw < draws; draw++) {
      const bounds = drawBounds(2000, rightAt, random);
      const guaranteed = boundChoice(bounds, [LEVEL], enough);
      // The first hundredths are all right, so that the first thresholds keep the level in truth.
      const chosen = guaranteed.findLastIndex((level) => level >= LEVEL);
      if (chosen >= 0 && trueShare((chosen + 1) * 10, 2000, rightAt) < LEVEL) broken++;
    }
    expect(broken / draws).toBeLessThanOrEqual(RISK);
  });
});

function trueShare(seen: number, pairs: number, rightAt: (place: number) => number): number {
  let right = 0;
  for (let one = 1; one <= seen; one++) right += rightAt(one / pairs);
  return right / seen;
}
