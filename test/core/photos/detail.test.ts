import { describe, expect, test } from "vitest";
import { measureDetail, NEARLY_EMPTY_BELOW } from "../../../src/core/photos/detail.ts";
import type { RgbPixels } from "../../../src/core/photos/photo.ts";
import { seededRandom } from "../../seeded-random.ts";

type Colour = readonly [red: number, green: number, blue: number];

/** `paint` is asked for a grey or a colour at each point of the unit square. */
function picture(edge: number, paint: (x: number, y: number) => number | Colour): RgbPixels {
  const data = new Uint8Array(edge * edge * 3);
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      const colour = paint(x / edge, y / edge);
      data.set(typeof colour === "number" ? [colour, colour, colour] : colour, (y * edge + x) * 3);
    }
  }
  return { data, width: edge, height: edge };
}

const stripes = (dark: number, light: number) => (x: number) => (Math.floor(x * 80) % 2 === 0 ? dark : light);
const waves = (x: number, y: number) => 128 + 120 * Math.sin(x * 40) * Math.cos(y * 31);

describe("nearly empty is", () => {
  const random = seededRandom(1);
  const noise = (size: number) => Math.round((random() - 0.5) * size);

  test.each([
    ["a black frame", picture(160, () => 0)],
    ["a white scan", picture(160, () => 255)],
    ["a black frame with camera noise", picture(160, () => 10 + noise(16))],
    ["a sky of one gradient", picture(160, (x, y) => [60 + 40 * y, 120 + 50 * y + 10 * x, 255])],
    ["a page with one line of text", picture(160, (x, y) => (y > 0.3 && y < 0.32 && x > 0.1 && x < 0.9 && (x * 160) % 3 < 2 ? 0 : 255))],
  ])("%s", (_, pixels) => {
    expect(measureDetail(pixels)).toBeLessThan(NEARLY_EMPTY_BELOW);
  });
});

describe("not nearly empty is", () => {
  test.each([
    ["a scene of soft shapes", picture(160, waves)],
    ["a chessboard", picture(160, (x, y) => ((Math.floor(x * 8) + Math.floor(y * 8)) % 2 === 0 ? 0 : 255))],
    ["a picture in colours", picture(160, (x) => (Math.floor(x * 20) % 2 === 0 ? [255, 0, 0] : [0, 0, 255]))],
  ])("%s", (_, pixels) => {
    expect(measureDetail(pixels)).toBeGreaterThanOrEqual(NEARLY_EMPTY_BELOW);
  });
});

describe("the measure of detail", () => {
  test("hardly depends on the size the encoder asks for", () => {
    const measures = [160, 224, 256, 384, 518].map((edge) => measureDetail(picture(edge, waves)));
    expect(Math.max(...measures) - Math.min(...measures)).toBeLessThan(0.05);
  });

  test("counts every cell with a step above 12 luma, and none with less", () => {
    expect(measureDetail(picture(160, stripes(100, 111)))).toBe(0);
    expect(measureDetail(picture(160, stripes(100, 113)))).toBe(1);
  });

  test("sees half of a picture whose other half is plain", () => {
    expect(measureDetail(picture(160, (x, y) => (y < 0.5 ? stripes(0, 255)(x) : 128)))).toBeCloseTo(0.5, 1);
  });

  test("takes pictures of any shape", () => {
    const data = new Uint8Array(320 * 90 * 3).fill(200);
    expect(measureDetail({ data, width: 320, height: 90 })).toBe(0);
  });

  test("sees nothing in a plain picture smaller than its grid", () => {
    expect(measureDetail(picture(48, () => 255))).toBe(0);
  });
});
