/**
 * What tells a camera's file from its copies, read from real files without decoding them.
 */
import { copyFileSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { PhotoFile } from "../../../src/core/photos/photo.ts";
import { photoPath } from "../../../src/core/units.ts";
import { createFactsReader } from "../../../src/io/photos/facts-reader.ts";
import { exifOf, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const readFacts = createFactsReader(250);
const FILM = Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from("ftypmp42"), Buffer.alloc(100, 7)]);

function met(path: string): PhotoFile {
  const { size, mtimeMs } = statSync(path);
  return { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1:1" };
}

async function factsOf(name: string, bytes: Uint8Array) {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  const read = await readFacts(met(path));
  if (!read.ok) throw new Error(`Expected facts, got ${read.skipped.reason}`);
  return read.value.facts;
}

const picture = () => sharp(PHOTOS.landscape).resize(64);
const jpegWith = (semantic: string, bytes: number) =>
  picture()
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/"><Container:Item Item:Semantic="${semantic}" Item:Length="${bytes}"/></rdf:Description></rdf:RDF></x:xmpmeta>`,
    )
    .jpeg()
    .toBuffer();

describe("inside a file", () => {
  test("is a film where the header promises one and there is one", async () => {
    const jpeg = await jpegWith("MotionPhoto", FILM.length);
    expect((await factsOf("a.jpg", Buffer.concat([jpeg, FILM]))).inside).toEqual(["film"]);
  });

  test("is none where an editor kept the words and dropped the film", async () => {
    expect((await factsOf("a.jpg", await jpegWith("MotionPhoto", FILM.length))).inside).toEqual([]);
    expect((await factsOf("a.jpg", await jpegWith("MotionPhoto", 10_000_000))).inside).toEqual([]);
  });

  test("is a gain map that stands behind the picture as a JPEG of its own", async () => {
    const map = await picture().greyscale().jpeg().toBuffer();
    expect((await factsOf("a.jpg", Buffer.concat([await jpegWith("GainMap", map.length), map]))).inside).toEqual(["gain-map"]);
  });

  test("is the film of an older Samsung, which only the end of the file tells of", async () => {
    const directory = Buffer.alloc(24);
    directory.write("SEFH", "latin1");
    directory.writeUInt32LE(1, 8);
    directory.writeUInt16LE(0x0a30, 14);
    const end = Buffer.alloc(8);
    end.writeUInt32LE(directory.length);
    end.write("SEFT", 4, "latin1");
    const jpeg = await picture().jpeg().toBuffer();
    expect((await factsOf("a.jpg", Buffer.concat([jpeg, FILM, directory, end]))).inside).toEqual(["film"]);
  });

  test("is nothing in photos of every other kind", async () => {
    for (const path of [PHOTOS.landscape, PHOTOS.webp, PHOTOS.avif10Bit])
      expect((await factsOf("a", readFileSync(path))).inside).toEqual([]);
  });
});

test("bits of a channel are told in every format", async () => {
  const deep = await sharp(PHOTOS.landscape).resize(32).toColourspace("rgb16").png().toBuffer();
  const few = await sharp(PHOTOS.landscape).resize(32).png({ palette: true, colours: 4 }).toBuffer();
  const bits = [readFileSync(PHOTOS.landscape), readFileSync(PHOTOS.heic), readFileSync(PHOTOS.avif10Bit), deep, few].map((bytes) =>
    factsOf("a", bytes).then((facts) => facts.bits),
  );
  expect(await Promise.all(bits)).toEqual([8, 8, 10, 16, 8]);
});

test("a place is told where EXIF has one", async () => {
  const shot = exifOf("2019:03:21 11:04:22", "348");
  const place = { GPSLatitudeRef: "N", GPSLatitude: "52/1 29/1 2832/100", GPSLongitudeRef: "E", GPSLongitude: "13/1 23/1 2184/100" };
  const placed = await picture()
    .withExif({ ...shot, IFD3: place })
    .jpeg()
    .toBuffer();
  const unplaced = await picture().withExif(shot).jpeg().toBuffer();
  expect([(await factsOf("a.jpg", placed)).hasPlace, (await factsOf("a.jpg", unplaced)).hasPlace]).toEqual([true, false]);
});

test("no place is told where a phone that did not know it wrote fractions of nothing", async () => {
  const nowhere = { GPSLatitudeRef: "N", GPSLatitude: "7/1 7/1 7/1", GPSLongitudeRef: "E", GPSLongitude: "7/1 7/1 7/1" };
  const jpeg = await picture().withExif({ IFD3: nowhere }).jpeg().toBuffer();
  const pairs = (top: number, bottom: number) => Buffer.from(Uint32Array.from([top, bottom, top, bottom, top, bottom]).buffer);
  expect(jpeg.includes(pairs(7, 1))).toBe(true);
  for (let at = jpeg.indexOf(pairs(7, 1)); at >= 0; at = jpeg.indexOf(pairs(7, 1))) pairs(0, 0).copy(jpeg, at);
  expect((await factsOf("nowhere.jpg", jpeg)).hasPlace).toBe(false);
});

test("a file that changed since it was met is refused, and one that went away is named", async () => {
  const path = join(temporaryFolder(), "a.jpg");
  copyFileSync(PHOTOS.landscape, path);
  const file = met(path);
  utimesSync(path, 1, 1);
  expect(await readFacts(file)).toMatchObject({ ok: false, skipped: { path, reason: "changed-while-read" } });
  expect(await readFacts({ ...file, path: photoPath(`${path}.gone`) })).toMatchObject({ ok: false, skipped: { reason: "vanished" } });
});
