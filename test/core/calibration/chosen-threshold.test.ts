import { describe, expect, test } from "vitest";
import { evaluatePairs } from "../../../src/core/calibration/calibration.ts";
import type { ReviewablePair } from "../../../src/core/pairs/labelled-pair.ts";
import { photoPath } from "../../../src/core/units.ts";
import { scoredPair } from "../../library-fixtures.ts";

/** As many pairs of photos that share none, their similarities evenly from one to the other. */
function labelled(count: number, same: boolean, from: number, to: number): readonly ReviewablePair[] {
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [`${same}-${from}-${i}`, `${same}-${from}-${i}'`];
    const picture = (name: string) => ({ name, photo: photoPath(`/photos/${name}.jpg`) });
    return { ...scoredPair(a, b, same, from + ((to - from) * i) / count), pictures: [picture(a), picture(b)] };
  });
}

/** 709 labels that separate perfectly at 0.82. */
const SEPARATED = [...labelled(250, true, 0.82, 1), ...labelled(459, false, 0.45, 0.819)];
const OWN = { floor: 0.4, value: 0.6 };

describe("the threshold that pairs support", () => {
  test("is the lowest that guarantees the precision asked for, where one does, be it below the encoder's own", () => {
    const { chosen, threshold } = evaluatePairs([...labelled(600, true, 0.5, 1), ...labelled(300, false, 0, 0.49)], 0.99, OWN);
    expect(chosen).toMatchObject({ threshold: threshold.guaranteed, precision: 0.99 });
    expect(chosen?.threshold).toBeLessThan(0.6);
    expect(chosen?.confidence).toBeGreaterThan(0.99);
  });

  test("is the best they support where they are too few for what was asked, with the precision and the confidence of it", () => {
    const { chosen, at, threshold } = evaluatePairs(SEPARATED, 0.99, OWN);
    expect(threshold.guaranteed).toBeNull();
    expect(chosen?.threshold).toBeCloseTo(0.82, 6);
    // 250 right ones and none wrong: 0.0033^(1/250) = 0.977, and 1 - 0.99^250 = 0.919.
    expect(chosen?.precision).toBe(0.977);
    expect(chosen?.confidence).toBeCloseTo(0.919, 3);
    expect(at).toMatchObject({ truePositives: 250, falsePositives: 0 });
  });

  test("is never below the encoder's own for lack of pairs: they are no reason to list more", () => {
    const few = [...labelled(100, true, 0.5, 1), ...labelled(100, false, 0, 0.4)];
    expect(evaluatePairs(few, 0.99, OWN).chosen?.threshold).toBe(0.6);
    expect(evaluatePairs(few, 0.99, { ...OWN, value: 0.9 }).chosen?.threshold).toBe(0.9);
  });

  test("is none where even the best is worth less than a toss", () => {
    expect(evaluatePairs([...labelled(5, true, 0.7, 1), ...labelled(5, false, 0, 0.4)], 0.99, OWN).chosen).toBeNull();
    expect(evaluatePairs([...labelled(200, false, 0.6, 1), ...labelled(100, true, 0.6, 1)], 0.99, OWN).chosen).toBeNull();
  });
});
