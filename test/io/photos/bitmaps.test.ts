/**
 * BMP, Netpbm and QOI: files that other programs wrote, and each kind of pixel written here by the format's own words.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import type { Bitmap, BitmapReader } from "../../../src/io/photos/codecs/bitmap.ts";
import { bmpReader } from "../../../src/io/photos/codecs/bmp-pixels.ts";
import { pnmReader } from "../../../src/io/photos/codecs/pnm-pixels.ts";
import { qoiReader } from "../../../src/io/photos/codecs/qoi-pixels.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const fixture = (name: string) => readFileSync(fileURLToPath(new URL(`../../fixtures/formats/${name}`, import.meta.url)));
const decoder = createDecoder({ resize: { fit: "squash", size: 64, kernel: "cubic" }, maxMegapixels: 250, threads: 1 });
afterAll(() => decoder.close());

async function decode(name: string, bytes: Uint8Array) {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  const { size, mtimeMs } = await stat(path);
  const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1:1" };
  return decoder.decode({ file, hash: contentHash("0".repeat(64)) });
}

/** As rows of red, green and blue. */
function rgb({ data, channels }: Bitmap): readonly number[] {
  if (channels === 3) return [...data];
  return Array.from({ length: data.length / channels }, (_, i) =>
    channels === 1 ? [data[i], data[i], data[i]] : [...data.subarray(i * 4, i * 4 + 3)],
  ).flat() as number[];
}

const [RED, GREEN, BLUE, WHITE, BLACK, GREY] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
  [0, 0, 0],
  [128, 128, 128],
] as const;
/** Three by two: rows of an odd length are padded. */
const SIX = [...RED, ...GREEN, ...BLUE, ...WHITE, ...BLACK, ...GREY];

interface BmpParts {
  readonly bits: number;
  readonly rows: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  readonly compression?: number;
  readonly masks?: readonly number[];
  readonly isTopDown?: boolean;
}

