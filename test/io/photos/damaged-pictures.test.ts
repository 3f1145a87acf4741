/**
 * What damage, hostile headers and files that pose as photos come to: each is named for what it is, whatever is decoded beside it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import type { IdentifiedPhoto } from "../../../src/core/photos/photo.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { readHeifItems } from "../../../src/io/photos/codecs/heif-items.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { readExif } from "../../../src/io/photos/exif.ts";
import { createThumbnails } from "../../../src/io/photos/thumbnail.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { writeTiff } from "../../tiff.ts";

const decoder = createDecoder({ resize: { fit: "squash", size: 160, kernel: "cubic" }, maxMegapixels: 250, threads: 4 });
afterAll(() => decoder.close());

async function decode(path: string) {
  const { size, mtimeMs, dev, ino } = await stat(path);
  const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: `${dev}:${ino}` };
  return decoder.decode({ file, hash: contentHash("0".repeat(64)) } satisfies IdentifiedPhoto);
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

function withZeroedEnd(bytes: Buffer, share: number): Buffer {
  return Buffer.from(bytes).fill(0, Math.floor(bytes.length * share));
}

const small = () => sharp(PHOTOS.landscape).resize(400, 300);
const HEIC = readFileSync(PHOTOS.heic);

/** A WebP that claims 15,800 × 15,800 pixels; behind its header is nothing to decode. */
const CLAIMS_MUCH = Buffer.from("UklGRh4AAABXRUJQVlA4TBEAAAAvt/1tDwdQsioUuf+BiOh/AAA=", "base64");

describe("a picture whose end is zeros", () => {
  test.each([
    ["JPEG", "a.jpg", () => small().jpeg().toBuffer()],
    ["PNG", "a.png", () => small().png().toBuffer()],
    ["lossy WebP", "a.webp", () => small().webp().toBuffer()],
    ["lossless WebP", "b.webp", () => small().webp({ lossless: true }).toBuffer()],
    ["WebP with transparency", "c.webp", () => small().ensureAlpha(0.5).webp().toBuffer()],
    ["GIF", "a.gif", () => small().gif().toBuffer()],
    ["AVIF", "a.avif", () => small().avif({ effort: 0 }).toBuffer()],
    ["HEIC", "a.heic", async () => HEIC],
  ] as const)("is damaged: %s", async (_format, name, make) => {
    const path = written(name, withZeroedEnd(await make(), 0.9));
    expect(await decode(path)).toMatchObject({ ok: false, skipped: { reason: "damaged" } });
  });

  test("is good where zeros are the picture: a flat WebP, a GIF with padding behind its last byte", async () => {
    const flat = sharp({ create: { width: 4000, height: 3000, channels: 3, background: "#fff" } });
    expect(await decode(written("flat.webp", await flat.webp().toBuffer()))).toMatchObject({ ok: true });
    const padded = Buffer.concat([await small().gif().toBuffer(), Buffer.alloc(5000)]);
    expect(await decode(written("padded.gif", padded))).toMatchObject({ ok: true });
  });
});

describe("a damaged HEIC", () => {
  test("gives the same pixels before and after other photos, where it can be decoded", async () => {
    // Within the coded data, where the decoder goes on with what it takes for picture.
    const path = written("flipped.heic", Buffer.from(HEIC).fill(0x5a, 300_000, 300_040));
    const before = await decode(path);
    await decode(PHOTOS.heic);
    const after = await decode(path);
    expect(before).toMatchObject({ ok: true });
    expect(after).toEqual(before);
  });

  test("is damaged where the preview in it is whole", async () => {
    const items = readHeifItems(HEIC);
    const preview = items?.references.find(({ type, to }) => type === "thmb" && to.includes(items.primary))?.from;
    const [[from, to] = [0, 0]] = items?.items.get(preview ?? -1)?.extents ?? [];
    const damaged = Buffer.from(HEIC).fill(0, 300_000, 340_000);
    expect(to - from).toBeGreaterThan(10_000);
    expect(damaged.subarray(from, to)).toEqual(HEIC.subarray(from, to));
    expect(await decode(written("preview.heic", damaged))).toMatchObject({ ok: false, skipped: { reason: "damaged" } });
  });
});

