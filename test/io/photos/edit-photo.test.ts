import { stat } from "node:fs/promises";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import type { RgbPixels } from "../../../src/core/photos/photo.ts";
import { drawEdits, EDIT_KINDS, type Edit, type SingleEdit, WORDS } from "../../../src/core/synthetic/edits.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { editPicture } from "../../../src/io/photos/edit-photo.ts";
import { PHOTOS } from "../../photos.ts";
import { seededRandom } from "../../seeded-random.ts";

const EDGE = 400;
const opener = createDecoder({ resize: { fit: "within", size: EDGE, kernel: "cubic" }, maxMegapixels: 250, threads: 2 });
/** Leaves a picture at its own size. */
const reader = createDecoder({ resize: { fit: "within", size: 10_000, kernel: "cubic" }, maxMegapixels: 250, threads: 2 });
afterAll(() => Promise.all([opener.close(), reader.close()]));

async function open(path: string): Promise<RgbPixels> {
  const { size, mtimeMs, dev, ino } = await stat(path);
  const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: `${dev}:${ino}` };
  const outcome = await opener.decode({ file, hash: contentHash("0".repeat(64)) });
  if (!outcome.ok) throw new Error(`${path}: ${outcome.skipped.reason}`);
  return outcome.value.pixels;
}

const photo = await open(PHOTOS.falcon);

async function edited(edit: Edit, pixels = photo): Promise<RgbPixels> {
  return reader.decodeBytes(await editPicture(pixels, edit));
}

/** Mean absolute difference of two pictures of one size, in 8-bit steps. */
function difference(one: RgbPixels, other: RgbPixels): number {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  return one.data.reduce((sum, value, i) => sum + Math.abs(value - (other.data[i] as number)), 0) / one.data.length;
}

/** Mean of all channels, 0 to 255, of a rectangle. */
function mean({ data, width }: RgbPixels, left: number, top: number, wide: number, high: number): number {
  let sum = 0;
  for (let y = top; y < top + high; y++)
    for (let x = (y * width + left) * 3; x < (y * width + left + wide) * 3; x++) sum += data[x] as number;
  return sum / (wide * high * 3);
}

/** What saving twice as JPEG at the usual quality changes by itself in a picture of rocks and twigs. */
const ROUNDING = 6;

describe("photos opened to be edited", () => {
  test.each([
    ["JPEG", PHOTOS.falcon],
    ["HEIC", PHOTOS.heic],
    ["WebP", PHOTOS.webp],
  ])("keep their shape and reach the edge that was asked for: %s", async (_format, path) => {
    const { width, height } = await open(path);
    expect(Math.max(width, height)).toBe(EDGE);
    const whole = await sharp(path).metadata();
    expect(width / height).toBeCloseTo(whole.autoOrient.width / whole.autoOrient.height, 1);
  });

  test("are not enlarged", async () => {
    const small = await editPicture(photo, { kind: "resize", scale: 0.5 });
    expect(await opener.decodeBytes(small)).toMatchObject({ width: photo.width / 2, height: Math.round(photo.height / 2) });
  });
});