/** @param rows as they stand in the file, padded */
function bmp({ bits, rows, palette = [], compression = 0, masks = [], isTopDown = false }: BmpParts): Buffer {
  const extra = Buffer.alloc(masks.length * 4);
  for (const [i, mask] of masks.entries()) extra.writeUInt32LE(mask, 4 * i);
  const head = Buffer.alloc(54);
  head.write("BM", "latin1");
  head.writeUInt32LE(54 + extra.length + palette.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(3, 18);
  head.writeInt32LE(isTopDown ? -2 : 2, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(palette.length / 4, 46);
  return Buffer.concat([head, extra, Buffer.from(palette), Buffer.from(rows.flat())]);
}

const PALETTE = [RED, GREEN, BLUE, WHITE, BLACK, GREY].flatMap(([r, g, b]) => [b, g, r, 0]);
const words = (...values: readonly number[]) => values.flatMap((value) => [value & 255, value >> 8]);

describe("a BMP", () => {
  test.each<readonly [string, BmpParts]>([
    [
      "24 bits",
      {
        bits: 24,
        rows: [
          [255, 255, 255, 0, 0, 0, 128, 128, 128, 0, 0, 0],
          [0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0],
        ],
      },
    ],
    [
      "24 bits from the top down",
      {
        bits: 24,
        isTopDown: true,
        rows: [
          [0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0],
          [255, 255, 255, 0, 0, 0, 128, 128, 128, 0, 0, 0],
        ],
      },
    ],
    [
      "32 bits",
      {
        bits: 32,
        rows: [
          [255, 255, 255, 0, 0, 0, 0, 0, 128, 128, 128, 0],
          [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0],
        ],
      },
    ],
    [
      "8 bits with a palette",
      {
        bits: 8,
        palette: PALETTE,
        rows: [
          [3, 4, 5, 0],
          [0, 1, 2, 0],
        ],
      },
    ],
    [
      "4 bits with a palette",
      {
        bits: 4,
        palette: PALETTE,
        rows: [
          [0x34, 0x50, 0, 0],
          [0x01, 0x20, 0, 0],
        ],
      },
    ],
  ])("of %s is read", (_, parts) => {
    expect(rgb(bmpReader.pixels(bmp(parts)))).toEqual(SIX);
  });

  test("of 16 bits is read with and without masks, and of one bit by its palette", () => {
    const plain = bmp({ bits: 16, rows: [words(0x7fff, 0, 0x4210, 0), words(0x7c00, 0x3e0, 0x1f, 0)] });
    const masked = bmp({
      bits: 16,
      compression: 3,
      masks: [0xf800, 0x7e0, 0x1f],
      rows: [words(0xffff, 0, 0x8410, 0), words(0xf800, 0x7e0, 0x1f, 0)],
    });
    for (const file of [plain, masked]) {
      const difference = rgb(bmpReader.pixels(file)).map((value, i) => Math.abs(value - (SIX[i] as number)));
      expect(Math.max(...difference)).toBeLessThan(5);
    }
    const black = bmp({
      bits: 1,
      palette: [255, 255, 255, 0, 0, 0, 0, 0],
      rows: [
        [0b0100_0000, 0, 0, 0],
        [0b1010_0000, 0, 0, 0],
      ],
    });
    expect(rgb(bmpReader.pixels(black))).toEqual([BLACK, WHITE, BLACK, WHITE, BLACK, WHITE].flat());
  });

  test("in runs is read: runs, single pixels, ends of rows, and what is passed over", () => {
    const runs = (compression: number, bits: number, ...bytes: readonly number[]) =>
      bmpReader.pixels(bmp({ bits, compression, palette: PALETTE, rows: [bytes] }));
    expect(rgb(runs(1, 8, 0, 3, 3, 4, 5, 0, 0, 0, 1, 0, 1, 1, 1, 2, 0, 0, 0, 1))).toEqual(SIX);
    expect(rgb(runs(2, 4, 2, 0x34, 1, 0x50, 0, 0, 0, 3, 0x01, 0x20, 0, 1))).toEqual(SIX);
    const moved = rgb(runs(1, 8, 0, 2, 1, 1, 1, 1, 0, 1));
    expect(moved).toEqual([...RED, ...GREEN, ...RED, ...RED, ...RED, ...RED]);
    expect(() => runs(1, 8, 3, 1)).toThrow("the file ends before the image does");
  });

  test("of OS/2's short head is read", () => {
    const parts = {
      bits: 24,
      rows: [
        [255, 255, 255, 0, 0, 0, 128, 128, 128, 0, 0, 0],
        [0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0],
      ],
    };
    const long = bmp(parts);
    const short = Buffer.concat([long.subarray(0, 30), long.subarray(54), Buffer.alloc(30)]);
    short.writeUInt32LE(30, 10);
    short.writeUInt32LE(16, 14);
    expect(rgb(bmpReader.pixels(short))).toEqual(SIX);
  });

  test("that another program wrote is decoded, one of an unusual kind is listed as not decoded, and one that is cut off as damaged", async () => {
    const file = fixture("exiftool.bmp");
    expect(await decode("a.bmp", file)).toMatchObject({ ok: true, value: { facts: { format: "bmp", width: 8, height: 8 } } });
    const unusual = Buffer.from(file);
    unusual.writeUInt32LE(4, 30);
    expect(await decode("b.bmp", unusual)).toMatchObject({
      skipped: { reason: "unsupported-format", detail: "BMP images of an unusual kind are not decoded" },
    });
    expect(await decode("c.bmp", file.subarray(0, -9))).toMatchObject({
      skipped: { reason: "damaged", detail: "the file ends before the image does" },
    });
  });
});

describe("a Netpbm file", () => {
  const ascii = SIX.join(" ");
  test.each([
    ["pixmap of bytes", Buffer.concat([Buffer.from("P6\n# a comment\n3 2\n255\n"), Buffer.from(SIX)])],
    ["pixmap of 16 bits", Buffer.concat([Buffer.from("P6 3 2 65535\n"), Buffer.from(SIX.flatMap((value) => [value, value]))])],
    ["pixmap as text", Buffer.from(`P3 3 2\n255\n${ascii}\n`)],
  ])("is read: %s", (_, file) => {
    expect(rgb(pnmReader.pixels(file))).toEqual(SIX);
  });

  test.each([
    ["bitmap of bytes", Buffer.concat([Buffer.from("P4 3 2\n"), Buffer.from([0b1010_0000, 0b0100_0000])])],
    ["bitmap as text", Buffer.from("P1 3 2\n1 0 1\n010\n")],
    ["graymap of bytes", Buffer.concat([Buffer.from("P5 3 2 100\n"), Buffer.from([0, 100, 0, 100, 0, 100])])],
    ["graymap as text", Buffer.from("P2 3 2 7\n0 7 0\n7 0 7")],
  ])("is read: %s", (_, file) => {
    expect(rgb(pnmReader.pixels(file))).toEqual([BLACK, WHITE, BLACK, WHITE, BLACK, WHITE].flat());
  });

  test("that another program wrote is decoded, and one that is cut off is damaged", async () => {
    const { data, info } = await sharp(PHOTOS.flower).resize(80, 60, { fit: "fill" }).raw().toBuffer({ resolveWithObject: true });
    const head = `P6\n${info.width} ${info.height}\n255\n`;
    const file = Buffer.concat([Buffer.from(head), data]);
    const [ppm, png] = [await decode("a.ppm", file), await decode("a.png", await sharp(data, { raw: info }).png().toBuffer())];
    if (!ppm.ok || !png.ok) throw new Error("Expected both to be decoded");
    expect(ppm.value.facts).toMatchObject({ format: "pnm", width: 80, height: 60 });
    expect(ppm.value.pixels).toEqual(png.value.pixels);
    expect(await decode("b.ppm", fixture("exiftool.ppm"))).toMatchObject({ ok: true });
    expect(await decode("c.ppm", file.subarray(0, -1))).toMatchObject({ skipped: { reason: "damaged" } });
    expect(await decode("d.pgm", Buffer.from(`P5 ${" ".repeat(4000)}x`))).toMatchObject({ skipped: { reason: "damaged" } });
  });
});

describe("a QOI", () => {
  test("is read by every kind of chunk, and one that is cut off is damaged", async () => {
    const head = Buffer.from([..."qoif"].map((letter) => letter.charCodeAt(0)).concat([0, 0, 0, 3, 0, 0, 0, 2, 4, 0]));
    // Red as it is; less by a little; by luma; twice more the same; red again from where it was kept.
    const kept = (255 * 3 + 0 * 5 + 0 * 7 + 255 * 11) % 64;
    const chunks = [0xfe, 255, 0, 0, 0b01_01_11_10, 0b10_101010, 0b1000_1001, 0b11_000001, kept];
    const end = [0, 0, 0, 0, 0, 0, 0, 1];
    const luma = [254 + 10, 1 + 10, 0 + 10 + 1].map((value) => value & 255);
    expect(rgb(qoiReader.pixels(Buffer.concat([head, Buffer.from([...chunks, ...end])])))).toEqual([
      255,
      0,
      0,
      254,
      1,
      0,
      ...luma,
      ...luma,
      ...luma,
      255,
      0,
      0,
    ]);
    expect(await decode("a.qoi", Buffer.concat([head, Buffer.from([...chunks, ...end])]))).toMatchObject({
      ok: true,
      value: { facts: { format: "qoi", width: 3, height: 2 } },
    });
    expect(await decode("b.qoi", Buffer.concat([head, Buffer.from(chunks.slice(0, 5))]))).toMatchObject({ skipped: { reason: "damaged" } });
  });
});

test.each<readonly [string, BitmapReader, Buffer]>([
  ["BMP", bmpReader, fixture("exiftool.bmp")],
  ["PNM", pnmReader, fixture("exiftool.ppm")],
])("no single byte that changes in a %s does more than be refused in a sentence", (_, reader, file) => {
  for (let at = 0; at < Math.min(file.length, 120); at++) {
    for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
      const changed = Buffer.from(file);
      changed[at] = value;
      const head = reader.head(changed, null);
      if (head === null || head.unsupported !== null || head.width * head.height > 1e6) continue;
      try {
        const { data, width, height, channels } = reader.pixels(changed);
        expect(data.length).toBe(width * height * channels);
      } catch (error) {
        expect((error as Error).message).toBe("the file ends before the image does");
      }
    }
  }
});
