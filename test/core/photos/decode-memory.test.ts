import { describe, expect, test } from "vitest";
import { decodeBytes, megapixelsFor } from "../../../src/core/photos/decode-memory.ts";
import type { PictureShape } from "../../../src/core/photos/picture-formats.ts";

const SHAPE: PictureShape = { format: "jpeg", width: 6000, height: 4000, channels: 3, sampleBytes: 1, interlaced: false };

describe("the memory that a picture takes to decode", () => {
  test("is some rows of it where it streams, and all of it where the format is decoded as a whole", () => {
    expect(decodeBytes(SHAPE)).toBeLessThan(20e6);
    expect(decodeBytes({ ...SHAPE, interlaced: true })).toBeGreaterThan(24e6 * 6);
    expect(decodeBytes({ ...SHAPE, format: "png" })).toBeLessThan(20e6);
    expect(decodeBytes({ ...SHAPE, format: "png", interlaced: true })).toBeGreaterThan(24e6 * 3);
    expect(decodeBytes({ ...SHAPE, format: "webp" })).toBeGreaterThan(24e6 * 8);
    expect(decodeBytes({ ...SHAPE, format: "avif" })).toBeGreaterThan(24e6 * 18);
    expect(decodeBytes({ ...SHAPE, format: "avif", sampleBytes: 2 })).toBeGreaterThan(24e6 * 24);
  });

  test("is the whole of a picture that is as flat as a ribbon", () => {
    expect(decodeBytes({ ...SHAPE, format: "png", width: 5_000_000, height: 50 })).toBe(5_000_000 * 50 * 3);
  });

  test("is told in the megapixels of the cap", () => {
    expect([megapixelsFor(2e9), megapixelsFor(2e9 + 1)]).toEqual([250, 251]);
  });
});
