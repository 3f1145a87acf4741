/**
 * Damaged pictures for `fuzz.mjs`: small ones of every format that is decoded, and what disks, copies and bad luck make of them.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { filesBesideSharp } from "./mutation-files.mjs";

const photo = (path) => fileURLToPath(new URL(`../examples/photos/originals/${path}`, import.meta.url));

/** Each in its format's ways of laying out pixels. HEIC cannot be written here; its only photo has twelve megapixels. */
const WRITERS = {
  "jpeg.jpg": (image) => image.jpeg(),
  "progressive.jpg": (image) => image.jpeg({ progressive: true, chromaSubsampling: "4:4:4" }),
  "plain.png": (image) => image.png(),
  "interlaced.png": (image) => image.png({ progressive: true }),
  "deep.png": (image) => image.toColourspace("rgb16").png(),
  "palette.png": (image) => image.png({ palette: true }),
  "lossy.webp": (image) => image.webp(),
  "lossless.webp": (image) => image.webp({ lossless: true }),
  "alpha.webp": (image) => image.ensureAlpha(0.5).webp(),
  "plain.gif": (image) => image.gif(),
  "plain.tif": (image) => image.tiff({ compression: "none" }),
  "lzw.tif": (image) => image.tiff({ compression: "lzw" }),
  "deflate.tif": (image) => image.tiff({ compression: "deflate", tile: true, tileWidth: 128, tileHeight: 128 }),
  "jpeg.tif": (image) => image.tiff({ compression: "jpeg" }),
  "plain.avif": (image) => image.avif({ effort: 0 }),
  "deep.avif": (image) => image.avif({ effort: 0, bitdepth: 10 }),
};
/** Of 100 files, how many are made of the HEIC: it takes a hundred times as long as the others. */
const HEIC_PER_CENT = 2;

/** @returns {Promise<readonly { readonly name: string; readonly bytes: Buffer }[]>} good files, the HEIC last */
export async function writeSources() {
  const small = await sharp(photo("tanners_ridge.jpg")).resize(360, 240).png().toBuffer();
  const written = Object.entries(WRITERS).map(async ([name, write]) => ({ name, bytes: await write(sharp(small)).toBuffer() }));
  const others = await filesBesideSharp(await sharp(small).resize(96, 64, { fit: "fill" }).png().toBuffer());
  return [...(await Promise.all(written)), ...others, { name: "photo.heic", bytes: await readFile(photo("IMG_2682.heic")) }];
}

/** What happens to a file; each takes a copy of its bytes and may change it. */
const ACCIDENTS = {
  "zeroed-end": (bytes, random) => bytes.fill(0, place(bytes, random)),
  cut: (bytes, random) => bytes.subarray(0, place(bytes, random)),
  hole: (bytes, random) => {
    const at = place(bytes, random);
    const end = at + 512 * (1 + Math.floor(random() * 8));
    return bytes.fill(random() < 0.5 ? 0 : 0xff, at, Math.min(end, bytes.length));
  },
  bits: (bytes, random) => {
    for (let i = 0; i < 1 + random() * 20; i++) bytes[place(bytes, random)] ^= 1 << Math.floor(random() * 8);
    return bytes;
  },
  noise: (bytes, random) => {
    const at = place(bytes, random);
    for (let i = at; i < Math.min(bytes.length, at + 256); i++) bytes[i] = random() * 256;
    return bytes;
  },
  header: (bytes, random) => {
    for (let i = 0; i < 1 + random() * 4; i++) bytes[Math.floor(random() * Math.min(bytes.length, 512))] = random() * 256;
    return bytes;
  },
  claim: (bytes, random) => {
    // Sizes and counts stand in headers as numbers of four bytes.
    const at = Math.floor(random() * Math.min(bytes.length - 4, 512));
    if (random() < 0.5) bytes.writeUInt32BE(Math.floor(random() * 2 ** 32) >>> (random() * 20), at);
    else bytes.writeUInt32LE(Math.floor(random() * 2 ** 32) >>> (random() * 20), at);
    return bytes;
  },
  moved: (bytes, random) => {
    bytes.copy(bytes, place(bytes, random), place(bytes, random), bytes.length);
    return bytes;
  },
  repeated: (bytes, random) => Buffer.concat([bytes.subarray(0, place(bytes, random)), bytes.subarray(place(bytes, random))]),
};

function place(bytes, random) {
  return Math.floor(random() * bytes.length);
}

/**
 * @param {readonly { readonly name: string; readonly bytes: Buffer }[]} sources as `writeSources` gives them
 * @param {() => number} random in [0, 1)
 * @returns {{ readonly name: string; readonly bytes: Buffer }} one damaged file, and how it came about
 */
export function damage(sources, random) {
  const last = sources.length - 1;
  const source = sources[random() * 100 < HEIC_PER_CENT ? last : Math.floor(random() * last)];
  const { accident, bytes } = spoil(source.bytes, random);
  return { name: `${accident}-${source.name}`, bytes };
}

/**
 * @param {Buffer} file stays as it is
 * @param {() => number} random in [0, 1)
 * @returns {{ readonly accident: string; readonly bytes: Buffer }} what became of it, and how
 */
export function spoil(file, random) {
  const accidents = Object.keys(ACCIDENTS);
  const accident = accidents[Math.floor(random() * accidents.length)];
  return { accident, bytes: ACCIDENTS[accident](Buffer.from(file), random) };
}
