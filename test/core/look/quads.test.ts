import { describe, expect, test } from "vitest";
import { isMirrored, middleCovered, scaleOf, shareCovered, turnOf } from "../../../src/core/look/quads.ts";
import type { Quad } from "../../../src/core/look/verdict.ts";

const WHOLE: Quad = [0, 0, 1, 0, 1, 1, 0, 1];
const WIDE = { width: 400, height: 300 };
const TALL = { width: 300, height: 400 };

describe("the corners of one picture on another tell", () => {
  test("how it is turned, clockwise, in pixels and not in shares", () => {
    expect(turnOf(WHOLE, WIDE)).toBe(0);
    expect(turnOf([1, 0, 1, 1, 0, 1, 0, 0], WIDE)).toBeCloseTo(90);
    expect(turnOf([0, 1, 0, 0, 1, 0, 1, 1], WIDE)).toBeCloseTo(-90);
    expect(turnOf([1, 1, 0, 1, 0, 0, 1, 0], WIDE)).toBe(180);
    expect(turnOf([0, 0, 0.75, 1, 0, 1, 0, 1], WIDE)).toBeCloseTo(45);
  });

  test("whether it is turned over", () => {
    expect(isMirrored(WHOLE, WIDE)).toBe(false);
    expect(isMirrored([1, 0, 0, 0, 0, 1, 1, 1], WIDE)).toBe(true);
    expect(turnOf([1, 0, 0, 0, 0, 1, 1, 1], WIDE)).toBeCloseTo(0);
  });

  test("how large it is there", () => {
    expect(scaleOf(WHOLE, { width: 800, height: 600 }, WIDE)).toBeCloseTo(0.5);
    expect(scaleOf([1, 0, 1, 1, 0, 1, 0, 0], TALL, WIDE)).toBeCloseTo(1);
  });

  test("how much of it is covered, and where", () => {
    expect(shareCovered(WHOLE)).toBe(1);
    expect(shareCovered([0, 0, 0.5, 0, 0.5, 0.5, 0, 0.5])).toBeCloseTo(0.25);
    expect(middleCovered([0, 0, 0.5, 0, 0.5, 0.5, 0, 0.5])).toEqual({ x: 0.25, y: 0.25 });
    expect(shareCovered([-1, -1, 2, -1, 2, 2, -1, 2])).toBe(1);
    expect(shareCovered([0.5, -1, 3, -1, 3, 2, 0.5, 2])).toBeCloseTo(0.5);
    expect(shareCovered([2, 2, 3, 2, 3, 3, 2, 3])).toBe(0);
  });
});
