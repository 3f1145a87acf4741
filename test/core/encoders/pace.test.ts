import { describe, expect, test } from "vitest";
import { Pace } from "../../../src/core/encoders/pace.ts";

describe("a pace", () => {
  test("is what came lately, whatever came before", () => {
    const pace = new Pace();
    for (let second = 0; second < 60; second += 0.25) pace.note(second < 30 ? 1000 : 10, second);
    expect(pace.perSecond(60)).toBeCloseTo(40, 0);
  });

  test("is nothing before anything came, and once nothing comes any more", () => {
    const pace = new Pace();
    expect(pace.perSecond(5)).toBe(0);
    pace.note(1000, 5);
    expect(pace.perSecond(6)).toBe(1000);
    expect(pace.perSecond(30)).toBe(0);
  });
});
