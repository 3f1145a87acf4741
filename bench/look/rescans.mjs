/**
 * The same page once more: scanned again a little askew, or photographed on a table.
 */
import sharp from "sharp";
import { between, drawnOver, fitted, grained, svg } from "./picture.mjs";
import { drawnIn, seenFromAside } from "./warp.mjs";

/**
 * @param {string} path
 * @param {() => number} random
 * @returns {Promise<Buffer>} JPEG: turned by up to 1.5°, other size, softness, noise, a gradient of light, slight perspective
 */
export async function rescanned(path, random) {
  const page = await fitted(path, 2400);
  const turned = await sharp(page.bytes)
    .rotate(between(random, -1.5, 1.5), { background: "#f4f4f2" })
    .png()
    .toBuffer();
  const aside = await seenFromAside(turned, drawnIn(random, 0.012), { background: [244, 244, 242], longest: 2400 });
  const lit = await drawnOver(aside, (size) => gradient(size, random, 0.16));
  const longest = Math.max(page.width, page.height) * between(random, 0.6, 1.1);
  const scaled = await sharp(lit)
    .resize(Math.round(longest), Math.round(longest), { fit: "inside" })
    .blur(between(random, 0.3, 0.9))
    .toBuffer();
  return sharp(await grained(scaled, random, between(random, 1, 7)))
    .jpeg({ quality: Math.round(between(random, 40, 80)) })
    .toBuffer();
}

/**
 * @param {string} path
 * @param {() => number} random
 * @returns {Promise<Buffer>} JPEG: from aside, on a dark table, in uneven light
 */
export async function photographed(path, random) {
  const page = await fitted(path, 1800);
  const table = Math.round(Math.max(page.width, page.height) * 0.06);
  const laid = await sharp(page.bytes)
    .extend({ top: table, bottom: table, left: table, right: table, background: "#3a2d22" })
    .png()
    .toBuffer();
  const turned = await sharp(laid)
    .rotate(between(random, -6, 6), { background: "#3a2d22" })
    .png()
    .toBuffer();
  const seen = await seenFromAside(turned, drawnIn(random, 0.08), { background: [58, 45, 34], longest: 1800 });
  const lit = await drawnOver(await sharp(seen).recomb(WARM).png().toBuffer(), (size) => gradient(size, random, 0.4));
  return sharp(await grained(await sharp(lit).blur(0.7).toBuffer(), random, 5))
    .jpeg({ quality: 70 })
    .toBuffer();
}

/** The light of a lamp. */
const WARM = /** @type {const} */ ([
  [1, 0.02, 0],
  [0.02, 0.95, 0],
  [0, 0.04, 0.8],
]);

function gradient({ width, height }, random, most) {
  const [x, y] = [random() < 0.5 ? 0 : 1, random() < 0.5 ? 0 : 1];
  return svg(
    width,
    height,
    `<defs><linearGradient id="g" x1="${x}" y1="${y}" x2="${1 - x}" y2="${1 - y}"><stop offset="0" stop-opacity="${most}"/><stop offset="1" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`,
  );
}
