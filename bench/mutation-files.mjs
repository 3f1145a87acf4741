/**
 * Good files for `mutations.mjs`: one small picture in every format that is read, in each of its usual layouts.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const fixture = (path) => readFileSync(fileURLToPath(new URL(`../test/fixtures/${path}`, import.meta.url)));

/** What sharp writes. */
const BY_SHARP = {
  "baseline.jpg": (image) => image.jpeg(),
  "progressive.jpg": (image) =>
    image.withExif({ IFD0: { Make: "Maker" }, IFD2: { DateTimeOriginal: "2020:01:02 03:04:05" } }).jpeg({ progressive: true }),
  "plain.png": (image) => image.png(),
  "interlaced.png": (image) => image.withIccProfile("p3").png({ progressive: true }),
  "lossy.webp": (image) => image.webp(),
  "lossless.webp": (image) => image.ensureAlpha(0.5).webp({ lossless: true }),
  "plain.gif": (image) => image.gif(),
  "lzw.tif": (image) => image.tiff({ compression: "lzw" }),
  "tiles.tif": (image) => image.tiff({ compression: "deflate", tile: true, tileWidth: 32, tileHeight: 32 }),
  "jpeg.tif": (image) => image.tiff({ compression: "jpeg" }),
  "plain.avif": (image) => image.avif({ effort: 0 }),
};

const number = (value, bytes) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};
const big = (value, bytes) => number(value, bytes).reverse();

/** What is simple enough to be written here, of interleaved red, green and blue. */
const BY_HAND = {
  "plain.bmp": (rgb, width, height) =>
    Buffer.concat([
      Buffer.from("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "latin1"),
      number(width, 4),
      number(height, 4),
      number(1, 2),
      number(24, 2),
      Buffer.alloc(24),
      rgb,
    ]),
  "plain.tga": (rgb, width, height) =>
    Buffer.concat([Buffer.from([0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), number(width, 2), number(height, 2), Buffer.from([24, 0]), rgb]),
  "plain.ppm": (rgb, width, height) => Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), rgb]),
  "plain.qoi": (rgb, width, height) =>
    Buffer.concat([
      Buffer.from("qoif"),
      big(width, 4),
      big(height, 4),
      Buffer.from([3, 0]),
      ...Array.from({ length: width * height }, (_, i) => Buffer.concat([Buffer.from([0xfe]), rgb.subarray(3 * i, 3 * i + 3)])),
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
    ]),
  "plain.psd": (rgb, width, height) =>
    Buffer.concat([
      Buffer.from("8BPS\0\x01\0\0\0\0\0\0\0\x03", "latin1"),
      big(height, 4),
      big(width, 4),
      Buffer.from([0, 8, 0, 3]),
      Buffer.alloc(14),
      ...[0, 1, 2].map((channel) => Buffer.from(rgb.filter((_, i) => i % 3 === channel))),
    ]),
};

/** Heads of cameras' originals: where each says where its preview stands and how long that is; see `test/originals.ts`. */
const ORIGINALS = {
  "preview.cr2": { head: "CanonRaw.cr2", start: 98, length: 122 },
  "preview.nef": { head: "Nikon.nef", start: 1084, length: 1096 },
  "preview.dng": { head: "DNG.dng", start: 12888, length: 12924, isBigEndian: true },
  "preview.cr3": { head: "CanonRaw.cr3", start: 9376, length: 9333, isBigEndian: true },
  "preview.raf": { head: "FujiFilm.raf", start: 84, length: 88, isBigEndian: true },
  "preview.rw2": { head: "Panasonic.rw2", field: Buffer.from([0x2e, 0, 7, 0]) },
};

/** @param {Buffer} jpeg the picture in it */
function originalWith({ head, start, length, field, isBigEndian }, jpeg) {
  const bytes = Buffer.from(fixture(`originals/${head}`));
  // Panasonic's field holds the preview itself: behind its number stands how long it is, and then where.
  const [startAt, lengthAt] = field === undefined ? [start, length] : [bytes.indexOf(field) + 8, bytes.indexOf(field) + 4];
  const write = (value, at) => (isBigEndian ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at));
  write(bytes.length, startAt);
  write(jpeg.length, lengthAt);
  return Buffer.concat([bytes, jpeg]);
}

/** One of each maker, all of the same picture. @param {Buffer} picture that sharp reads */
export async function originals(picture) {
  const jpeg = await sharp(picture).resize(384, 256, { fit: "fill" }).jpeg().toBuffer();
  return Object.entries(ORIGINALS).map(([name, original]) => ({ name, bytes: originalWith(original, jpeg) }));
}

function icon(png) {
  return Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 96, 64, 0, 0, 1, 0, 32, 0]), number(png.length, 4), number(22, 4), png]);
}

/** Files whose formats nothing here writes: always the same picture. */
const FIXED = [
  "flower.heic",
  "flower.jxl",
  "ramp.jp2",
  "ramp.j2k",
  "ramp.psd",
  "ramp.psb",
  "ramp.tga",
  "ramp.ico",
  "exiftool.bmp",
  "exiftool.ppm",
];

/**
 * @param {Buffer} picture any that sharp reads, of 96 by 64 pixels
 * @returns {Promise<readonly { readonly name: string; readonly bytes: Buffer }[]>}
 */
export async function goodFiles(picture) {
  const image = () => sharp(picture).toColourspace("srgb").removeAlpha();
  const bySharp = Object.entries(BY_SHARP).map(async ([name, write]) => ({ name, bytes: await write(image()).toBuffer() }));
  return [...(await Promise.all(bySharp)), ...(await filesBesideSharp(picture))];
}

/** As `goodFiles`, of the formats that sharp does not write. */
export async function filesBesideSharp(picture) {
  const image = () => sharp(picture).toColourspace("srgb").removeAlpha();
  const { data: rgb, info } = await image().raw().toBuffer({ resolveWithObject: true });
  const byHand = Object.entries(BY_HAND).map(([name, write]) => ({ name, bytes: write(rgb, info.width, info.height) }));
  const fixed = FIXED.map((name) => ({ name, bytes: fixture(`formats/${name}`) }));
  const others = [...(await originals(picture)), { name: "png.ico", bytes: icon(await image().png().toBuffer()) }];
  return [...byHand, ...others, ...fixed];
}
