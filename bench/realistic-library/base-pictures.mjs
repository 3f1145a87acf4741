/**
 * What is to be seen on the pictures: photos of a folder, no two of them near copies, and drawn scenes for what is missing.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { shuffled } from "../../dist/core/statistics/seeded-random.js";
import { seededRandom } from "../random.mjs";
import { drawScene } from "./drawn-scene.mjs";

/** @typedef {{ readonly data: Uint8Array, readonly width: number, readonly height: number }} Pixels of three channels */

/** Side of the grey miniatures by which photos are told to be near copies, and the correlation from which they are. */
const MINIATURE = 24;
const NEAR_COPY = 0.93;
const GRAIN_TILE = 512;
const DRAWN = { width: 1200, height: 900 };

/**
 * @param {string} folder read with all below it
 * @param {number} count
 * @param {number} seed
 * @param {number} edge longest, in pixels
 * @returns {Promise<readonly { readonly source: string, readonly load: () => Promise<Pixels> }[]>} `count` of them
 */
export async function chooseBases(folder, count, seed, edge) {
  const random = seededRandom(seed);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(jpe?g|png|webp|tiff?|avif)$/i.test(name));
  const chosen = [];
  const seen = [];
  for (const name of shuffled(names.sort(), random)) {
    if (chosen.length === count) break;
    const miniature = await miniatureOf(join(folder, name)).catch(() => null); // what cannot be read is no base
    if (miniature === null || seen.some((other) => areNear(miniature, other))) continue;
    seen.push(miniature);
    chosen.push({ source: name, load: () => loadPhoto(join(folder, name), seed, edge) });
  }
  for (let drawn = chosen.length; drawn < count; drawn++) {
    const load = () => loadDrawn(seed + 7919 * (drawn + 1), edge);
    chosen.push({ source: `drawn ${drawn}`, load });
  }
  return chosen;
}

/**
 * Grain as every sensor adds it: a photo without it compresses and enlarges as none does.
 * @param {Pixels} pixels
 * @param {() => number} random
 * @returns {Promise<Pixels>}
 */
export async function withGrain(pixels, random) {
  const edge = Math.min(GRAIN_TILE, pixels.width, pixels.height);
  const noise = Buffer.from(Uint8Array.from({ length: edge ** 2 }, () => 128 + (random() + random() + random() - 1.5) * 22));
  const tile = await sharp(noise, { raw: { width: edge, height: edge, channels: 1 } })
    .toColourspace("srgb")
    .png()
    .toBuffer();
  return rgb(picture(pixels).composite([{ input: tile, tile: true, blend: "soft-light" }]));
}

/** @returns {Promise<Pixels>} */
export async function rgb(image) {
  const { data, info } = await image.toColourspace("srgb").removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** @param {Pixels} pixels */
export function picture({ data, width, height }) {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function loadPhoto(path, seed, edge) {
  const image = sharp(path).autoOrient().resize(edge, edge, { fit: "inside" }).flatten();
  return withGrain(await rgb(image), seededRandom(seed ^ path.length));
}

async function loadDrawn(seed, edge) {
  const random = seededRandom(seed);
  const scene = sharp(Buffer.from(drawScene(random, DRAWN.width, DRAWN.height))).resize(edge, edge, { fit: "inside" });
  return withGrain(await rgb(scene.flatten()), random);
}

/** Grey, of mean 0 and length 1. */
async function miniatureOf(path) {
  const grey = await sharp(path).autoOrient().resize(MINIATURE, MINIATURE, { fit: "fill" }).flatten().greyscale().raw().toBuffer();
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const centred = Float32Array.from(grey, (value) => value - mean);
  const length = Math.hypot(...centred) || 1;
  return centred.map((value) => value / length);
}

function areNear(one, other) {
  let [plain, mirrored] = [0, 0];
  for (let i = 0; i < one.length; i++) {
    const opposite = i - (i % MINIATURE) + (MINIATURE - 1 - (i % MINIATURE));
    plain += one[i] * other[i];
    mirrored += one[i] * other[opposite];
  }
  return Math.max(plain, mirrored) >= NEAR_COPY;
}
