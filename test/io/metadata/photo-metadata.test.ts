/**
 * What real photos tell, and texts beside them.
 */
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { NOTHING_TOLD } from "../../../src/core/metadata/metadata.ts";
import { isoCaptureTime } from "../../../src/core/photos/capture-time.ts";
import { photoPath } from "../../../src/core/units.ts";
import { photoMetadata } from "../../../src/io/metadata/photo-metadata.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder;
const read = (photo: string, ...texts: readonly string[]) => photoMetadata.read(photoPath(photo), texts.map(photoPath));

describe("a photo", () => {
  test("tells what IPTC, EXIF and XMP in it do, IPTC before EXIF", async () => {
    const [written, xmp] = await read(PHOTOS.falcon);
    expect(written).toMatchObject({
      caption: expect.stringMatching(/^Adult female prairie falcon/),
      keywords: expect.arrayContaining([expect.any(String)]),
    });
    expect(xmp?.caption).toBe(written?.caption);
    const [heic] = await read(PHOTOS.heic);
    expect(heic?.place).toEqual({ latitude: expect.closeTo(41.2203, 3), longitude: expect.closeTo(-96.0716, 3) });
    expect(heic?.takenAt).not.toBeNull();
  });

  test.each(["jpeg", "png", "webp", "avif"] as const)("as %s tells its words, place and time", async (format) => {
    const file = join(folder(), `photo.${format}`);
    const exif = {
      IFD0: { ImageDescription: "On the ridge & <b>" },
      IFD2: { DateTimeOriginal: "2019:03:21 11:04:22", OffsetTimeOriginal: "+09:30" },
      IFD3: { GPSLatitudeRef: "S", GPSLatitude: "33/1 30/1 0/1", GPSLongitudeRef: "E", GPSLongitude: "151/1 15/1 0/1" },
    };
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:r="http://ns.adobe.com/xap/1.0/" r:Rating="3"/></rdf:RDF></x:xmpmeta>';
    await sharp(PHOTOS.flower).resize(64).withExif(exif).withXmp(xmp).toFormat(format).toFile(file);
    const [written, packet] = await read(file);
    expect(written).toMatchObject({ caption: "On the ridge & <b>", place: { latitude: -33.5, longitude: 151.25 } });
    expect(written?.takenAt === null || written === undefined ? "" : isoCaptureTime(written.takenAt)).toBe("2019-03-21T11:04:22+09:30");
    expect(packet?.rating).toBe(3);
  });

  test("with metadata that is no such thing, or far too much of it, tells nothing by that and is no fault", async () => {
    const file = join(folder(), "photo.jpg");
    await sharp(PHOTOS.flower).resize(64).withXmp("<x:xmpmeta><rdf:RDF></broken>").jpeg().toFile(file);
    expect(await read(file)).toEqual([NOTHING_TOLD]);
    writeFileSync(file, "no picture");
    expect(await read(file)).toEqual([]);
    // A TIFF whose one description takes thirty megabytes.
    const head = Buffer.from("49492a00080000000100" + "0e010200" + "80c3c901" + "1a000000" + "00000000", "hex");
    writeFileSync(file, Buffer.concat([head, Buffer.alloc(30_000_000, "a")]));
    const begun = performance.now();
    expect((await read(file)).every(({ caption }) => caption === null)).toBe(true);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe("texts beside a photo", () => {
  test("are told apart by their names, and tell in their order", async () => {
    const place = folder();
    const at = (name: string) => join(place, name);
    copyFileSync(PHOTOS.flower, at("1.jpg"));
    writeFileSync(at("1.jpg.json"), '\uFEFF{"description": "Google", "photoTakenTime": {"timestamp": "1553166262"}}'.slice(1));
    writeFileSync(at("metadata.json"), '{"title": "Spring"}');
    const told = await read(at("1.jpg"), at("1.jpg.json"), at("metadata.json"));
    expect(told.slice(-2)).toMatchObject([{ caption: "Google" }, { albums: ["Spring"] }]);
    expect(
      await Promise.all(["1.jpg.json", "metadata.json", "none.json"].map((name) => photoMetadata.isTakenWhole(photoPath(at(name))))),
    ).toEqual([true, false, false]);
  });

  test.each<readonly [string, (path: string) => void, string]>([
    ["no JSON", (path) => writeFileSync(path, "{"), "no-metadata"],
    ["not UTF-8", (path) => writeFileSync(path, Buffer.from([0x22, 0xff, 0x22])), "no-metadata"],
    ["a folder", (path) => mkdirSync(path), "no-file"],
    ["a link", (path) => symlinkSync("/etc/passwd", path), "no-file"],
    ["not there", () => {}, "gone"],
    ["too large", (path) => writeFileSync(path, Buffer.alloc(17_000_000, " ")), "too-large"],
  ])("of which one is %s are a fault of the file", async (_, make, reason) => {
    const text = join(folder(), "1.jpg.json");
    make(text);
    await expect(read(PHOTOS.flower, text)).rejects.toMatchObject({ name: "FileFault", reason });
  });

  test("are extended from the bytes that are there", async () => {
    const sidecar = photoPath(join(folder(), "1.jpg.xmp"));
    const added = { ...NOTHING_TOLD, rating: 4 };
    const fresh = await photoMetadata.extend(sidecar, added);
    expect([fresh.from, fresh.written.bytes]).toEqual([null, Buffer.byteLength(fresh.text)]);
    writeFileSync(sidecar, fresh.text);
    expect((await photoMetadata.extend(sidecar, added)).from).toBe(fresh.written.sha256);
    expect(readFileSync(sidecar, "utf8")).toBe(fresh.text);
  });
});
