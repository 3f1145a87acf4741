import { describe, expect, test } from "vitest";
import type { Calibration } from "../../../src/core/calibration/calibration.ts";
import { chooseThreshold } from "../../../src/core/calibration/threshold-choice.ts";
import { similarity } from "../../../src/core/units.ts";
import { calibration, point } from "../../library-fixtures.ts";
import { models } from "../../models.ts";

const { threshold: own, ...spec } = models("/nowhere").find("dupfind-lite");
const choose = (asked: { threshold?: number; precision?: number }, saved: Calibration | null) =>
  chooseThreshold({ ...spec, threshold: own }, { threshold: null, precision: null, ...asked }, saved);

const saved = calibration({
  chosen: { threshold: similarity(0.6), precision: 0.95, confidence: 0.995 },
  precision: 0.95,
  guarantees: [
    { precision: 0.9, at: point(0.5) },
    { precision: 0.95, at: point(0.6) },
    { precision: 0.99, at: point(0.7) },
    { precision: 0.999, at: null },
  ],
  highestGuarantee: 0.9934,
});

describe("the threshold of a report", () => {
  test("is the one that was given, whatever is calibrated", () => {
    expect(choose({ threshold: 0.8 }, saved)).toEqual({ value: 0.8, origin: "given" });
  });

  test("is the encoder's own where nothing is calibrated", () => {
    expect(choose({}, null)).toEqual({ value: own.value, origin: own.origin });
  });

  test("is the calibrated one, for the precision the calibration was made for", () => {
    expect(choose({}, saved)).toEqual({
      value: 0.6,
      origin: "calibrated",
      calibration: { createdAt: saved.createdAt, source: "labels", pairs: 300, precision: 0.95 },
    });
  });

  test("is that of the next higher precision which was worked out", () => {
    expect(choose({ precision: 0.9 }, saved).value).toBe(0.5);
    expect(choose({ precision: 0.97 }, saved).value).toBe(0.7);
    expect(choose({ precision: 0.5 }, saved).value).toBe(0.5);
  });

  test("never lies below the encoder's floor", () => {
    expect(choose({ precision: 0.9 }, { ...saved, guarantees: [{ precision: 0.9, at: point(0.1) }] }).value).toBe(own.floor);
    expect(() => choose({ threshold: 0.1 }, saved)).toThrow(`below ${own.floor}`);
  });

  test("for a precision that nothing guarantees is an error that says what would help", () => {
    expect(() => choose({ precision: 0.999 }, saved)).toThrow("guarantees a precision of 0.993 at most, not 0.999");
    expect(() => choose({ precision: 0.9995 }, saved)).toThrow("at most, not 0.9995");
    expect(() => choose({ precision: 0.9 }, null)).toThrow("dupfind-lite is not calibrated on this library");
  });

  test("is the best that the pairs support where they do not guarantee what they were asked for, and says what they do", () => {
    const chosen = { threshold: similarity(0.82), precision: 0.981, confidence: 0.92 };
    expect(choose({}, { ...saved, precision: 0.999, chosen })).toMatchObject({ value: 0.82, calibration: { precision: 0.981 } });
  });

  test("stays the encoder's own with a calibration of an earlier dupfind that does not guarantee what it was made for", () => {
    expect(choose({}, { ...saved, precision: 0.999, chosen: null })).toEqual({ value: own.value, origin: own.origin });
  });
});
