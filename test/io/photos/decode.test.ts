import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { NO_EXPOSURE } from "../../../src/core/photos/exposure.ts";
import type { IdentifiedPhoto, RgbPixels } from "../../../src/core/photos/photo.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { ORIENTATIONS, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { withTiffFields } from "../../tiff.ts";

const decoder = createDecoder({ resize: { fit: "squash", size: 160, kernel: "cubic" }, maxMegapixels: 250, threads: 2 });
afterAll(() => decoder.close());

async function identified(path: string): Promise<IdentifiedPhoto> {
  const { size, mtimeMs, dev, ino } = await stat(path);
  return {
    file: { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: `${dev}:${ino}` },
    hash: contentHash("0".repeat(64)),
  };
}

async function decoded(path: string) {
  const outcome = await decoder.decode(await identified(path));
  if (!outcome.ok) throw new Error(`${path}: ${outcome.skipped.reason} ${outcome.skipped.detail}`);
  return outcome.value;
}

/** Mean absolute difference of two pictures, in 8-bit steps. */
function difference(one: RgbPixels, other: RgbPixels): number {
  return one.data.reduce((sum, value, i) => sum + Math.abs(value - (other.data[i] as number)), 0) / one.data.length;
}

describe("decoding", () => {
  test("turns every EXIF orientation upright", async () => {
    const upright = await decoded(ORIENTATIONS[0] as string);
    for (const path of ORIENTATIONS) {
      const turned = await decoded(path);
      expect(turned.facts).toMatchObject({ width: 1800, height: 1200 });
      expect(difference(upright.pixels, turned.pixels), path).toBeLessThan(3);
    }
  });

  test("puts what is transparent on white", async () => {
    const path = join(temporaryFolder(), "clear.png");
    await sharp({ create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toFile(path);
    expect(new Set((await decoded(path)).pixels.data)).toEqual(new Set([255]));
  });

  test("resizes with antialiasing: fine stripes become even grey, whatever the size they come from", async () => {
    const path = join(temporaryFolder(), "stripes.png");
    const stripes = Uint8Array.from({ length: 2000 * 64 }, (_, i) => (i % 2 === 0 ? 0 : 255));
    await sharp(stripes, { raw: { width: 2000, height: 64, channels: 1 } })
      .png()
      .toFile(path);
    const values = (await decoded(path)).pixels.data;
    expect(Math.min(...values)).toBeGreaterThan(110);
    expect(Math.max(...values)).toBeLessThan(145);
  });

  test("converts a wide-gamut profile to sRGB in JPEG and in HEIC alike", async () => {
    const path = join(temporaryFolder(), "p3.jpg");
    await sharp(PHOTOS.landscape).withIccProfile("p3").jpeg({ quality: 95 }).toFile(path);
    expect(difference((await decoded(path)).pixels, (await decoded(PHOTOS.landscape)).pixels)).toBeLessThan(2);
    // The export was made without its profile, so that its numbers are those of Display P3: converting changes them.
    const [heic, unconverted] = [await decoded(PHOTOS.heic), await decoded(PHOTOS.heicExport)];
    expect(difference(heic.pixels, unconverted.pixels)).toBeGreaterThan(0.8);
    expect(difference(heic.pixels, unconverted.pixels)).toBeLessThan(8);
  });

  test("reads what the camera wrote, in HEIC too", async () => {
    const { facts } = await decoded(PHOTOS.heic);
    expect(facts).toMatchObject({ width: 4032, height: 3024, format: "heic" });
    expect(facts.exposure).toEqual({
      ...NO_EXPOSURE,
      camera: "Apple iPhone 7",
      takenAt: { wallSeconds: Date.UTC(2019, 2, 21, 11, 4, 22) / 1000, fraction: "348", offsetMinutes: null },
    });
    expect((await decoded(PHOTOS.falcon)).facts.exposure.camera).toBe("Canon Canon EOS R5");
  });

  test("reads what the camera wrote into a TIFF, in strips and in tiles, and dates of XMP alone", async () => {
    const folder = temporaryFolder();
    for (const tile of [false, true]) {
      const tiff = await sharp(PHOTOS.falcon).resize(200, 150).tiff({ tile, compression: "lzw" }).toBuffer();
      const path = join(folder, `${tile}.tif`);
      const exif = { 36867: "2024:05:01 10:00:00", 37521: "35", 37393: 17, 42016: "0123" };
      writeFileSync(path, withTiffFields(tiff, { 271: "ACME", 272: "Cam 1" }, exif));
      const { facts } = await decoded(path);
      expect(facts.exposure).toEqual({
        takenAt: { wallSeconds: Date.UTC(2024, 4, 1, 10) / 1000, fraction: "35", offsetMinutes: null },
        camera: "ACME Cam 1",
        frame: { number: 17, id: "0123" },
        saved: null,
      });
      expect(facts.exifFields).toBeGreaterThan(4);
    }
    const dated = (date: string) =>
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
       <rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" ${date}/></rdf:RDF></x:xmpmeta>`;
    const takenAt = { wallSeconds: Date.UTC(2024, 4, 1, 10) / 1000, fraction: "5", offsetMinutes: 120 };
    const withXmp = async (name: string, date: string) => {
      await sharp(PHOTOS.falcon).resize(200, 150).withXmp(dated(date)).toFile(join(folder, name));
      return (await decoded(join(folder, name))).facts.exposure;
    };
    for (const name of ["a.jpg", "a.png", "a.webp", "a.tif"]) {
      expect(await withXmp(name, 'xmp:CreateDate="2024-05-01T10:00:00.5+02:00"'), name).toMatchObject({ takenAt, saved: null });
    }
    const modified = 'xmp:ModifyDate="2024-05-01T10:00:00.5+02:00" xmp:CreatorTool="Editor 2"';
    expect(await withXmp("b.jpg", modified)).toMatchObject({ takenAt: null, saved: { at: takenAt, program: "Editor 2" } });
  });

  test("takes the picture that a HEIC names as its primary one, whatever is stored before it", async () => {
    const heic = readFileSync(PHOTOS.heic);
    const tile = 1;
    const primaryAt = heic.indexOf("pitm") + 8;
    expect(heic.readUInt16BE(primaryAt)).not.toBe(tile);
    heic.writeUInt16BE(tile, primaryAt);
    const infoAt = heic.indexOf("infe");
    expect(heic.readUInt16BE(infoAt + 8)).toBe(tile);
    heic.writeUInt8(0, infoAt + 7); // not hidden, as parts of a picture are
    const path = join(temporaryFolder(), "tile.heic");
    writeFileSync(path, heic);
    const { facts, pixels } = await decoded(path);
    expect(facts).toMatchObject({ width: 512, height: 512 });
    // The first tile is the upper left corner of the whole, of which the export has 1200 of 4032 pixels a row.
    const edge = Math.round((512 * 1200) / 4032);
    const corner = join(temporaryFolder(), "corner.png");
    await sharp(PHOTOS.heicExport).extract({ left: 0, top: 0, width: edge, height: edge }).toFile(corner);
    expect(difference(pixels, (await decoded(corner)).pixels)).toBeLessThan(10);
  });

  test("decodes AVIF of 10 bits a channel", async () => {
    expect((await decoded(PHOTOS.avif10Bit)).facts.format).toBe("avif");
  });

  test("cuts the centre square for encoders that keep the shape, out of a very long strip too", async () => {
    const cropping = createDecoder({
      resize: { fit: "shortest-edge", size: 256, crop: 224, kernel: "cubic" },
      maxMegapixels: 250,
      threads: 1,
    });
    const path = join(temporaryFolder(), "strip.png");
    await sharp({ create: { width: 20_000, height: 2, channels: 3, background: "#0a0" } })
      .png()
      .toFile(path);
    for (const source of [path, PHOTOS.flower]) {
      const outcome = await cropping.decode(await identified(source));
      expect(outcome).toMatchObject({ ok: true, value: { pixels: { width: 224, height: 224 } } });
    }
    await cropping.close();
  });

  test("gives the same pixels bit for bit, alone or beside others", async () => {
    const alone = await decoded(PHOTOS.falcon);
    const together = await Promise.all([PHOTOS.forest, PHOTOS.falcon, PHOTOS.flower, PHOTOS.falcon].map(decoded));
    expect(together[1]?.pixels).toEqual(alone.pixels);
    expect(together[3]?.pixels).toEqual(alone.pixels);
  });

  test("refuses a photo that was written to since it was identified", async () => {
    const path = join(temporaryFolder(), "photo.jpg");
    copyFileSync(PHOTOS.falcon, path);
    const before = await identified(path);
    copyFileSync(PHOTOS.landscape, path);
    expect(await decoder.decode(before)).toMatchObject({ ok: false, skipped: { reason: "changed-while-read" } });
  });

  test("names a photo that went away, and one that never was an image", async () => {
    const path = join(temporaryFolder(), "photo.jpg");
    writeFileSync(path, "hello");
    const before = await identified(path);
    expect(await decoder.decode(before)).toMatchObject({ ok: false, skipped: { reason: "not-an-image" } });
    expect(await decoder.decode({ ...before, file: { ...before.file, path: photoPath(`${path}.gone`) } })).toMatchObject({
      ok: false,
      skipped: { reason: "vanished" },
    });
  });
});
