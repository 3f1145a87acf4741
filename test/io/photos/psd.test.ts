/**
 * Photoshop's files: one that another program wrote, and each mode written here by the format's own words.
 */
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decoding, fixture } from "../../decoding.ts";

const { decode, decoded } = decoding();

interface PsdParts {
  readonly mode: number;
  readonly bits?: number;
  readonly channels: number;
  /** One after the other, each channel's rows. */
  readonly planes: readonly number[];
  readonly palette?: Buffer;
  readonly resources?: readonly Buffer[];
  readonly layers?: Buffer;
}

const number = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

function resource(id: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from("8BIM"), number(id, 2), Buffer.alloc(2), number(data.length, 4), data, Buffer.alloc(data.length % 2)]);
}

/** Four by two, plain. */
function psd({ mode, bits = 8, channels, planes, palette = Buffer.alloc(0), resources = [], layers = Buffer.alloc(0) }: PsdParts): Buffer {
  const told = Buffer.concat(resources);
  return Buffer.concat([
    Buffer.from("8BPS"),
    number(1, 2),
    Buffer.alloc(6),
    ...[number(channels, 2), number(2, 4), number(4, 4), number(bits, 2), number(mode, 2)],
    ...[number(palette.length, 4), palette, number(told.length, 4), told, number(layers.length, 4), layers, number(0, 2)],
    Buffer.from(planes),
  ]);
}

const times = (count: number, value: number) => Array<number>(count).fill(value);

/** The colour of a picture that has one. */
async function colourOf(parts: PsdParts): Promise<readonly number[]> {
  const { pixels } = await decoded("a.psd", psd(parts));
  expect(new Set(pixels.data).size).toBeLessThanOrEqual(3);
  return [...pixels.data.subarray(0, 3)];
}

describe("a Photoshop file", () => {
  test("is compared by the picture that it keeps for other programs, in runs, with its EXIF", async () => {
    const png = await decoded("ramp.png", fixture("ramp.png"));
    const own = await decoded("ramp.psd", fixture("ramp.psd"));
    expect(own.pixels).toEqual(png.pixels);
    expect(own.facts).toMatchObject({
      format: "psd",
      width: 24,
      height: 16,
      hasPlace: true,
      exposure: { camera: "Maker Model 1", takenAt: { fraction: "12" } },
    });
    expect((await decoded("ramp.psb", fixture("ramp.psb"))).pixels).toEqual(png.pixels);
  });

  test("of each mode shows its colours", async () => {
    expect(await colourOf({ mode: 3, channels: 3, planes: [...times(8, 10), ...times(8, 20), ...times(8, 30)] })).toEqual([10, 20, 30]);
    expect(await colourOf({ mode: 3, channels: 4, planes: [...times(8, 9), ...times(8, 8), ...times(8, 7), ...times(8, 0)] })).toEqual([
      9, 8, 7,
    ]);
    expect(await colourOf({ mode: 3, bits: 16, channels: 3, planes: [100, 150, 200].flatMap((high) => times(16, high)) })).toEqual([
      100, 150, 200,
    ]);
    expect(await colourOf({ mode: 1, channels: 1, planes: times(8, 77) })).toEqual([77, 77, 77]);
    expect(await colourOf({ mode: 8, channels: 1, planes: times(8, 77) })).toEqual([77, 77, 77]);
    expect(await colourOf({ mode: 0, bits: 1, channels: 1, planes: times(2, 0xf0) })).toEqual([0, 0, 0]);
    const palette = Buffer.alloc(768);
    for (const [plane, value] of [1, 2, 3].entries()) palette[plane * 256 + 5] = value;
    expect(await colourOf({ mode: 2, channels: 1, planes: times(8, 5), palette })).toEqual([1, 2, 3]);
    // No ink is white; all cyan has no red.
    expect(await colourOf({ mode: 4, channels: 4, planes: times(32, 255) })).toEqual([255, 255, 255]);
    const [red, green, blue] = await colourOf({ mode: 4, channels: 4, planes: [...times(8, 0), ...times(24, 255)] });
    expect([Number(red) < 60, Number(green) > 120, Number(blue) > 180]).toEqual([true, true, true]);
    // The middle of Lab's lightness without colour, and sRGB's red.
    expect(await colourOf({ mode: 9, channels: 3, planes: [...times(8, 137), ...times(16, 128)] })).toEqual([128, 128, 128]);
    const lab = await colourOf({ mode: 9, channels: 3, planes: [...times(8, 138), ...times(8, 209), ...times(8, 198)] });
    for (const [i, value] of [255, 0, 0].entries()) expect(Math.abs((lab[i] as number) - value)).toBeLessThan(12);
  });

  test("is shown in the colours of its profile", async () => {
    const { icc } = await sharp({ create: { width: 1, height: 1, channels: 3, background: "red" } })
      .withIccProfile("p3")
      .png()
      .toBuffer()
      .then((png) => sharp(png).metadata());
    const planes = [...times(8, 200), ...times(8, 60), ...times(8, 60)];
    const [red] = await colourOf({ mode: 3, channels: 3, planes, resources: [resource(1039, icc as Buffer)] });
    expect(red).toBeGreaterThan(205);
  });

  test("that was saved without a picture, or holds what has no colours, is listed and not compared", async () => {
    const planes = times(24, 255);
    const version = resource(1057, Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0]));
    expect(await decode("flat.psd", psd({ mode: 3, channels: 3, planes, resources: [version] }))).toMatchObject({ ok: true });
    const layers = Buffer.alloc(20);
    expect(await decode("a.psd", psd({ mode: 3, channels: 3, planes, resources: [version], layers }))).toMatchObject({
      skipped: {
        reason: "unsupported-format",
        detail: "Photoshop images that were saved without a picture for other programs are not decoded",
      },
    });
    expect(await decode("b.psd", psd({ mode: 7, channels: 3, planes }))).toMatchObject({ skipped: { reason: "unsupported-format" } });
    expect(await decode("c.psd", psd({ mode: 3, bits: 32, channels: 3, planes: times(96, 0) }))).toMatchObject({
      skipped: { reason: "unsupported-format" },
    });
  });

  test.each([20, 30, 3000, 3300, 3700])("of which %d bytes are there is damaged", async (bytes) => {
    expect(await decode("cut.psd", fixture("ramp.psd").subarray(0, bytes))).toMatchObject({
      skipped: { reason: "damaged", detail: expect.stringMatching(/ends before|header/) },
    });
  });
});
