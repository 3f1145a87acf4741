/**
 * Camera originals are compared by the largest picture that the camera put into them, with what the original itself says.
 */
import { writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { formatCaptureTime, parseCaptureTime } from "../../../src/core/photos/exposure.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { createThumbnails } from "../../../src/io/photos/thumbnail.ts";
import { headOf, ORIGINALS, type OriginalKind, originalWith } from "../../originals.ts";
import { exifOf, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const decoder = createDecoder({ resize: { fit: "squash", size: 64, kernel: "cubic" }, maxMegapixels: 250, threads: 2 });
afterAll(() => decoder.close());

async function decode(path: string) {
  const { size, mtimeMs } = await stat(path);
  const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1:1" };
  return decoder.decode({ file, hash: contentHash("0".repeat(64)) });
}

async function decoded(path: string) {
  const outcome = await decode(path);
  if (!outcome.ok) throw new Error(`${outcome.skipped.reason} ${outcome.skipped.detail}`);
  return outcome.value;
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const preview = () => sharp(PHOTOS.landscape).resize(1500, 1000, { fit: "fill" });
const KINDS = Object.keys(ORIGINALS) as readonly OriginalKind[];

describe("a camera original", () => {
  test.each(KINDS)("is decoded by its largest preview, with the camera and the time that it names itself: %s", async (kind) => {
    const { camera, time } = ORIGINALS[kind];
    const plain = await preview().jpeg().toBuffer();
    const { pixels } = await decoded(written("preview.jpg", plain));
    const { facts, pixels: seen } = await decoded(written(`one.${kind}`, originalWith(kind, plain)));
    expect(seen).toEqual(pixels);
    expect(facts.format).toBe("raw");
    expect(facts.pixelsHash).toBeNull();
    expect(facts.width).toBeGreaterThanOrEqual(1500);
    if (camera !== "") expect(facts.exposure.camera).toBe(camera);
    const taken = parseCaptureTime(time);
    if (taken !== null) expect(formatCaptureTime(facts.exposure.takenAt ?? taken).split(".")[0]).toBe(String(taken.wallSeconds));
    expect(facts.exposure.takenAt === null).toBe(kind === "raf");
  });

  test("of Fujifilm says what the preview in it says", async () => {
    const jpeg = await preview().withExif(exifOf("2020:01:02 03:04:05", "12")).jpeg().toBuffer();
    const { facts } = await decoded(written("one.raf", originalWith("raf", jpeg)));
    expect(facts.exposure).toMatchObject({ camera: "Maker Model 1", takenAt: { fraction: "12" } });
  });

  test("is turned upright as it says, where its preview says nothing, and by the preview where that does", async () => {
    const ORIENTATION_OF_CR2 = 110;
    const turned = (jpeg: Buffer) => {
      const original = originalWith("cr2", jpeg);
      original.writeUInt16LE(6, ORIENTATION_OF_CR2);
      return original;
    };
    const plain = await preview().jpeg().toBuffer();
    const upright = await decoded(
      written("a.jpg", await sharp(plain).keepMetadata().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer()),
    );
    const { facts, pixels } = await decoded(written("a.cr2", turned(plain)));
    expect(facts).toMatchObject({ width: 1024, height: 1536 });
    const difference = pixels.data.reduce((sum, value, i) => sum + Math.abs(value - (upright.pixels.data[i] as number)), 0);
    expect(difference / pixels.data.length).toBeLessThan(2);
    const own = await preview().withMetadata({ orientation: 8 }).jpeg().toBuffer();
    expect((await decoded(written("b.cr2", turned(own)))).pixels).toEqual((await decoded(written("b.jpg", own))).pixels);
  });

  test("is told by what it holds: under a TIFF's name it is an original, and a JPEG under an original's name is a JPEG", async () => {
    const jpeg = await preview().jpeg().toBuffer();
    expect((await decoded(written("a.tif", originalWith("nef", jpeg)))).facts.format).toBe("raw");
    expect((await decoded(written("a.nef", jpeg))).facts.format).toBe("jpeg");
    const tiff = await preview().tiff({ compression: "jpeg" }).toBuffer();
    expect((await decoded(written("b.tif", tiff))).facts.format).toBe("tiff");
  });

  test.each(KINDS)("without a picture in it that shows enough is listed as such: %s", async (kind) => {
    const reason = { reason: "unsupported-format", detail: "the original holds no JPEG of its picture that is large enough to compare" };
    // The tracks that the head of this one names were cut off when it was made.
    const headAlone = kind === "cr3" ? { reason: "damaged", detail: "the file ends before the picture in it does" } : reason;
    expect(await decode(written(`one.${kind}`, headOf(kind)))).toMatchObject({ ok: false, skipped: headAlone });
    const small = await preview().resize(160, 120).jpeg().toBuffer();
    expect(await decode(written(`two.${kind}`, originalWith(kind, small)))).toMatchObject({ ok: false, skipped: headAlone });
  });

  test("whose directories are damaged is not compared by the thumbnail that is left", async () => {
    const original = originalWith("nef", await preview().jpeg().toBuffer());
    const SUB_DIRECTORIES = 414;
    original.fill(0xff, SUB_DIRECTORIES, SUB_DIRECTORIES + 8);
    expect(await decode(written("a.nef", original))).toMatchObject({ ok: false, skipped: { reason: "unsupported-format" } });
  });

  test("that was cut off in its first directory is damaged, not of an unknown kind", async () => {
    const original = originalWith("rw2", await preview().jpeg().toBuffer());
    const reason = { reason: "damaged", detail: "its header cannot be read" };
    expect(await decode(written("a.rw2", original.subarray(0, 5000)))).toMatchObject({ ok: false, skipped: reason });
  });

  test("that was cut off behind its preview is compared, and not whole", async () => {
    const original = originalWith("nef", await preview().jpeg().toBuffer());
    const SENSOR_DATA_BYTES = 1280;
    expect((await decoded(written("a.nef", original))).facts.isWhole).toBe(true);
    original.writeUInt32LE(original.length, SENSOR_DATA_BYTES);
    expect((await decoded(written("b.nef", original))).facts.isWhole).toBe(false);
  });

  test("whose preview is damaged is damaged, and so is one that was cut off before it ends", async () => {
    const jpeg = await preview().jpeg().toBuffer();
    const cut = written("b.nef", originalWith("nef", jpeg).subarray(0, -2000));
    expect(await decode(cut)).toMatchObject({ skipped: { reason: "damaged", detail: "the file ends before the picture in it does" } });
    const path = written("a.nef", originalWith("nef", Buffer.from(jpeg).fill(0, jpeg.length / 2)));
    expect(await decode(path)).toMatchObject({ ok: false, skipped: { reason: "damaged" } });
  });

  test("has a thumbnail", async () => {
    const thumbnails = createThumbnails(100, 250);
    const path = written("a.dng", originalWith("dng", await preview().jpeg().toBuffer()));
    expect(await sharp((await thumbnails.make(path)) as Uint8Array).metadata()).toMatchObject({ width: 100, height: 67 });
    await thumbnails.close();
  });
});
