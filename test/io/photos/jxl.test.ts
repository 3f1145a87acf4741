/**
 * JPEG XL, as cjxl wrote it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { exifOf, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const decoder = createDecoder({ resize: { fit: "squash", size: 64, kernel: "cubic" }, maxMegapixels: 250, threads: 1 });
afterAll(() => decoder.close());

async function decode(path: string) {
  const { size, mtimeMs } = await stat(path);
  const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1:1" };
  return decoder.decode({ file, hash: contentHash("0".repeat(64)) });
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const JXL = readFileSync(PHOTOS.jpegXl);

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

const SIGNATURE = box("JXL ", Buffer.from("\r\n\x87\n", "latin1"));
const TYPE = box("ftyp", Buffer.from("jxl \0\0\0\0jxl ", "latin1"));

describe("a JPEG XL", () => {
  test("is decoded, bare or in boxes, with the EXIF that stands in one", async () => {
    const bare = await decode(PHOTOS.jpegXl);
    if (!bare.ok) throw new Error(bare.skipped.detail);
    expect(bare.value.facts).toMatchObject({ format: "jxl", width: 1440, height: 1080, isWhole: true, exposure: { takenAt: null } });
    expect(new Set(bare.value.pixels.data).size).toBeGreaterThan(100);
    const { exif } = await sharp(
      await sharp(PHOTOS.falcon).resize(8).withExif(exifOf("2020:01:02 03:04:05", "12")).webp().toBuffer(),
    ).metadata();
    const tiff = (exif as Buffer).subarray((exif as Buffer).indexOf(Buffer.from("II*\0")));
    const half = JXL.length >> 1;
    const part = (number: number, code: Buffer) => box("jxlp", Buffer.from([number >>> 24, 0, 0, number & 255]), code);
    const boxed = Buffer.concat([
      SIGNATURE,
      TYPE,
      part(0, JXL.subarray(0, half)),
      part(0x80000001, JXL.subarray(half)),
      box("Exif", Buffer.alloc(4), tiff),
    ]);
    const inBoxes = await decode(written("boxes.jxl", boxed));
    if (!inBoxes.ok) throw new Error(inBoxes.skipped.detail);
    expect(inBoxes.value.pixels).toEqual(bare.value.pixels);
    expect(inBoxes.value.facts.exposure).toMatchObject({ camera: "Maker Model 1", takenAt: { fraction: "12" } });
  });

  test.each([0.3, 0.9, 0.999])("of which %d is there is damaged", async (share) => {
    const path = written("cut.jxl", JXL.subarray(0, Math.floor(JXL.length * share)));
    expect(await decode(path)).toMatchObject({ ok: false, skipped: { reason: "damaged", detail: "the file ends before the image does" } });
  });

  test("that claims too much is refused before it is decoded", async () => {
    // The size of the picture in 30 bits each, as 2^30 - 1 by 2^30 - 1.
    const claims = Buffer.concat([Buffer.from([0xff, 0x0a, 0xfe]), Buffer.alloc(20, 0xff)]);
    expect(await decode(written("a.jxl", claims))).toMatchObject({ ok: false, skipped: { reason: "too-large" } });
  });

  test("under another name is told by what it holds", async () => {
    expect(await decode(written("a.jpg", JXL))).toMatchObject({ ok: true, value: { facts: { format: "jxl" } } });
  });
});
