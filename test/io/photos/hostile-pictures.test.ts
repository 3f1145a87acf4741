/**
 * Files that were made to cost much: each is compared or listed with its reason, within seconds and within the memory that photos have.
 */
import { readFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { PictureFormat, SkipReason } from "../../../src/core/photos/photo.ts";
import { DecoderPool } from "../../../src/io/photos/codecs/decoder-pool.ts";
import { inTime } from "../../../src/io/photos/photo-clock.ts";
import { decoding, fixture } from "../../decoding.ts";
import { PHOTOS } from "../../photos.ts";

const { decode } = decoding();
const SECONDS = 30;

const big = (...values: readonly number[]) => Buffer.concat(values.map((value) => Buffer.from(Uint32Array.of(value).buffer).swap32()));
const little = (...values: readonly number[]) => Buffer.from(Uint32Array.from(values).buffer);
const flat = (edge: number) => sharp({ create: { width: edge, height: edge, channels: 3, background: "#888" }, limitInputPixels: false });

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  return Buffer.concat([big(data.length), body, big(crc32(body))]);
}

function png(width: number, height: number, ...chunks: readonly Buffer[]): Buffer {
  const head = Buffer.concat([big(width, height), Buffer.from([8, 2, 0, 0, 0])]);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), ...chunks, chunk("IEND", Buffer.alloc(0))]);
}

function bmp(width: number, height: number): Buffer {
  const head = [54, 40, width, height, 1 | (24 << 16), 0, 0, 0, 0, 0, 0];
  return Buffer.concat([Buffer.from("BM\0\0\0\0\0\0\0\0", "latin1"), little(...head), Buffer.alloc(100)]);
}

function tga(kind: number, width: number, height: number, pixels: Buffer): Buffer {
  const head = Buffer.from([0, 0, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, 24, 0]);
  return Buffer.concat([head, pixels]);
}

function psd(edge: number, resources: Buffer, picture: Buffer): Buffer {
  const head = Buffer.concat([Buffer.from("8BPS\0\x01\0\0\0\0\0\0\0\x03", "latin1"), big(edge, edge), Buffer.from([0, 8, 0, 3])]);
  return Buffer.concat([head, big(0, resources.length), resources, big(0), picture]);
}

/** A JPEG 2000 of boxes, each within the one before. */
function nestedBoxes(count: number): Buffer {
  const boxes = Array.from({ length: count }, (_, i) => Buffer.concat([big((count - i) * 8), Buffer.from("jp2h")]));
  return Buffer.concat([Buffer.from("\0\0\0\x0cjP  \r\n\x87\n", "latin1"), ...boxes]);
}

function claiming(code: Buffer, ...words: readonly (readonly [at: number, value: number])[]): Buffer {
  const claims = Buffer.from(code);
  for (const [at, value] of words) claims.writeUInt32BE(value, at);
  return claims;
}

/** The size of each picture in a HEIC stands in a box of its own. */
function sizedHeic(heic: Buffer, edge: number): Buffer {
  const sized = Buffer.from(heic);
  for (let at = sized.indexOf("ispe"); at >= 0; at = sized.indexOf("ispe", at + 4)) big(edge, edge).copy(sized, at + 8);
  return sized;
}

const NOTHING = Buffer.alloc(0);
const ICON_OF_PNG = (file: Buffer) =>
  Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 32, 0]), little(file.length, 22), file]);

type Hostile = readonly [title: string, name: string, make: () => Promise<Buffer> | Buffer, becomes: SkipReason | "compared"];

