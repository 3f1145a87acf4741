import { describe, expect, test } from "vitest";
import { type CalibrationGrounds, refusalOf } from "../../../src/core/calibration/calibration-refusal.ts";
import { similarity } from "../../../src/core/units.ts";

const chosen = { threshold: similarity(0.586), precision: 0.99, confidence: 0.995 };
const grounds = (sketch: Partial<CalibrationGrounds> = {}): CalibrationGrounds => ({
  chosen,
  source: "labels",
  labels: 709,
  wrongShare: null,
  ...sketch,
});
const share = (expected: number, low: number) => ({ wrongShare: { expected, low } });

describe("a calibration", () => {
  test("is refused where its own estimate for the library contradicts it: 330 wrong of 2,792 is not a precision of 0.99", () => {
    const edits = { source: "synthetic", labels: 0, ...share(330 / 2792, 100 / 2792) } as const;
    expect(refusalOf(grounds(edits), null, false)).toEqual({ reason: "contradicted" });
    expect(refusalOf(grounds(edits), null, true)).toEqual({ reason: "contradicted" });
  });

  test("stands as long as the library expects no more wrong pairs than the precision allows", () => {
    expect(refusalOf(grounds({ source: "synthetic", ...share(0.01, 0) }), null, false)).toBeNull();
    expect(refusalOf(grounds({ source: "synthetic", ...share(0.011, 0) }), null, false)).toEqual({ reason: "contradicted" });
    expect(refusalOf(grounds({ source: "labels-and-synthetic", ...share(0.011, 0) }), null, false)).toEqual({ reason: "contradicted" });
  });

  test("from labels alone is refused only where the estimate is sure of it", () => {
    expect(refusalOf(grounds(share(0.05, 0.009)), null, false)).toBeNull();
    expect(refusalOf(grounds(share(0.05, 0.011)), null, false)).toEqual({ reason: "contradicted" });
  });

  test("is measured by the precision that it claims, where the pairs support less than was asked for", () => {
    const modest = { chosen: { ...chosen, precision: 0.9 }, ...share(0.2, 0.09) };
    expect(refusalOf(grounds(modest), null, false)).toBeNull();
  });

  test("does not replace one that rests on more labels, unless it is forced to", () => {
    const saved = { labels: 709, createdAt: "2026-03-04T05:06:07.000Z" };
    const refused = { reason: "rests-on-less", ...saved };
    expect(refusalOf(grounds({ labels: 31 }), saved, false)).toEqual(refused);
    expect(refusalOf(grounds({ labels: 0, source: "synthetic" }), saved, false)).toEqual(refused);
    expect(refusalOf(grounds({ labels: 31 }), saved, true)).toBeNull();
    expect(refusalOf(grounds({ labels: 709 }), saved, false)).toBeNull();
    expect(refusalOf(grounds({ labels: 710 }), saved, false)).toBeNull();
  });

  test("without a threshold is refused", () => {
    expect(refusalOf(grounds({ chosen: null }), null, true)).toEqual({ reason: "too-few-pairs" });
  });
});
