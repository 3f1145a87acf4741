/**
 * EXIF in a text of a PNG, as ImageMagick writes it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readPngExif } from "../../../src/io/photos/codecs/png-exif.ts";
import { decoding } from "../../decoding.ts";
import { exifOf, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const { decoded } = decoding();
const IHDR_END = 33;

/** Checksums of texts are looked at by nobody. */
function withText(png: Buffer, type: "tEXt" | "zTXt", name: string, text: string): Buffer {
  const body = Buffer.from(text, "latin1");
  const data =
    type === "zTXt" ? Buffer.concat([Buffer.from(`${name}\0\0`), deflateSync(body)]) : Buffer.concat([Buffer.from(`${name}\0`), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([png.subarray(0, IHDR_END), length, Buffer.from(type), data, Buffer.alloc(4), png.subarray(IHDR_END)]);
}

async function parts() {
  const small = sharp(PHOTOS.flower).resize(64, 48, { fit: "fill" });
  const { exif } = await sharp(await small.clone().withExif(exifOf("2020:01:02 03:04:05", "12")).jpeg().toBuffer()).metadata();
  const rows = (exif as Buffer).toString("hex").replaceAll(/.{72}/g, "$&\n");
  return { png: await small.png().toBuffer(), text: `\nexif\n${String((exif as Buffer).length).padStart(8)}\n${rows}\n` };
}

test.each([
  ["tEXt", "Raw profile type exif"],
  ["zTXt", "Raw profile type exif"],
  ["zTXt", "Raw profile type APP1"],
] as const)("is read from a %s called %s", async (type, name) => {
  const { png, text } = await parts();
  expect((await decoded("a.png", withText(png, type, name, text))).facts.exposure).toMatchObject({
    camera: "Maker Model 1",
    takenAt: { fraction: "12" },
  });
});

test("is not there where the text is something else, is broken or does not end", async () => {
  const { png, text } = await parts();
  const read = (bytes: Buffer) => {
    const path = join(temporaryFolder(), "a.png");
    writeFileSync(path, bytes);
    return readPngExif(path);
  };
  expect(await read(png)).toBeUndefined();
  expect(await read(withText(png, "tEXt", "Comment", text))).toBeUndefined();
  expect(await read(withText(png, "tEXt", "Raw profile type exif", "no digits"))).toBeUndefined();
  expect(await read(withText(png, "zTXt", "Raw profile type exif", "0".repeat(5_000_000)))).toBeUndefined();
  expect(await read(withText(png, "tEXt", "Raw profile type exif", text).subarray(0, 60))).toBeUndefined();
});
