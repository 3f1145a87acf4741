/**
 * Kinds of TIFF: each is drawn as it is meant, or listed as one that is not decoded. None is damaged, and none in other colours.
 */
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decoding } from "../../decoding.ts";
import { PHOTOS } from "../../photos.ts";
import { tiffOf } from "../../tiff.ts";

const { decode, decoded } = decoding();
const small = () => sharp(PHOTOS.flower).resize(400, 300, { fit: "fill" });
const asPng = async () => decoded("a.png", await small().png().toBuffer());

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] as number)), 0) / one.length;
}

describe("a TIFF is drawn", () => {
  test.each([
    ["plain", { compression: "none" }],
    ["LZW", { compression: "lzw" }],
    ["deflate", { compression: "deflate" }],
    ["PackBits", { compression: "packbits" }],
    ["JPEG", { compression: "jpeg", quality: 95 }],
    ["WebP", { compression: "webp", quality: 95 }],
    ["in tiles", { compression: "deflate", tile: true, tileWidth: 64, tileHeight: 64 }],
    ["as a BigTIFF", { compression: "deflate", bigtiff: true }],
  ] as const)("%s", async (_, options) => {
    const { pixels, facts } = await decoded("a.tif", await small().tiff(options).toBuffer());
    expect(facts).toMatchObject({ format: "tiff", width: 400, height: 300 });
    expect(meanDifference(pixels.data, (await asPng()).pixels.data)).toBeLessThan(2);
  });

  test.each([1, 2, 4, 8, 16])("with samples of %d bits", async (bits) => {
    expect(await decode("a.tif", tiffOf({ 258: bits }))).toMatchObject({ ok: true });
  });
});

describe("a TIFF is listed as not decoded", () => {
  test.each([
    ["old JPEG compression", { 259: 6 }],
    ["LZMA compression", { 259: 34925 }],
    ["Zstandard compression", { 259: 50000 }],
    ["JPEG 2000 compression", { 259: 34712 }],
    ["LERC compression", { 259: 34887 }],
    ["samples of 10 bits", { 258: 10 }],
    ["samples of 12 bits", { 258: 12 }],
    ["several samples of 4 bits", { 258: 4, 277: 3, 262: 2 }],
    ["samples of 64 bits", { 258: 64, 339: 3 }],
  ] as const)("with %s", async (kind, fields) => {
    expect(await decode("a.tif", tiffOf(fields))).toMatchObject({
      skipped: { reason: "unsupported-format", detail: `TIFF images with ${kind} are not decoded` },
    });
  });

  // The decoder draws all of these without a word: white, black, or with its brightness for red.
  test("with samples of more bits than there are is damaged", async () => {
    expect(await decode("a.tif", tiffOf({ 258: 339 }))).toMatchObject({ skipped: { reason: "damaged" } });
  });

  test.each([
    ["whole numbers of 32 bits", () => tiffOf({ 258: 32 })],
    ["samples below zero", () => tiffOf({ 258: 16, 339: 2 })],
    ["YCbCr colours", () => tiffOf({ 262: 6 })],
  ] as const)("with %s", async (kind, make) => {
    expect(await decode("a.tif", await make())).toMatchObject({
      skipped: { reason: "unsupported-format", detail: `TIFF images with ${kind} are not decoded` },
    });
  });
});
