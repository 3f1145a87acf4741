/**
 * The look on pictures that are drawn here, so that what it has to find is known to the pixel.
 */
import { describe, expect, test } from "vitest";
import { differencesOf } from "../../../src/core/look/differences.ts";
import { blur, type GreyPicture, resample } from "../../../src/core/look/grey-picture.ts";
import { lookAtPictures } from "../../../src/core/look/look.ts";
import { type PreparedPicture, preparePicture } from "../../../src/core/look/prepared-picture.ts";
import { turnRound } from "../../../src/core/look/verdict.ts";
import { seededRandom } from "../../seeded-random.ts";

const SIZE = { width: 480, height: 360 };

/** Blobs of many sizes: something to hold on to everywhere, and nothing twice. */
function scene(seed: number, { width, height } = SIZE): GreyPicture {
  const random = seededRandom(seed);
  const sum = new Float32Array(width * height);
  for (const deviation of [2, 5, 12]) {
    const noise = Float32Array.from({ length: width * height }, () => random() - 0.5);
    const smooth = blur(noise, width, height, deviation);
    const loudest = smooth.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (smooth[i] as number) / loudest;
  }
  return { width, height, data: Uint8Array.from(sum, (value) => Math.max(0, Math.min(255, 128 + 70 * value))) };
}

function drawn(width: number, height: number, at: (x: number, y: number) => number): GreyPicture {
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))) };
}

const pixel = ({ data, width }: GreyPicture, x: number, y: number) => data[y * width + x] as number;

function crop(picture: GreyPicture, left: number, top: number, width: number, height: number): GreyPicture {
  return drawn(width, height, (x, y) => pixel(picture, left + x, top + y));
}

/** Grey all over: three equal channels. */
function prepared(picture: GreyPicture): PreparedPicture {
  const few = resample(picture, 48, 36);
  return preparePicture(picture, {
    ...few,
    data: Uint8Array.from({ length: few.data.length * 3 }, (_, i) => few.data[Math.floor(i / 3)] as number),
  });
}

const look = (one: GreyPicture, other: GreyPicture) => lookAtPictures(prepared(one), prepared(other));
const original = scene(1);

describe("a copy is the same picture, and it is told how it lies on its original", () => {
  const differences = (copy: GreyPicture) => {
    const seen = look(original, copy);
    return { verdict: seen.verdict, differences: differencesOf(seen, original, copy) };
  };

  test("shrunk", () => {
    expect(differences(resample(original, 240, 180))).toEqual({
      verdict: "same",
      differences: [{ kind: "smaller", scale: expect.closeTo(0.5, 2) }],
    });
  });

  test("cut out", () => {
    expect(differences(crop(original, 0, 0, 300, 220))).toEqual({
      verdict: "same",
      differences: [{ kind: "cropped", share: expect.closeTo((300 * 220) / (480 * 360), 2), place: { across: "left", down: "top" } }],
    });
  });

  test("turned by a quarter, and turned over", () => {
    const right = drawn(360, 480, (x, y) => pixel(original, y, 359 - x));
    expect(differences(right)).toEqual({ verdict: "same", differences: [{ kind: "turned", degrees: expect.closeTo(90, 0) }] });
    const over = drawn(480, 360, (x, y) => pixel(original, 479 - x, y));
    expect(differences(over)).toEqual({ verdict: "same", differences: [{ kind: "mirrored" }] });
  });

  test("on a screen with other things around it", () => {
    const small = resample(original, 240, 180);
    const screen = drawn(480, 360, (x, y) =>
      x >= 120 && x < 360 && y >= 90 && y < 270 ? pixel(small, x - 120, y - 90) : y < 20 ? 20 : 235,
    );
    const found = differences(screen);
    expect(found.verdict).toBe("same");
    expect(found.differences).toContainEqual({ kind: "framed", share: expect.closeTo(0.25, 1) });
  });

  test("with noise and another tone", () => {
    const random = seededRandom(9);
    const noisy = drawn(480, 360, (x, y) => Math.max(0, Math.min(255, 40 + 0.6 * pixel(original, x, y) + 24 * (random() - 0.5))));
    expect(differences(noisy)).toEqual({ verdict: "same", differences: [{ kind: "saved-again" }] });
  });

  test("seen from the other side, it is the same look turned round", () => {
    const part = crop(original, 120, 90, 320, 240);
    const [there, back] = [look(original, part), turnRound(look(part, original))];
    expect(back.verdict).toBe(there.verdict);
    for (const [i, value] of (there.laying?.otherOnOne ?? []).entries()) expect(back.laying?.otherOnOne[i]).toBeCloseTo(value, 2);
  });
});