describe("a header that claims too much", () => {
  test("is refused before anything is decoded, with what it would take", async () => {
    expect(await decode(written("small.webp", CLAIMS_MUCH))).toMatchObject({
      skipped: {
        reason: "too-large",
        detail: "15800 × 15800 takes 2.2 GB of memory to decode as WEBP: a limit of 272 accepts it",
      },
    });
  });

  test("does not refuse a small picture under a low cap", async () => {
    const capped = createDecoder({ resize: { fit: "squash", size: 160, kernel: "cubic" }, maxMegapixels: 1, threads: 1 });
    const path = written("a.webp", await sharp(PHOTOS.landscape).resize(1000, 1000, { fit: "fill" }).webp().toBuffer());
    const { size, mtimeMs } = await stat(path);
    const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1" };
    expect(await capped.decode({ file, hash: contentHash("0".repeat(64)) })).toMatchObject({ ok: true });
    await capped.close();
  });

  test("of metadata costs neither time nor memory", () => {
    const bytes = 2_000_000;
    const block = Buffer.alloc(bytes, "A");
    block.write("II*\0\x08\0\0\0\x01\0", "latin1");
    block.writeUInt16LE(0x010f, 10);
    block.writeUInt16LE(1, 12);
    block.writeUInt32LE(bytes - 100, 14);
    block.writeUInt32LE(26, 18);
    block.writeUInt32LE(0, 22);
    expect(readExif(block).exifFields).toBe(0);
    expect(readExif(block.subarray(0, 200_000)).exifFields).toBeGreaterThan(0);
  });
});

describe("reasons", () => {
  test("belong to their own file, however many fail at once", async () => {
    const jpeg = (await sharp(PHOTOS.landscape).resize(300, 200).jpeg().toBuffer()).subarray(0, 5000);
    const paths = Array.from({ length: 120 }, (_, i) => {
      if (i % 3 === 0) return written(`${i}.jpg`, Buffer.concat([jpeg, Buffer.from([i])]));
      // Compression that libtiff knows and this build cannot undo: LZMA and Zstandard.
      return written(`${i}.tif`, writeTiff(i % 3 === 1 ? 34925 : 50000));
    });
    const outcomes = await Promise.all(paths.map(decode));
    const details = outcomes.map((outcome) => (outcome.ok ? "" : outcome.skipped.detail));
    const REASONS = [/premature end of JPEG/, /LZMA compression are not decoded/, /Zstandard compression are not decoded/];
    expect(details.filter((detail, i) => !REASONS[i % 3]?.test(detail))).toEqual([]);
  });
});

/** What scanners and Photoshop write, and sharp does not: its number for RGB is another. */
function inLabColours(tiff: Buffer): Buffer {
  const field = (colours: number) => Buffer.from([0x06, 0x01, 3, 0, 1, 0, 0, 0, colours, 0]);
  field(8).copy(tiff, tiff.indexOf(field(2)));
  return tiff;
}

describe("a file that is whole and not decoded is not called damaged", () => {
  test.each([
    ["OpenEXR under another name", "a.jpg", async () => Buffer.from("v/1\x01\x02\0\0\0", "latin1"), "OpenEXR images are not decoded"],
    ["a drawing", "b.jpg", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "SVG images are not decoded"],
    ["an AVIF sequence", "c.avif", async () => Buffer.from("\0\0\0\x14ftypavis\0\0\0\0avis", "latin1"), "AVIF sequences are not decoded"],
    [
      "a TIFF in Lab colours",
      "d.tif",
      async () => inLabColours(await small().tiff({ compression: "deflate" }).toBuffer()),
      "TIFF images with CIELab colours are not decoded",
    ],
  ] as const)("%s", async (_, name, make, detail) => {
    expect(await decode(written(name, await make()))).toMatchObject({ skipped: { reason: "unsupported-format", detail } });
  });

  test("and one that is no picture is told by what it is", async () => {
    const page = Buffer.from("<!DOCTYPE html><html><body>Not found</body></html>");
    expect(await decode(written("a.jpg", page))).toMatchObject({
      skipped: { reason: "not-an-image", detail: "it begins as web pages do" },
    });
    expect(await decode(written("b.jpg", Buffer.alloc(5000)))).toMatchObject({
      skipped: { reason: "not-an-image", detail: "it begins with zeros" },
    });
  });

  test("nor is a JPEG with nonsense in place of a marker called one that is not decoded", async () => {
    const jpeg = readFileSync(PHOTOS.landscape);
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    jpeg[scan + 1] = 0x3a;
    expect(await decode(written("a.jpg", jpeg))).toMatchObject({ skipped: { reason: "damaged" } });
  });

  test("nor is a picture whose head is damaged said to be none", async () => {
    const png = (await small().png().toBuffer()).fill(0xee, 8, 40);
    expect(await decode(written("a.png", png))).toMatchObject({ skipped: { reason: "damaged", detail: "its header cannot be read" } });
  });
});

