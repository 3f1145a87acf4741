/**
 * Pictures seen from aside: sharp turns and scales, but knows no perspective.
 */
import sharp from "sharp";

/** @typedef {readonly [number, number]} Point x, y as shares of the width and height */
/** @typedef {readonly [Point, Point, Point, Point]} Corners top left, top right, bottom right, bottom left */

/**
 * Lays a picture into four corners of a canvas of its own size.
 * @param {Buffer | string} input
 * @param {Corners} corners where its own corners come to lie
 * @param {{ background?: readonly [number, number, number], longest?: number }} [options] `longest`: pixels of the longest side of the canvas
 * @returns {Promise<Buffer>} PNG
 */
export async function seenFromAside(input, corners, { background = [40, 38, 36], longest = 1600 } = {}) {
  const { data, info } = await sharp(input)
    .rotate()
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .resize(longest, longest, { fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const out = Buffer.alloc(width * height * 3);
  const back = inverse(fromUnitSquare(corners));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v, w] = apply(back, (x + 0.5) / width, (y + 0.5) / height);
      sample(data, width, height, channels, (u / w) * width - 0.5, (v / w) * height - 0.5, background, out, (y * width + x) * 3);
    }
  return sharp(out, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/**
 * The whole canvas, each corner drawn in by a random share.
 * @param {() => number} random
 * @param {number} most of the width and height
 * @returns {Corners}
 */
export function drawnIn(random, most) {
  const inwards = () => random() * most;
  return [
    [inwards(), inwards()],
    [1 - inwards(), inwards()],
    [1 - inwards(), 1 - inwards()],
    [inwards(), 1 - inwards()],
  ];
}

/** Bilinear; what lies outside is background. */
function sample(data, width, height, channels, x, y, background, out, at) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) {
    for (let c = 0; c < 3; c++) out[at + c] = background[c];
    return;
  }
  const across = x - left;
  const down = y - top;
  for (let c = 0; c < 3; c++) {
    const from = (top * width + left) * channels + Math.min(c, channels - 1);
    const above = data[from] * (1 - across) + data[from + channels] * across;
    const below = data[from + width * channels] * (1 - across) + data[from + (width + 1) * channels] * across;
    out[at + c] = Math.round(above * (1 - down) + below * down);
  }
}

/** The projective map of the unit square onto four corners (Heckbert 1989), as nine numbers. */
function fromUnitSquare([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  const dx1 = x1 - x2;
  const dx2 = x3 - x2;
  const dy1 = y1 - y2;
  const dy2 = y3 - y2;
  const sx = x0 - x1 + x2 - x3;
  const sy = y0 - y1 + y2 - y3;
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** But for a factor, which a projective map does not feel. */
function inverse([a, b, c, d, e, f, g, h, i]) {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

function apply([a, b, c, d, e, f, g, h, i], x, y) {
  return [a * x + b * y + c, d * x + e * y + f, g * x + h * y + i];
}
