/**
 * What happens to photos on their way through hands and apps, harder than anything a calibration makes: copies that are still the
 * same picture.
 */
import sharp from "sharp";
import { between, drawnOver, escaped, fitted, grained, jpeg, oneOf, svg } from "./picture.mjs";
import { drawnIn, seenFromAside } from "./warp.mjs";

/** @typedef {import("./picture.mjs").Fitted} Fitted */
/** @typedef {import("./picture.mjs").Edit} Edit */

const SIDES = [0, 1];

/** @type {Readonly<Record<string, Edit>>} */
export const SAME = {
  "crop to a third": (photo, random) => jpeg(corner(photo, random, Math.sqrt(1 / 3)), 85),
  "crop to 64 %": (photo, random) => jpeg(corner(photo, random, 0.8), 85),
  "96 pixels": ({ bytes }) => jpeg(sharp(bytes).resize(96, 96, { fit: "inside" }), 80),
  "strong blur": ({ bytes, width, height }) => jpeg(sharp(bytes).blur(Math.max(width, height) / 140), 80),
  noise: async ({ bytes }, random) => jpeg(sharp(await grained(bytes, random, 34)), 80),
  "JPEG 20": ({ bytes }) => jpeg(sharp(bytes), 20),
  "JPEG 8": ({ bytes }) => jpeg(sharp(bytes), 8),
  "turned right": ({ bytes }) => jpeg(sharp(bytes).rotate(90), 85),
  "turned by 7°": ({ bytes }, random) =>
    jpeg(sharp(bytes).rotate(oneOf(random, [-7, 7]), { background: oneOf(random, ["#fff", "#000"]) }), 85),
  mirrored: ({ bytes }) => jpeg(sharp(bytes).flop(), 85),
  grey: ({ bytes }) => jpeg(sharp(bytes).greyscale(), 85),
  sepia: ({ bytes }) => jpeg(sharp(bytes).recomb(SEPIA), 85),
  "other hue": ({ bytes }, random) => jpeg(sharp(bytes).modulate({ hue: Math.round(between(random, 40, 320)), saturation: 1.4 }), 85),
  "dark tone": ({ bytes }) => jpeg(sharp(bytes).gamma(2.2).linear(0.55, 0), 85),
  "HDR tone": async ({ bytes }) => {
    // Apart from the others: sharp puts the local contrast where its numbers are no bytes any more.
    const local = await sharp(bytes).clahe({ width: 64, height: 64, maxSlope: 6 }).png().toBuffer();
    return jpeg(sharp(local).modulate({ saturation: 1.5 }).sharpen(3), 85);
  },
  faded: ({ bytes }) => jpeg(sharp(bytes).modulate({ saturation: 0.4 }).linear(0.45, 120), 85),
  "in a frame": ({ bytes, width, height }, random) => jpeg(framed(bytes, Math.min(width, height), oneOf(random, FRAMES)), 85),
  "in a screenshot": async (photo, random) => jpeg(sharp(await screenshot(photo, random)), 85),
  "screen in a screen": async (photo, random) =>
    jpeg(sharp(await screenshot(await fitted(await screenshot(photo, random), 2400), random)).resize(900), 75),
  perspective: async ({ bytes }, random) => jpeg(sharp(await seenFromAside(bytes, drawnIn(random, 0.18))), 85),
  "photographed screen": async (photo, random) => jpeg(sharp(await photographedScreen(photo, random)), 80),
  enlarged: async ({ bytes, width }) =>
    jpeg(
      sharp(
        await sharp(bytes)
          .resize(Math.round(width / 4))
          .toBuffer(),
      ).resize({ width, kernel: "cubic" }),
      90,
    ),
  halftone: async ({ bytes }) => jpeg(sharp(await halftone(bytes)), 85),
  combination: async (photo, random) => {
    const turned = await sharp(await corner(photo, random, 0.85).toBuffer())
      .rotate(between(random, -4, 4), { background: "#222" })
      .toBuffer();
    const toned = await sharp(turned)
      .modulate({ saturation: 0.5, brightness: 1.15 })
      .recomb(SEPIA)
      .resize(420, 420, { fit: "inside" })
      .toBuffer();
    return jpeg(sharp(await grained(toned, random, 12)).blur(0.8), 30);
  },
};

/** Lightness in brown. */
const SEPIA = /** @type {const} */ ([
  [0.393, 0.769, 0.189],
  [0.349, 0.686, 0.168],
  [0.272, 0.534, 0.131],
]);