/** Ink of letters that are nowhere twice, 8 pixels wide and 10 high with their gaps; no font is asked for. */
function isInk(seed: number, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x / 8), Math.floor(y / 10)];
  const [u, v] = [Math.floor((x % 8) / 2), Math.floor((y % 10) / 2)];
  const letter = Math.floor(seededRandom(seed * 7919 + column * 101 + row * 9973)() * 2 ** 12);
  return u < 3 && v < 4 && ((letter >> (u * 4 + v)) & 1) === 1;
}

describe("words that one of two photos has are seen, wherever they are", () => {
  const captioned = (top: number) =>
    drawn(480, 360, (x, y) => (y >= top && y < top + 10 && x >= 150 && x < 320 && isInk(1, x, y - top) ? 255 : pixel(original, x, y)));

  test.each([2, 347])("a thin caption in the outermost rows, from row %i", (top) => {
    const seen = look(original, captioned(top));
    expect(seen.verdict).toBe("altered");
    expect(seen.regions[0]?.other.y).toBeCloseTo(top < 100 ? 0 : 0.95, 1);
  });

  test("the straight end of a frame there is none", () => {
    const framed = drawn(480, 360, (x, y) => (y >= 354 ? 20 : pixel(original, x, y)));
    expect(look(original, framed).verdict).toBe("same");
  });

  const inBar = (isWord: (x: number, y: number) => boolean, above = 0) =>
    drawn(480, 410 + above, (x, y) => {
      if (y >= above && y < above + 360) return pixel(original, x, y - above);
      return isWord(x, y) ? 10 : 245;
    });
  const below = (x: number, y: number) => y >= 380 && y < 390 && x >= 150 && x < 320 && isInk(1, x, y - 380);

  test("in a bar beside it, and it is told which picture has them", () => {
    const [there, back] = [look(original, inBar(below)), look(inBar(below), original)];
    expect([there.verdict, back.verdict]).toEqual(["altered", "altered"]);
    expect([there.regions[0]?.captioned, back.regions[0]?.captioned]).toEqual(["other", "one"]);
    expect(turnRound(there).regions[0]?.captioned).toBe("one");
    expect(differencesOf(there, original, inBar(below))[0]).toMatchObject({ kind: "altered", captioned: "copy" });
    expect(there.regions[0]?.other.y).toBeGreaterThan(0.9);
  });

  test("a plain bar, and what a screen writes above and below, are none", () => {
    expect(
      look(
        original,
        inBar(() => false),
      ).verdict,
    ).toBe("same");
    const onScreen = drawn(480, 800, (x, y) => {
      if (y >= 200 && y < 560) return pixel(original, x, y - 200);
      return (y >= 20 && y < 30) || (y >= 700 && y < 710) ? (x >= 150 && x < 320 && isInk(1, x, y % 10) ? 10 : 245) : 245;
    });
    expect(look(original, onScreen).verdict).toBe("same");
  });

  test("on a part that was cut out of a page the words around it are no caption", () => {
    const page = drawn(640, 900, (x, y) => (y % 40 < 10 && isInk(2, x, y) ? 10 : 245));
    expect(look(page, crop(page, 0, 90, 640, 700)).verdict).toBe("same");
  });
});