describe("an edit", () => {
  test("gives the same bytes for the same picture and parameters", async () => {
    for (const edit of drawEdits(seededRandom(1), EDIT_KINDS.length)) {
      expect(await editPicture(photo, edit), edit.kind).toEqual(await editPicture(photo, edit));
    }
  });

  test("of every kind can be decoded and differs from the photo", async () => {
    for (const edit of [2, 3].flatMap((seed) => drawEdits(seededRandom(seed), EDIT_KINDS.length))) {
      const result = await edited(edit);
      const sameSize = result.width === photo.width && result.height === photo.height;
      expect(!sameSize || difference(result, photo) > 0.5, JSON.stringify(edit)).toBe(true);
    }
  });

  test("works on pictures of one pixel and on strips", async () => {
    for (const [width, height] of [
      [1, 1],
      [500, 1],
      [2, 300],
    ] as const) {
      const strip = { data: new Uint8Array(width * height * 3).fill(90), width, height };
      for (const edit of drawEdits(seededRandom(4), EDIT_KINDS.length)) expect((await edited(edit, strip)).width).toBeGreaterThan(0);
    }
  });

  test("that recompresses keeps the size, and loses more at lower quality", async () => {
    const [good, poor] = await Promise.all([70, 20].map((quality) => edited({ kind: "recompress", quality })));
    expect(difference(good as RgbPixels, photo)).toBeLessThan(difference(poor as RgbPixels, photo));
    expect(difference(poor as RgbPixels, photo)).toBeLessThan(20);
  });

  test("that resizes scales both edges", async () => {
    expect(await edited({ kind: "resize", scale: 0.25 })).toMatchObject({ width: photo.width / 4, height: Math.round(photo.height / 4) });
  });

  test("that crops keeps the pixels of its place", async () => {
    const cropped = await edited({ kind: "crop", width: 0.7, height: 0.8, left: 1, top: 0 });
    expect(cropped).toMatchObject({ width: Math.round(photo.width * 0.7), height: Math.round(photo.height * 0.8) });
    const left = photo.width - cropped.width;
    expect(mean(cropped, 0, 0, 50, 50)).toBeCloseTo(mean(photo, left, 0, 50, 50), -1);
  });

  test("mirrored twice, or turned by four quarters, is the photo but for rounding", async () => {
    const mirrored = await edited({ kind: "mirror" });
    expect(difference(mirrored, photo)).toBeGreaterThan(10);
    expect(difference(await edited({ kind: "mirror" }, mirrored), photo)).toBeLessThan(ROUNDING);
    const turned = await edited({ kind: "turn", quarters: 1 });
    expect(turned).toMatchObject({ width: photo.height, height: photo.width });
    expect(difference(await edited({ kind: "turn", quarters: 3 }, turned), photo)).toBeLessThan(ROUNDING);
  });

  test("that rotates grows the canvas and fills the corners with its shade", async () => {
    const rotated = await edited({ kind: "rotate", degrees: 10, shade: 255 });
    expect(rotated.width).toBeGreaterThan(photo.width);
    expect(mean(rotated, 0, 0, 4, 4)).toBeGreaterThan(245);
  });

  test("with a border is larger by it on each side and the photo within", async () => {
    const framed = await edited({ kind: "border", width: 0.1, shade: 0 });
    const edge = Math.round(Math.min(photo.width, photo.height) * 0.1);
    expect(framed).toMatchObject({ width: photo.width + 2 * edge, height: photo.height + 2 * edge });
    expect(mean(framed, 0, 0, framed.width, edge - 8)).toBeLessThan(3);
    expect(mean(framed, edge, edge, photo.width, photo.height)).toBeCloseTo(mean(photo, 0, 0, photo.width, photo.height), -1);
  });

  test("of brightness darkens or lightens, grey has no colour, colour keeps the lightness", async () => {
    const level = (pixels: RgbPixels) => mean(pixels, 0, 0, pixels.width, pixels.height);
    expect(level(await edited({ kind: "brightness", factor: 0.7 }))).toBeLessThan(level(photo) * 0.85);
    expect(level(await edited({ kind: "brightness", factor: 1.3 }))).toBeGreaterThan(level(photo) * 1.1);
    const grey = await edited({ kind: "grey" });
    expect(grey.data.filter((_, i) => i % 3 === 0)).toEqual(grey.data.filter((_, i) => i % 3 === 2));
    expect(level(await edited({ kind: "colour", saturation: 1.8, hue: 25 })) / level(photo)).toBeCloseTo(1, 0);
  });

  test("of text changes the place it stands at and little else, whatever its words", async () => {
    for (const words of WORDS) {
      const written = await edited({ kind: "text", words, width: 0.8, left: 0, top: 0, shade: 0 });
      const high = Math.round(photo.height * 0.2);
      expect(mean(written, 0, 0, photo.width, high), words).toBeLessThan(mean(photo, 0, 0, photo.width, high) - 5);
      const below = (pixels: RgbPixels) => mean(pixels, 0, photo.height - 100, photo.width, 100);
      expect(below(written)).toBeCloseTo(below(photo), -1);
    }
  });

  test("that is a screenshot has the photo whole between bars, and no loss in it", async () => {
    const edit = { kind: "screenshot", above: 0.1, below: 0.2, beside: 0.05, dark: true } as const satisfies SingleEdit;
    const shot = await edited(edit);
    const [top, side] = [Math.round(photo.height * 0.1), Math.round(photo.width * 0.05)];
    expect(shot).toMatchObject({ width: photo.width + 2 * side, height: photo.height + top + Math.round(photo.height * 0.2) });
    const inside = await sharp(shot.data, { raw: { width: shot.width, height: shot.height, channels: 3 } })
      .extract({ left: side, top, width: photo.width, height: photo.height })
      .raw()
      .toBuffer();
    expect(Buffer.from(photo.data).equals(inside)).toBe(true);
    expect(mean(shot, 0, 0, side, shot.height)).toBeCloseTo(24, 0);
  });

  test("of several kinds is what its steps make one after the other", async () => {
    const steps = [{ kind: "mirror" }, { kind: "resize", scale: 0.5 }] as const satisfies readonly SingleEdit[];
    const both = await edited({ kind: "combination", edits: steps });
    expect(difference(both, await edited(steps[1], await edited(steps[0])))).toBe(0);
  });
});
