import { describe, expect, test } from "vitest";
import { isFramed } from "../../../src/core/look/frames.ts";
import type { GreyPicture } from "../../../src/core/look/grey-picture.ts";
import type { Quad } from "../../../src/core/look/verdict.ts";
import { seededRandom } from "../../seeded-random.ts";

/** The other picture lies on the middle half of the height, over the whole width. */
const MIDDLE: Quad = [0, 0.25, 1, 0.25, 1, 0.75, 0, 0.75];

function picture(inside: (x: number, y: number) => number, outside: (x: number, y: number) => number): GreyPicture {
  const data = new Uint8Array(400 * 400);
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [at % 400, Math.floor(at / 400)];
    data[at] = y >= 100 && y < 300 ? inside(x, y) : outside(x, y);
  }
  return { width: 400, height: 400, data };
}

describe("a photo ends in a frame", () => {
  test("in steep edges", () => {
    expect(
      isFramed(
        picture(
          () => 90,
          () => 240,
        ),
        MIDDLE,
      ),
    ).toBe(true);
  });

  test("in small steps, dark on a dark screen", () => {
    const random = seededRandom(1);
    const busy = Array.from({ length: 400 * 400 }, () => 24 + 20 * random());
    expect(
      isFramed(
        picture(
          (x, y) => busy[y * 400 + x] as number,
          () => 24,
        ),
        MIDDLE,
      ),
    ).toBe(true);
  });
});

describe("a wider view goes on", () => {
  test("across what is busy", () => {
    const random = seededRandom(2);
    const busy = Array.from({ length: 400 * 400 }, () => 60 + 120 * random());
    const scene = (x: number, y: number) => busy[y * 400 + x] as number;
    expect(isFramed(picture(scene, scene), MIDDLE)).toBe(false);
  });

  test("across a sky that grows darker", () => {
    const sky = (_: number, y: number) => 220 - y / 3;
    expect(isFramed(picture(sky, sky), MIDDLE)).toBe(false);
  });

  test("across a plain wall", () => {
    expect(
      isFramed(
        picture(
          () => 200,
          () => 201,
        ),
        MIDDLE,
      ),
    ).toBe(false);
  });
});
