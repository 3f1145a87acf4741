/**
 * Icons of Windows, with bitmaps and PNGs in them.
 */
import sharp from "sharp";
import { expect, test } from "vitest";
import { dibPixels } from "../../../src/io/photos/codecs/ico-entries.ts";
import { decoding, fixture } from "../../decoding.ts";
import { PHOTOS } from "../../photos.ts";

const { decode, decoded } = decoding();

interface Entry {
  readonly edge: number;
  readonly bits: number;
  readonly bytes: Buffer;
}

function icon(...entries: readonly Entry[]): Buffer {
  const head = Buffer.from([0, 0, 1, 0, entries.length, 0]);
  let at = head.length + 16 * entries.length;
  const rows = entries.map(({ edge, bits, bytes }) => {
    const row = Buffer.from([edge & 255, edge & 255, 0, 0, 1, 0, bits, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    row.writeUInt32LE(bytes.length, 8);
    row.writeUInt32LE(at, 12);
    at += bytes.length;
    return row;
  });
  return Buffer.concat([head, ...rows, ...entries.map(({ bytes }) => bytes)]);
}

/** Two by two; the head says twice the height, for the mask. */
function dib(bits: number, pixels: readonly number[], mask: readonly number[]): Buffer {
  const head = Buffer.alloc(40);
  head.writeUInt32LE(40, 0);
  head.writeInt32LE(2, 4);
  head.writeInt32LE(4, 8);
  head.writeUInt16LE(1, 12);
  head.writeUInt16LE(bits, 14);
  return Buffer.concat([head, Buffer.from(pixels), Buffer.from(mask)]);
}

const NO_MASK = [0, 0, 0, 0, 0, 0, 0, 0];

test("colours stand from the bottom up, and what the mask hides is transparent", () => {
  const rows = [0, 0, 1, 0, 0, 2, 0, 0, /* above */ 0, 0, 3, 0, 0, 4, 0, 0];
  expect([...dibPixels(dib(24, rows, [0, 0, 0, 0, 0b0100_0000, 0, 0, 0])).data]).toEqual([
    3, 0, 0, 255, 4, 0, 0, 0, 1, 0, 0, 255, 2, 0, 0, 255,
  ]);
});

test("a head of a later version is longer", () => {
  const rows = [0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 4, 0, 0];
  const plain = dib(24, rows, NO_MASK);
  const longer = Buffer.concat([plain.subarray(0, 40), Buffer.alloc(84), plain.subarray(40)]);
  longer.writeUInt32LE(124, 0);
  expect(dibPixels(longer)).toEqual(dibPixels(plain));
});

test("32 bits hold their own transparency, unless all of it is nothing", () => {
  const pixels = (alpha: number) => [1, 2, 3, 4].flatMap((red) => [0, 0, red, red === 2 ? alpha : 0]);
  const alphaOf = (alpha: number) => [...dibPixels(dib(32, pixels(alpha), NO_MASK)).data].filter((_, i) => i % 4 === 3);
  expect(alphaOf(9)).toEqual([0, 0, 0, 9]);
  expect(alphaOf(0)).toEqual([255, 255, 255, 255]);
});

test("the largest picture counts, a PNG or a bitmap that another program wrote", async () => {
  const png = await sharp(PHOTOS.flower).resize(256, 256, { fit: "fill" }).png().toBuffer();
  const small = { edge: 2, bits: 24, bytes: dib(24, Array(16).fill(0), NO_MASK) };
  const [own, alone] = [await decoded("a.ico", icon(small, { edge: 256, bits: 32, bytes: png }, small)), await decoded("a.png", png)];
  expect(own.facts).toMatchObject({ format: "ico", width: 256, height: 256 });
  expect(own.pixels).toEqual(alone.pixels);
  expect((await decoded("ramp.ico", fixture("ramp.ico"))).pixels).toEqual((await decoded("ramp.png", fixture("ramp.png"))).pixels);
});

test("one that is cut off, or whose picture claims what no icon has, is damaged", async () => {
  expect(await decode("cut.ico", fixture("ramp.ico").subarray(0, 500))).toMatchObject({
    skipped: { reason: "damaged", detail: "the file ends before the image does" },
  });
  const claims = dib(24, Array(16).fill(0), NO_MASK);
  claims.writeInt32LE(30_000, 4);
  expect(await decode("claims.ico", icon({ edge: 2, bits: 24, bytes: claims }))).toMatchObject({ skipped: { reason: "damaged" } });
  const runs = dib(24, Array(16).fill(0), NO_MASK);
  runs.writeUInt32LE(1, 16);
  expect(await decode("runs.ico", icon({ edge: 2, bits: 24, bytes: runs }))).toMatchObject({ skipped: { reason: "damaged" } });
});