describe("of a text", () => {
  const page = (other: (x: number, y: number) => boolean = () => false, noise = 0) => {
    const random = seededRandom(3);
    return drawn(900, 1200, (x, y) => {
      const isPrinted = y % 30 < 10 && x >= 60 && x < 840 && y >= 60 && y < 1140 && isInk(other(x, y) ? 8 : 2, x, y);
      return Math.max(0, Math.min(255, (isPrinted ? 30 : 240) + noise * (random() - 0.5)));
    });
  };

  test("one letter that is another makes it altered, and the place is told", () => {
    const isThere = (x: number, y: number) => x >= 400 && x < 408 && y >= 600 && y < 610;
    const seen = look(page(), page(isThere));
    expect(seen.verdict).toBe("altered");
    const { x, y, width, height } = seen.regions[0]?.one ?? { x: 0, y: 0, width: 1, height: 1 };
    expect([x <= 0.449, x + width >= 0.449, y <= 0.504, y + height >= 0.504]).toEqual([true, true, true, true]);
    expect(width * height).toBeLessThan(0.01);
  });

  test("grain and another size change no letter", () => {
    expect(
      look(
        page(),
        page(() => false, 30),
      ).verdict,
    ).toBe("same");
    expect(look(page(), resample(page(), 720, 960)).verdict).toBe("same");
  });
});

describe("what is not the same", () => {
  test("another picture is different", () => {
    expect(look(original, scene(2)).verdict).toBe("different");
  });

  test("a picture with a region painted over is altered, and the region is where it is", () => {
    const stamped = drawn(480, 360, (x, y) =>
      x >= 300 && x < 400 && y >= 60 && y < 120 ? ((x + y) % 16 < 8 ? 250 : 10) : pixel(original, x, y),
    );
    const seen = look(original, stamped);
    expect(seen.verdict).toBe("altered");
    const [region] = seen.regions;
    expect(region?.one.x).toBeGreaterThan(0.55);
    expect(region?.one.y).toBeLessThan(0.25);
    expect((region?.one.width ?? 1) * (region?.one.height ?? 1)).toBeLessThan(0.1);
  });

  test("a thing before a plain wall is altered by words over it, though it looks like ink on paper", () => {
    const thing = (words: boolean) =>
      drawn(SIZE.width, SIZE.height, (x, y) => {
        if (words && y >= 300 && y < 322 && x >= 60 && x < 420 && (x - 60) % 130 < 100 && isInk(3, x, y)) return 10;
        return Math.hypot(x - 240, y - 150) < 110 ? pixel(original, x, y) : 245;
      });
    expect(look(thing(false), thing(true)).verdict).toBe("altered");
  });

  test("two parts of one view are different, though what both show agrees: each shows what the other lacks", () => {
    const wide = scene(5, { width: 720, height: 360 });
    expect(look(crop(wide, 0, 0, 440, 360), crop(wide, 280, 0, 440, 360)).verdict).toBe("different");
  });

  test("two moments of one scene: what moved agrees where it went", () => {
    // A soft-edged part of another picture, as somebody out of focus who took a step.
    const somebody = scene(2);
    const moment = (step: number) =>
      drawn(SIZE.width, SIZE.height, (x, y) => {
        const share = Math.max(0, Math.min(1, (90 - Math.hypot(x - step - 240, y - 180)) / 60));
        return share * pixel(somebody, Math.max(0, x - step), y) + (1 - share) * pixel(original, x, y);
      });
    expect(look(moment(0), moment(3)).verdict).toBe("altered");
    expect(look(moment(0), moment(0)).verdict).toBe("same");
  });

  test("a collage is not the same as one of its pictures: the others are nowhere else", () => {
    const [left, right] = [resample(original, 240, 180), resample(scene(3), 240, 180)];
    const collage = drawn(500, 200, (x, y) => {
      const [u, v] = [(x - 6) % 248, y - 10];
      if (u < 0 || v < 0 || u >= 240 || v >= 180) return 255;
      return pixel(x < 250 ? left : right, u, v);
    });
    expect(look(original, collage).verdict).toBe("altered");
  });

  test("pictures with nothing in them are undecided", () => {
    const flat = (value: number) => drawn(480, 360, (x) => value + (x >> 7));
    expect(look(flat(200), flat(120)).verdict).toBe("undecided");
  });
});