const FILES: Readonly<Record<Exclude<PictureFormat, "raw">, readonly Hostile[]>> = {
  png: [
    [
      "rows of nothing, a thousandth of what they become",
      "a.png",
      () => png(9000, 9000, chunk("IDAT", deflateSync(Buffer.alloc(9000 * 27_001)))),
      "compared",
    ],
    ["two thousand million pixels on edge", "b.png", () => png(0x7fffffff, 0x7fffffff, chunk("IDAT", deflateSync(NOTHING))), "damaged"],
    [
      "a hundred thousand notes",
      "c.png",
      () =>
        png(8, 8, ...Array.from({ length: 1e5 }, () => chunk("tEXt", Buffer.from("k\0v"))), chunk("IDAT", deflateSync(Buffer.alloc(200)))),
      "compared",
    ],
    [
      "a colour profile of 100 MB in 100 kB",
      "d.png",
      () =>
        png(
          8,
          8,
          chunk("iCCP", Buffer.concat([Buffer.from("a\0\0"), deflateSync(Buffer.alloc(1e8))])),
          chunk("IDAT", deflateSync(Buffer.alloc(200))),
        ),
      "compared",
    ],
  ],
  webp: [["225 megapixels in 38 bytes", "a.webp", () => flat(15_000).webp({ lossless: true, effort: 0 }).toBuffer(), "compared"]],
  jpeg: [["64 megapixels of coefficients", "a.jpg", () => flat(8000).jpeg({ progressive: true }).toBuffer(), "compared"]],
  tiff: [["100 megapixels", "a.tif", () => flat(10_000).tiff({ compression: "deflate" }).toBuffer(), "compared"]],
  gif: [["64 megapixels", "a.gif", () => flat(8000).gif({ effort: 1 }).toBuffer(), "compared"]],
  avif: [["25 megapixels in 1 kB", "a.avif", () => flat(5000).avif({ effort: 0 }).toBuffer(), "compared"]],
  heic: [
    ["pieces that claim 225 megapixels each", "a.heic", async () => sizedHeic(await readFile(PHOTOS.heic), 15_000), "too-large"],
    ["pieces larger than they claim", "b.heic", async () => sizedHeic(await readFile(PHOTOS.heic), 16), "damaged"],
    ["one picture larger than it claims", "c.heic", () => sizedHeic(fixture("flower.heic"), 1), "unsupported-format"],
  ],
  jxl: [
    [
      "a claim of 2^30 pixels on edge",
      "a.jxl",
      () => Buffer.concat([Buffer.from([0xff, 0x0a, 0xfe]), Buffer.alloc(20, 0xff)]),
      "too-large",
    ],
  ],
  jp2: [
    ["boxes in boxes, 100,000 deep", "a.jp2", () => nestedBoxes(1e5), "unsupported-format"],
    [
      "36 megapixels that are not there",
      "b.j2k",
      () => claiming(fixture("ramp.j2k"), [8, 6000], [12, 6000], [24, 6000], [28, 6000]),
      "damaged",
    ],
    ["a tile for each of 36 megapixels", "c.j2k", () => claiming(fixture("ramp.j2k"), [8, 6000], [12, 6000], [24, 1], [28, 1]), "damaged"],
  ],
  psd: [
    [
      "81 megapixels in runs",
      "a.psd",
      () =>
        psd(
          9000,
          NOTHING,
          Buffer.concat([
            Buffer.from([0, 1]),
            Buffer.alloc(9000 * 6, Buffer.from([0, 142])),
            Buffer.alloc(9000 * 3 * 142, Buffer.from([0x81, 7])),
          ]),
        ),
      "compared",
    ],
    ["81 megapixels that are not there", "b.psd", () => psd(9000, NOTHING, Buffer.from([0, 0])), "damaged"],
    [
      "100,000 notes",
      "c.psd",
      () => psd(8, Buffer.alloc(12e5, Buffer.from("8BIM\x04\x04\0\0\0\0\0\0", "latin1")), Buffer.alloc(194)),
      "compared",
    ],
  ],
  bmp: [
    ["225 megapixels that are not there", "a.bmp", () => bmp(15_000, 15_000), "damaged"],
    ["two thousand million pixels on edge", "b.bmp", () => bmp(0x7fffffff, 0x7fffffff), "too-large"],
  ],
  tga: [
    ["100 megapixels in runs", "a.tga", () => tga(10, 10_000, 10_000, Buffer.alloc(1e8 / 32 + 100, 0xff)), "compared"],
    ["225 megapixels that are not there", "b.tga", () => tga(2, 12_000, 12_000, NOTHING), "damaged"],
  ],
  qoi: [
    [
      "196 megapixels in runs",
      "a.qoi",
      () => Buffer.concat([Buffer.from("qoif"), big(14_000, 14_000), Buffer.from([3, 0]), Buffer.alloc(196e6 / 62 + 99, 0xfd)]),
      "compared",
    ],
  ],
  pnm: [
    ["25 megapixels as text", "a.pgm", () => Buffer.concat([Buffer.from("P2 5000 5000 255\n"), Buffer.alloc(50e6, "1 ")]), "compared"],
    ["a number without an end", "b.pgm", () => Buffer.concat([Buffer.from("P2 3000 3000 255\n"), Buffer.alloc(50e6, "1")]), "damaged"],
    ["nothing but comments", "c.pgm", () => Buffer.concat([Buffer.from("P2 3000 3000 255\n"), Buffer.alloc(50e6, "#\n")]), "damaged"],
  ],
  ico: [["a PNG of 225 megapixels", "a.ico", () => ICON_OF_PNG(png(15_000, 15_000, chunk("IDAT", deflateSync(NOTHING)))), "too-large"]],
};

describe.each(Object.entries(FILES))("a hostile file: %s", (_, files) => {
  test.each(files)("%s", async (_title, name, make, becomes) => {
    const bytes = await make();
    const begun = performance.now();
    const outcome = await decode(name, bytes);
    expect(outcome.ok ? "compared" : outcome.skipped.reason).toBe(becomes);
    expect((performance.now() - begun) / 1000).toBeLessThan(SECONDS);
  });
});

test("a decoder that takes longer than its time is replaced, and its photo listed", async () => {
  const script = new URL("../../../dist/io/photos/codecs/jxl-worker.js", import.meta.url);
  const decoders = new DecoderPool(script, 1, "jxl-oxide-wasm");
  const shape = { format: "jxl", width: 1440, height: 1080, channels: 4, sampleBytes: 1, interlaced: false } as const;
  expect(await inTime(50, () => decoders.decode(PHOTOS.jpegXl, shape))).toEqual({
    ok: false,
    reason: "too-slow",
    detail: "it came to no end in 0.05 s",
  });
  await decoders.close();
});
