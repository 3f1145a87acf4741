import { describe, expect, test } from "vitest";
import { contentHash, encoderKey, photoPath, similarity } from "../../src/core/units.ts";

describe("a photo's path", () => {
  test.each(["/photos/a.jpg", "/", "C:\\photos\\a.jpg", "c:/photos/a.jpg", "\\\\nas\\photos\\a.jpg"])("may be %s", (path) => {
    expect(photoPath(path)).toBe(path);
  });

  test.each(["", "a.jpg", "./a.jpg", "../a.jpg", "~/a.jpg", "C:a.jpg"])("is never relative, as %j is", (path) => {
    expect(() => photoPath(path)).toThrow(TypeError);
  });
});

describe.each([
  ["content hash", contentHash],
  ["encoder key", encoderKey],
] as const)("a %s", (_, parse) => {
  test("is 64 lower-case hex digits", () => {
    const hex = "0123456789abcdef".repeat(4);
    expect(parse(hex)).toBe(hex);
  });

  test.each(["", "ab".repeat(31), "ab".repeat(33), "AB".repeat(32), "xy".repeat(32), `${"ab".repeat(32)}\n`])("is not %j", (hex) => {
    expect(() => parse(hex)).toThrow(TypeError);
  });
});

describe("a similarity", () => {
  test.each([-1, -0.25, 0, 0.65, 1])("may be %d", (value) => {
    expect(similarity(value)).toBe(value);
  });

  test("that leaves its range by rounding comes back into it", () => {
    expect(similarity(1 + 1e-7)).toBe(1);
    expect(similarity(-1 - 1e-7)).toBe(-1);
  });

  test.each([1.01, -1.01, Number.NaN, Number.POSITIVE_INFINITY])("is never %d, which no two unit vectors have", (value) => {
    expect(() => similarity(value)).toThrow(RangeError);
  });
});
