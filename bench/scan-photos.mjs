/**
 * Photos for `scan.mjs`: four random cut-outs of the example photos side by side in each, so that no two are near copies
 * and each has as much detail as a photo of its size.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { inParallel } from "../dist/pipeline/in-parallel.js";
import { seededRandom } from "./random.mjs";

const ORIGINALS = fileURLToPath(new URL("../examples/photos/originals/", import.meta.url));
const TILE = { width: 400, height: 300 };
/** Originals are brought to this edge first: cut-outs of a 24-megapixel photo at full size hold little but blur. */
const EDGE = 1600;
const FOLDERS = 20;

/**
 * Writes JPEGs of 800 × 600 pixels, the same in every run.
 * @param {string} folder
 * @param {number} count
 */
export async function makePhotos(folder, count) {
  const random = seededRandom(5);
  const names = readdirSync(ORIGINALS).filter((name) => /\.(jpg|webp)$/.test(name));
  const originals = await Promise.all(names.map(readOriginal));
  const usable = originals.filter(({ info }) => info.width >= TILE.width && info.height >= TILE.height);
  const plans = Array.from({ length: count }, (_, index) => ({ index, tiles: Array.from({ length: 4 }, () => planTile(usable, random)) }));
  for (let i = 0; i < FOLDERS; i++) mkdirSync(join(folder, `${i}`), { recursive: true });
  for await (const _ of inParallel(plans, 4, ({ index, tiles }) => makePhoto(join(folder, `${index % FOLDERS}`, `${index}.jpg`), tiles)));
}

async function readOriginal(name) {
  return sharp(join(ORIGINALS, name))
    .autoOrient()
    .resize(EDGE, EDGE, { fit: "inside", withoutEnlargement: true })
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
}

/** A place in an original and how far it is zoomed, from pixel by pixel to three times as wide. */
function planTile(originals, random) {
  const original = originals[Math.floor(random() * originals.length)];
  const { width, height } = original.info;
  const widest = Math.min(width / TILE.width, height / TILE.height, 3);
  const zoom = 1 + (widest - 1) * random();
  const [seenWidth, seenHeight] = [Math.floor(TILE.width * zoom), Math.floor(TILE.height * zoom)];
  const left = Math.floor((width - seenWidth) * random());
  const top = Math.floor((height - seenHeight) * random());
  return { original, region: { left, top, width: seenWidth, height: seenHeight }, mirrored: random() < 0.5 };
}

async function makePhoto(path, tiles) {
  const layers = await Promise.all(
    tiles.map(async (tile, i) => ({
      input: await cutOut(tile),
      raw: { ...TILE, channels: 3 },
      left: (i % 2) * TILE.width,
      top: (i >> 1) * TILE.height,
    })),
  );
  const canvas = { create: { width: 2 * TILE.width, height: 2 * TILE.height, channels: 3, background: "#000000" } };
  await sharp(canvas).composite(layers).jpeg({ quality: 88 }).toFile(path);
}

function cutOut({ original, region, mirrored }) {
  const { width, height, channels } = original.info;
  return sharp(original.data, { raw: { width, height, channels } })
    .extract(region)
    .resize(TILE.width, TILE.height)
    .flop(mirrored)
    .raw()
    .toBuffer();
}
