import { describe, expect, test } from "vitest";
import { holdsZeroBlock } from "../../../src/core/photos/zero-block.ts";

/** Noise without a flat spot, and a square of one colour in it. */
function picture(colour: readonly [number, number, number], left: number, top: number, edge: number) {
  const [width, height] = [64, 48];
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7919) % 251));
  for (let y = top; y < top + edge; y++) for (let x = left; x < left + edge; x++) data.set(colour, (y * width + x) * 4);
  return { data, width, height };
}

describe("a block that may be untouched memory", () => {
  test("is found wherever it lies, in the green or the blue that zeros are as luminance and chrominance", () => {
    for (const [left, top] of [
      [0, 0],
      [5, 9],
      [48, 32],
    ] as const)
      for (const colour of [
        [0, 135, 0],
        [0, 84, 0],
        [0, 0, 255],
      ] as const)
        expect(holdsZeroBlock(picture(colour, left, top, 16))).toBe(true);
  });

  test("is not seen in a flat spot of another colour or of the dark, nor in a small one", () => {
    expect(holdsZeroBlock(picture([255, 255, 255], 8, 8, 32))).toBe(false);
    expect(holdsZeroBlock(picture([0, 2, 0], 8, 8, 32))).toBe(false);
    expect(holdsZeroBlock(picture([0, 135, 0], 4, 4, 7))).toBe(false);
  });
});