describe("a JPEG that ends too early", () => {
  test("is decoded where it lacks its last marker alone, and marked as damaged", async () => {
    const jpeg = await small().jpeg().toBuffer();
    const whole = await decode(written("whole.jpg", jpeg));
    const endless = await decode(written("endless.jpg", jpeg.subarray(0, -2)));
    if (!whole.ok || !endless.ok) throw new Error("Expected both to be decoded");
    expect(endless.value.pixels).toEqual(whole.value.pixels);
    expect(endless.value.facts.pixelsHash).toBe(whole.value.facts.pixelsHash);
    expect([whole.value.facts.isWhole, endless.value.facts.isWhole]).toEqual([true, false]);
  });

  test("is whole where something else stands behind its last marker", async () => {
    const padded = Buffer.concat([await small().jpeg().toBuffer(), Buffer.from("a film, or what a phone appends")]);
    const outcome = await decode(written("padded.jpg", padded));
    expect(outcome.ok && outcome.value.facts.isWhole).toBe(true);
  });

  // Rows of a sky are short and those of a meadow long: what counts is how many rows are missing, not how many bytes.
  test.each([
    ["baseline", false, 1],
    ["progressive", true, 1],
    ["baseline, turned", false, 6],
    ["progressive, turned", true, 8],
  ] as const)("is drawn without the rows that are missing where these are few: %s", async (_, progressive, orientation) => {
    const picture = sharp(PHOTOS.landscape).resize(900, 1200, { fit: "fill" }).withMetadata({ orientation });
    const jpeg = await picture.jpeg({ progressive, quality: 85 }).toBuffer();
    const cut = jpeg.subarray(0, Math.floor(jpeg.length * 0.985));
    const outcome = await decode(written("cut.jpg", cut));
    if (!outcome.ok) throw new Error(outcome.skipped.detail);
    const { facts, pixels } = outcome.value;
    const upright = orientation >= 5 ? { width: 1200, height: 900 } : { width: 900, height: 1200 };
    expect(facts).toMatchObject({ ...upright, isWhole: false });
    const differences = await Promise.all(
      [1136, 1152, 1168, 1184].map(async (rows) => {
        const there = await sharp(
          await sharp(jpeg).extract({ left: 0, top: 0, width: 900, height: rows }).withMetadata({ orientation }).png().toBuffer(),
        )
          .autoOrient()
          .resize(160, 160, { fit: "fill", kernel: "cubic", fastShrinkOnLoad: false })
          .removeAlpha()
          .raw()
          .toBuffer();
        return pixels.data.reduce((sum, value, i) => sum + Math.abs(value - (there[i] as number)), 0) / pixels.data.length;
      }),
    );
    // A JPEG is shrunk while it is loaded, which rounds.
    expect(Math.min(...differences)).toBeLessThan(1);
  });

  test.each([5000, 12_000])("is damaged where %d bytes of a small one are missing", async (missing) => {
    for (const progressive of [false, true]) {
      const jpeg = await small().jpeg({ progressive }).toBuffer();
      expect(await decode(written("cut.jpg", jpeg.subarray(0, -missing)))).toMatchObject({ skipped: { reason: "damaged" } });
    }
  });

  test("gives the same pixels from a path and from bytes, before and after other photos", async () => {
    const jpeg = await sharp(PHOTOS.falcon).jpeg().toBuffer();
    const cut = jpeg.subarray(0, jpeg.length - 300);
    const path = written("cut.jpg", cut);
    const first = await decode(path);
    await decode(PHOTOS.landscape);
    expect(await decode(path)).toEqual(first);
    expect(first.ok && first.value.pixels).toEqual(await decoder.decodeBytes(cut));
  });
});

describe("bytes behind the last box of a HEIC", () => {
  test("are no damage, and boxes that are missing are", async () => {
    const [whole, longer] = await Promise.all([
      decode(PHOTOS.heic),
      decode(written("longer.heic", Buffer.concat([HEIC, Buffer.from("/x:xmpmeta>")]))),
    ]);
    if (!whole.ok || !longer.ok) throw new Error("Expected both to be decoded");
    expect(longer.value).toEqual(whole.value);
    for (const share of [0.3, 0.99]) {
      const cut = HEIC.subarray(0, Math.floor(HEIC.length * share));
      expect(await decode(written("cut.heic", cut))).toMatchObject({ skipped: { reason: "damaged" } });
    }
  });
});

describe("a thumbnail", () => {
  test("is not made of a drawing that took a photo's place, nor of a picture that takes too much", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "beside"));
    await small().png().toFile(join(folder, "neighbour.png"));
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><image href="neighbour.png" width="40" height="40"/></svg>';
    writeFileSync(join(folder, "photo.jpg"), drawing);
    const thumbnails = createThumbnails(320, 250);
    expect(await thumbnails.make(join(folder, "photo.jpg"))).toBeNull();
    expect(await thumbnails.make(written("large.webp", CLAIMS_MUCH))).toBeNull();
    expect(await thumbnails.make(PHOTOS.heic)).not.toBeNull();
    expect(await thumbnails.make(PHOTOS.falcon)).not.toBeNull();
    await thumbnails.close();
  });
});
