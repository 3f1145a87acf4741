/**
 * Equal pixels are told without decoding: of what only tells of the photo nothing counts, of what a decoder reads everything.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import type { PixelsHash } from "../../../src/core/units.ts";
import { CODECS } from "../../../src/io/photos/codecs/codecs.ts";
import { inspectPicture } from "../../../src/io/photos/inspect-picture.ts";
import { hashPixels } from "../../../src/io/photos/pixels-hash.ts";
import { ORIENTATIONS, PHOTOS } from "../../photos.ts";
import { seededRandom } from "../../seeded-random.ts";
import { lastingFolder } from "../../temporary-folder.ts";
import { withTiffFields } from "../../tiff.ts";

const folder = lastingFolder();
afterAll(() => rmSync(folder, { recursive: true }));
let written = 0;

async function hashOf(file: Buffer | string): Promise<PixelsHash | null> {
  const path = typeof file === "string" ? file : join(folder, `${written++}.img`);
  if (typeof file !== "string") writeFileSync(path, file);
  const inspection = await inspectPicture(path, 1000, CODECS);
  if (!inspection.ok) throw new Error(`${path}: ${inspection.reason} ${inspection.detail}`);
  return hashPixels(path, inspection.picture, CODECS);
}

const EXIF = { IFD0: { Make: "Maker", Model: "Model 1" }, IFD2: { DateTimeOriginal: "2024:05:01 10:00:00" } };
const OTHER_EXIF = { IFD0: { Make: "Maker", Model: "Model 1", Artist: "someone" }, IFD2: { DateTimeOriginal: "2024:05:01 08:00:00" } };
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>';
const small = (clear = false) => {
  const image = sharp(PHOTOS.falcon).resize(120, 80);
  return clear ? image.ensureAlpha(0.5) : image;
};

const FORMATS: Readonly<Record<string, (image: Sharp) => Sharp>> = {
  JPEG: (image) => image.jpeg(),
  "progressive JPEG": (image) => image.jpeg({ progressive: true }),
  "JPEG of one channel": (image) => image.greyscale().jpeg(),
  PNG: (image) => image.png(),
  WebP: (image) => image.webp(),
  "lossless WebP": (image) => image.webp({ lossless: true }),
  AVIF: (image) => image.avif({ effort: 0 }),
};

describe("two files with different words and the same picture have one hash", () => {
  test.each(Object.entries(FORMATS))("%s", async (_, save) => {
    const hashes = await Promise.all([
      hashOf(await save(small().withExif(EXIF)).toBuffer()),
      hashOf(await save(small().withExif(OTHER_EXIF)).toBuffer()),
      hashOf(await save(small().withXmp(XMP)).toBuffer()),
      hashOf(await save(small()).toBuffer()),
    ]);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(hashes)).toHaveProperty("size", 1);
  });

  test("a TIFF whose fields were written anew, in strips and in tiles", async () => {
    for (const tile of [false, true]) {
      const tiff = await small().tiff({ compression: "lzw", tile, tileWidth: 32, tileHeight: 32 }).toBuffer();
      const [plain, dated, redated] = await Promise.all([
        hashOf(tiff),
        hashOf(withTiffFields(tiff, { 271: "Maker" }, { 36867: "2024:05:01 10:00:00" })),
        hashOf(withTiffFields(tiff, { 306: "2025:01:01 00:00:00" }, {})),
      ]);
      expect(plain).not.toBeNull();
      expect([dated, redated]).toEqual([plain, plain]);
    }
  });

  test("a HEIC with another date in its EXIF", async () => {
    const heic = readFileSync(PHOTOS.heic);
    const redated = Buffer.from(heic);
    for (let at = redated.indexOf("2019:03:21"); at >= 0; at = redated.indexOf("2019:03:21", at + 1)) redated.write("2001:01:01", at);
    expect(redated).not.toEqual(heic);
    expect(await hashOf(redated)).toBe(await hashOf(heic));
    expect(await hashOf(heic)).not.toBeNull();
  });

  test("a JPEG with a JFIF segment, with a comment, or with a film behind it", async () => {
    const jpeg = await small().jpeg().toBuffer();
    const jfif = Buffer.from("\xff\xe0\x00\x10JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00", "latin1");
    const comment = Buffer.from([0xff, 0xfe, 0, 6, 1, 2, 3, 4]);
    const hashes = await Promise.all([
      hashOf(jpeg),
      hashOf(Buffer.concat([jpeg.subarray(0, 2), jfif, jpeg.subarray(2)])),
      hashOf(Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])),
      hashOf(Buffer.concat([jpeg, Buffer.from("....ftypmp42 and more")])),
    ]);
    expect(new Set(hashes)).toEqual(new Set([hashes[0]]));
    expect(hashes[0]).not.toBeNull();
  });
});

describe("no hash is shared by", () => {
  test("pictures that are turned in different ways, saved in another quality, or have another profile", async () => {
    const jpeg = small().jpeg();
    const hashes = [
      ...(await Promise.all(ORIENTATIONS.map(hashOf))),
      await hashOf(await jpeg.toBuffer()),
      await hashOf(await jpeg.clone().jpeg({ quality: 70 }).toBuffer()),
      await hashOf(await jpeg.clone().withMetadata({ orientation: 6 }).toBuffer()),
      await hashOf(await jpeg.clone().withIccProfile("p3").toBuffer()),
    ];
    expect(new Set(hashes)).toHaveProperty("size", hashes.length);
    expect(hashes).not.toContain(null);
  });

  test("files of several pictures, of which only one is decoded", async () => {
    const pages = await Promise.all([small().tiff().toBuffer(), small().negate().tiff().toBuffer()]);
    expect(
      await hashOf(
        await sharp(pages, { join: { animated: true } })
          .webp()
          .toBuffer(),
      ),
    ).toBeNull();
    expect(
      await hashOf(
        await sharp(pages, { join: { animated: true } })
          .tiff()
          .toBuffer(),
      ),
    ).toBeNull();
  });

  // Whatever byte of a file is another, the pixels of two files with one hash are equal.
  test.each([
    ...Object.entries(FORMATS).map(([name, save]) => [name, () => save(small()).toBuffer()] as const),
    ["WebP with transparency", () => small(true).webp().toBuffer()] as const,
    ["TIFF", () => small().tiff({ compression: "lzw" }).toBuffer()] as const,
    ["AVIF with transparency", () => small(true).avif({ effort: 0 }).toBuffer()] as const,
  ])("files whose pixels differ: %s with a byte that is another", async (_, make) => {
    const file = await make();
    const pixels = (bytes: Buffer) => sharp(bytes, { failOn: "error" }).autoOrient().raw().toBuffer();
    const [hash, original] = [await hashOf(file), await pixels(file)];
    expect(hash).not.toBeNull();
    const random = seededRandom(7);
    let shared = 0;
    for (let change = 0; change < 150; change++) {
      const changed = Buffer.from(file);
      // Half of the changes in the header, where a byte means most.
      const at = Math.floor(random() * (change % 2 === 0 ? Math.min(file.length, 700) : file.length));
      changed[at] = (changed[at] as number) ^ (1 << Math.floor(random() * 8));
      const [again, decoded] = [await hashOf(changed).catch(() => null), await pixels(changed).catch(() => null)];
      if (again !== hash || decoded === null) continue;
      shared++;
      expect(decoded.equals(original), `byte ${at}`).toBe(true);
    }
    expect(shared).toBeLessThan(75);
  });
});