const FRAMES = [
  { share: 0.06, background: "#fff" },
  { share: 0.12, background: "#1b1a18" },
  { share: 0.09, background: "#6b4a2b" },
];

/** A part in one of the corners, or between them. */
function corner({ bytes, width, height }, random, side) {
  const size = { width: Math.round(width * side), height: Math.round(height * side) };
  const left = Math.round((width - size.width) * oneOf(random, SIDES));
  const top = Math.round((height - size.height) * oneOf(random, SIDES));
  return sharp(bytes).extract({ left, top, ...size });
}

function framed(bytes, side, { share, background }) {
  const by = Math.round(side * share);
  return sharp(bytes).extend({ top: by, bottom: by, left: by, right: by, background });
}

/** On a phone, with what an app writes above and below it. */
async function screenshot({ bytes, width, height }, random) {
  const wide = 1080;
  const high = 2160;
  const most = { width: Math.round(wide * oneOf(random, [1, 0.92])), height: Math.round(high * 0.7) };
  const { data, info } = await sharp(bytes)
    .resize({ ...most, fit: "inside" })
    .toBuffer({ resolveWithObject: true });
  const dark = random() < 0.5;
  const ink = dark ? "#eee" : "#111";
  const name = oneOf(random, ["Anna", "photos_of_bob", "Gallery", "Berg & Tal"]);
  const top = Math.round((high - info.height) / 2);
  const likes = Math.floor(random() * 900);
  const screen = svg(
    wide,
    high,
    `<rect width="${wide}" height="${high}" fill="${dark ? "#000" : "#fff"}"/>
    <g font-family="DejaVu Sans" fill="${ink}"><text x="60" y="60" font-size="34">${String(10 + Math.floor(random() * 9))}:${10 + Math.floor(random() * 49)}</text>
    <text x="900" y="60" font-size="30">${Math.floor(random() * 99)} %</text><text x="140" y="170" font-size="44" font-weight="bold">${escaped(name)}</text>
    <circle cx="80" cy="155" r="36" fill="#888"/><text x="60" y="2010" font-size="36">${likes} likes</text>
    <path d="M60 2060h960" stroke="${ink}" stroke-width="2"/><circle cx="540" cy="2110" r="26" fill="none" stroke="${ink}" stroke-width="5"/></g>`,
  );
  const shown = await sharp(Buffer.from(screen))
    .composite([{ input: data, left: Math.round((wide - info.width) / 2), top }])
    .flatten()
    .png({ compressionLevel: 1 })
    .toBuffer();
  // A phone shows a small photo no sharper than it is.
  return sharp(shown)
    .resize(Math.min(wide, Math.max(360, Math.round(width * 1.2), Math.round(height * 0.6))))
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** From aside, a shine on it, its rows of pixels against those of the camera. */
export async function photographedScreen({ bytes, width, height }, random) {
  const shine = svg(
    width,
    height,
    `<defs><linearGradient id="s" x1="${random()}" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.5"/><stop offset="0.5" stop-color="#fff" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#s)"/>`,
  );
  const shown = await drawnOver(await rowed(bytes, between(random, 2.6, 4.2), between(random, 0.02, 0.1)), shine);
  const seen = await seenFromAside(shown, drawnIn(random, 0.12));
  return grained(await sharp(seen).modulate({ brightness: 0.92, saturation: 0.85 }).blur(0.9).toBuffer(), random, 6);
}

/** Dark rows so many pixels apart, a little inclined: with the pixels of the picture they make the waves that everybody knows. */
async function rowed(bytes, apart, inclined) {
  const { data, info } = await sharp(bytes).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++) {
      const place = (x + y * inclined) / apart;
      if (place - Math.floor(place) >= 0.45) continue;
      const at = (y * info.width + x) * info.channels;
      for (let c = 0; c < info.channels; c++) data[at + c] *= 0.7;
    }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Dots as in a newspaper: a screen of 45° held against the grey. */
async function halftone(bytes) {
  const { data, info } = await sharp(bytes).greyscale().toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  const step = Math.max(3.2, Math.max(info.width, info.height) / 220);
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++) {
      const at = (y * info.width + x) * info.channels;
      const dots = Math.cos(((x + y) * Math.PI) / step) * Math.cos(((x - y) * Math.PI) / step);
      const ink = data[at] > 127 + dots * 120 ? 255 : 0;
      for (let c = 0; c < info.channels; c++) data[at + c] = ink;
    }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    .blur(0.6)
    .png()
    .toBuffer();
}
