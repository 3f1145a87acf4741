/**
 * TGA: a file that another program wrote, and each kind of pixel written here by the format's own words.
 */
import { expect, test } from "vitest";
import { tgaReader } from "../../../src/io/photos/codecs/tga-pixels.ts";
import { decoding, fixture } from "../../decoding.ts";

const { decode, decoded } = decoding();

const [RED, GREEN, BLUE, WHITE] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const;
const FOUR = [...RED, ...GREEN, ...BLUE, ...WHITE];
const bgr = ([r, g, b]: readonly [number, number, number]) => [b, g, r];
const FROM_TOP = 0x20;

interface TgaParts {
  readonly kind: number;
  readonly bits: number;
  readonly pixels: readonly number[];
  readonly descriptor?: number;
  readonly palette?: readonly number[];
}

/** Two by two. */
function tga({ kind, bits, pixels, descriptor = FROM_TOP, palette = [] }: TgaParts): Buffer {
  const head = Buffer.alloc(18);
  head[1] = palette.length > 0 ? 1 : 0;
  head[2] = kind;
  head.writeUInt16LE(palette.length / 3, 5);
  head[7] = palette.length > 0 ? 24 : 0;
  head.writeUInt16LE(2, 12);
  head.writeUInt16LE(2, 14);
  head[16] = bits;
  head[17] = descriptor;
  return Buffer.concat([head, Buffer.from(palette), Buffer.from(pixels)]);
}

const word = (value: number) => [value & 255, value >> 8];

test.each<readonly [string, TgaParts]>([
  ["24 bits", { kind: 2, bits: 24, pixels: [RED, GREEN, BLUE, WHITE].flatMap(bgr) }],
  ["24 bits from the bottom up", { kind: 2, bits: 24, descriptor: 0, pixels: [BLUE, WHITE, RED, GREEN].flatMap(bgr) }],
  ["24 bits from the right", { kind: 2, bits: 24, descriptor: 0x30, pixels: [GREEN, RED, WHITE, BLUE].flatMap(bgr) }],
  ["32 bits, whose fourth byte says nothing", { kind: 2, bits: 32, pixels: [RED, GREEN, BLUE, WHITE].flatMap((one) => [...bgr(one), 0]) }],
  ["16 bits", { kind: 2, bits: 16, pixels: [0x7c00, 0x03e0, 0x001f, 0x7fff].flatMap(word) }],
  ["a palette", { kind: 1, bits: 8, palette: [WHITE, RED, GREEN, BLUE].flatMap(bgr), pixels: [1, 2, 3, 0] }],
  ["runs", { kind: 10, bits: 24, pixels: [0x01, ...bgr(RED), ...bgr(GREEN), 0x80, ...bgr(BLUE), 0x00, ...bgr(WHITE)] }],
])("a TGA of %s is read", (_, parts) => {
  expect([...tgaReader.pixels(tga(parts)).data]).toEqual(FOUR);
});

test("a TGA of grey is read, in runs too", () => {
  expect([...tgaReader.pixels(tga({ kind: 3, bits: 8, pixels: [1, 2, 3, 4] })).data]).toEqual([1, 2, 3, 4]);
  expect([...tgaReader.pixels(tga({ kind: 11, bits: 8, pixels: [0x82, 7, 0x00, 9] })).data]).toEqual([7, 7, 7, 9]);
});

test("what is transparent stays so where the head says that there is such a thing, and it is not all of it", () => {
  const four = (descriptor: number, ...alpha: readonly number[]) =>
    tgaReader.pixels(
      tga({ kind: 2, bits: 32, descriptor, pixels: [RED, GREEN, BLUE, WHITE].flatMap((one, i) => [...bgr(one), alpha[i] as number]) }),
    );
  expect([...four(FROM_TOP | 8, 1, 2, 3, 4).data].filter((_, i) => i % 4 === 3)).toEqual([1, 2, 3, 4]);
  expect(four(FROM_TOP | 8, 0, 0, 0, 0).channels).toBe(3);
  expect(four(FROM_TOP, 1, 2, 3, 4).channels).toBe(3);
});

test("one that another program wrote shows what the same picture as PNG does", async () => {
  const [own, png] = [await decoded("ramp.tga", fixture("ramp.tga")), await decoded("ramp.png", fixture("ramp.png"))];
  expect(own.facts).toMatchObject({ format: "tga", width: 24, height: 16 });
  expect(own.pixels).toEqual(png.pixels);
});

test("one that is cut off is damaged, and only a file of that name that begins as nothing else is one", async () => {
  expect(await decode("cut.tga", fixture("ramp.tga").subarray(0, 100))).toMatchObject({
    skipped: { reason: "damaged", detail: "the file ends before the image does" },
  });
  expect(await decode("other.jpg", fixture("ramp.tga"))).toMatchObject({ skipped: { reason: "not-an-image" } });
  expect(await decoded("really-png.tga", fixture("ramp.png"))).toMatchObject({ facts: { format: "png" } });
  expect(await decode("text.tga", Buffer.from("no picture at all, ".repeat(9)))).toMatchObject({ skipped: { reason: "not-an-image" } });
});
