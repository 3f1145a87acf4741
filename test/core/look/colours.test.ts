import { describe, expect, test } from "vitest";
import { type ColourPicture, compareColours } from "../../../src/core/look/colours.ts";
import type { Transform } from "../../../src/core/look/transform.ts";

type Rgb = readonly [number, number, number];

const EDGE = 64;
const WHOLE: Transform = [1, 0, 0, 0, 1, 0, 0, 0, 1];

function drawn(colourAt: (x: number, y: number) => Rgb): ColourPicture {
  const data = Uint8Array.from({ length: EDGE * EDGE * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return Math.max(0, Math.min(255, Math.round(colourAt(pixel % EDGE, Math.floor(pixel / EDGE))[i % 3] as number)));
  });
  return { width: EDGE, height: EDGE, data };
}

/** Sky over a meadow, with a house in it whose walls are of the colour that is asked for. */
function scene(walls: Rgb): ColourPicture {
  return drawn((x, y) => (isWall(x, y) ? walls : y < 32 ? [120 + y, 170 + y, 235] : [70, 120 + y, 50]));
}
function isWall(x: number, y: number): boolean {
  return x >= 20 && x < 36 && y >= 24 && y < 44;
}

function filtered({ width, height, data }: ColourPicture, filter: (rgb: Rgb) => Rgb): ColourPicture {
  return drawn((x, y) => filter([...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)] as unknown as Rgb)) satisfies {
    height: typeof height;
  };
}

const RED = scene([190, 40, 40]);
const luma = ([r, g, b]: Rgb) => 0.299 * r + 0.587 * g + 0.114 * b;

describe("colours of pictures that lie on each other", () => {
  test("are the same of two copies", () => {
    expect(compareColours(RED, RED, WHOLE)).toEqual({ colour: { one: "as-the-other", other: "as-the-other" }, others: [] });
  });

  test.each<[string, (rgb: Rgb) => Rgb]>([
    ["a warm tint", ([r, g, b]) => [r * 1.15, g, b * 0.75]],
    ["faded", (rgb) => rgb.map((channel) => 0.45 * channel + 0.2 * luma(rgb) + 60) as unknown as Rgb],
    ["stronger colours", (rgb) => rgb.map((channel) => luma(rgb) + 1.4 * (channel - luma(rgb))) as unknown as Rgb],
    ["sepia", (rgb) => [luma(rgb) * 1.07, luma(rgb) * 0.95, luma(rgb) * 0.75]],
    ["blue shadows and yellow lights", ([r, g, b]) => [r + (r - 128) * 0.1, g, b - (luma([r, g, b]) - 128) * 0.2]],
  ])("are no others under a filter: %s", (_name, filter) => {
    expect(compareColours(RED, filtered(RED, filter), WHOLE).others).toEqual([]);
    expect(compareColours(filtered(RED, filter), RED, WHOLE).others).toEqual([]);
  });

  test("are none in a picture in grey", () => {
    const grey = filtered(RED, (rgb) => [luma(rgb), luma(rgb), luma(rgb)]);
    expect(compareColours(RED, grey, WHOLE)).toEqual({ colour: { one: "as-the-other", other: "grey" }, others: [] });
    expect(compareColours(grey, RED, WHOLE).colour).toEqual({ one: "grey", other: "as-the-other" });
  });

  test.each<[string, Rgb]>([
    ["blue", [40, 60, 190]],
    ["green", [30, 110, 40]],
    ["grey", [85, 85, 85]],
  ])("are others where a thing is %s in one and red in the other, and nowhere else", (_name, walls) => {
    const [one, other] = [RED, scene(walls)];
    for (const { others } of [compareColours(one, other, WHOLE), compareColours(other, one, WHOLE)]) {
      const [place, ...more] = others;
      expect(more).toEqual([]);
      for (const { x, y, width, height } of [place?.one, place?.other].flatMap((box) => box ?? [])) {
        expect([x * EDGE, y * EDGE, (x + width) * EDGE, (y + height) * EDGE]).toEqual([20, 24, 36, 44]);
      }
    }
  });

  test("are others in the place that the map between the pictures names", () => {
    const half: Transform = [0.5, 0, 0.25, 0, 0.5, 0.25, 0, 0, 1];
    const cut = (picture: ColourPicture) =>
      drawn((x, y) => {
        const at = (Math.floor(16 + y / 2) * EDGE + Math.floor(16 + x / 2)) * 3;
        return [...picture.data.subarray(at, at + 3)] as unknown as Rgb;
      });
    const [place] = compareColours(RED, cut(scene([40, 60, 190])), half).others;
    expect([place?.one.x, place?.one.width].map((share) => (share as number) * EDGE)).toEqual([20, 16]);
    expect([place?.other.x, place?.other.width].map((share) => (share as number) * EDGE)).toEqual([8, 32]);
  });
});
