/**
 * Small steps of making pictures that several kinds share.
 */
import sharp from "sharp";

/** @typedef {{ readonly bytes: Buffer, readonly width: number, readonly height: number }} Fitted */
/** @typedef {(photo: Fitted, random: () => number) => Promise<Buffer>} Edit gives the bytes of a picture file */

/**
 * @param {Buffer | string} input
 * @param {number} longest pixels of the longest side; never enlarged
 * @returns {Promise<Fitted>} upright PNG in sRGB, without transparency
 */
export async function fitted(input, longest) {
  const { data, info } = await sharp(input)
    .rotate()
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .resize(longest, longest, { fit: "inside", withoutEnlargement: true })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

/**
 * Normal noise, each channel its own.
 * @param {Buffer} input
 * @param {() => number} random
 * @param {number} deviation of 255
 * @returns {Promise<Buffer>} PNG
 */
export async function grained(input, random, deviation) {
  const { data, info } = await sharp(input)
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  for (let at = 0; at < data.length; at++) {
    // Four uniform numbers add up to a nearly normal one, of deviation 1 / √3.
    const normal = (random() + random() + random() + random() - 2) * Math.sqrt(3);
    data[at] = Math.max(0, Math.min(255, Math.round(data[at] + normal * deviation)));
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/**
 * @param {Buffer | string} input
 * @param {string | ((size: { width: number, height: number }) => string)} svg drawn over it, of its own size
 * @param {import("sharp").Blend} [blend]
 * @returns {Promise<Buffer>} PNG
 */
export async function drawnOver(input, svg, blend = "over") {
  const { bytes, width, height } = await fitted(input, 100_000);
  const drawing = typeof svg === "string" ? svg : svg({ width, height });
  return sharp(bytes)
    .composite([{ input: Buffer.from(drawing), blend }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** @param {number} width @param {number} height @param {string} content */
export function svg(width, height, content) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(width)}" height="${Math.round(height)}">${content}</svg>`;
}

/** @param {string} text */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/**
 * @template T
 * @param {() => number} random
 * @param {readonly T[]} items
 * @returns {T}
 */
export function oneOf(random, items) {
  return items[Math.floor(random() * items.length)];
}

/** @param {() => number} random */
export function between(random, least, most) {
  return least + random() * (most - least);
}

/** @param {import("sharp").Sharp} picture @param {number} quality */
export function jpeg(picture, quality) {
  return picture.jpeg({ quality }).toBuffer();
}
