/**
 * The same picture with something over it or in one place of it: captions, stickers, stamps, signatures, what was blurred or barred.
 */
import sharp from "sharp";
import { between, drawnOver, escaped, jpeg, oneOf, svg } from "./picture.mjs";

/** @typedef {import("./picture.mjs").Edit} Edit */

const CAPTIONS = [
  "best day ever",
  "Sommer 2019 am See",
  "when it is Monday again",
  "¡Feliz cumpleaños, Ana!",
  "NEVER FORGET",
  "à la plage",
];

/** @type {Readonly<Record<string, Edit>>} */
export const ALTERED = {
  "caption over it": (photo, random) => caption(photo, random, 0.14, 1),
  "thin caption over it": (photo, random) => caption(photo, random, 0.06, 0),
  "caption in a bar": (photo, random) => captionBelow(photo, random),
  sticker: (photo, random) => over(photo, sticker(photo, random)),
  stamp: (photo, random) => over(photo, stamp(photo, random)),
  signature: (photo, random) => signed(photo, random),
  "blurred face": (photo, random) => blurredPart(photo, random),
  "black bar": (photo, random) => barred(photo, random),
  "small copy with caption": async (photo, random) =>
    jpeg(sharp(await caption(photo, random, 0.16, 1)).resize(320, 320, { fit: "inside" }), 40),
};

async function over({ bytes }, drawing) {
  return jpeg(sharp(await drawnOver(bytes, drawing)), 85);
}

function caption(photo, random, share, bar) {
  const { width, height } = photo;
  const high = height * share;
  const top = oneOf(random, [height * 0.02, height - high * 1.1]);
  const text = escaped(oneOf(random, CAPTIONS));
  const size = Math.min(high * 0.62, (width * 1.5) / text.length);
  return over(
    photo,
    svg(
      width,
      height,
      `<rect y="${top}" width="${width}" height="${high}" fill="#000" fill-opacity="${bar * 0.75}"/><text x="50%" y="${top + high * 0.72}" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="${size}" fill="#fff" stroke="#000" stroke-width="${size / 30}">${text}</text>`,
    ),
  );
}

async function captionBelow({ bytes, width, height }, random) {
  const high = Math.round(height * 0.16);
  const text = escaped(oneOf(random, CAPTIONS));
  const size = Math.min(high * 0.5, (width * 1.5) / text.length);
  const bar = svg(
    width,
    high,
    `<rect width="100%" height="100%" fill="#fff"/><text x="50%" y="65%" text-anchor="middle" font-family="DejaVu Sans" font-size="${size}">${text}</text>`,
  );
  const extended = await sharp(bytes)
    .extend({ [oneOf(random, ["top", "bottom"])]: high, background: "#fff" })
    .toBuffer({ resolveWithObject: true });
  // Text over the lowest rows as well: the bar covers a little of the picture.
  return jpeg(sharp(extended.data).composite([{ input: Buffer.from(bar), top: extended.info.height - high, left: 0 }]), 85);
}

function sticker({ width, height }, random) {
  const r = Math.min(width, height) * between(random, 0.08, 0.16);
  const x = between(random, r, width - r);
  const y = between(random, r, height - r);
  return svg(
    width,
    height,
    `<circle cx="${x}" cy="${y}" r="${r}" fill="#fc3" stroke="#a70" stroke-width="${r / 20}"/><circle cx="${x - r / 3}" cy="${y - r / 4}" r="${r / 8}"/><circle cx="${x + r / 3}" cy="${y - r / 4}" r="${r / 8}"/><path d="M${x - r / 2} ${y + r / 6}Q${x} ${y + r} ${x + r / 2} ${y + r / 6}" fill="none" stroke="#000" stroke-width="${r / 10}"/>`,
  );
}

function stamp({ width, height }, random) {
  const size = Math.min(width, height) * 0.14;
  const word = oneOf(random, ["PAID", "COPY", "DRAFT", "SOLD"]);
  return svg(
    width,
    height,
    `<g transform="translate(${width * between(random, 0.3, 0.7)} ${height * between(random, 0.3, 0.7)}) rotate(${between(random, -25, 25)})"><text text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="${size}" fill="#c22" fill-opacity="0.8">${word}</text><rect x="${-size * 1.8}" y="${-size}" width="${size * 3.6}" height="${size * 1.3}" fill="none" stroke="#c22" stroke-width="${size / 14}"/></g>`,
  );
}

/** @param {string} ink light on a dark page */
export function signature({ width, height }, random, ink = "#114") {
  const side = Math.min(width, height) * 0.22;
  const x = width - side * 1.3;
  const y = height - side * 0.5;
  const stroke = Array.from({ length: 9 }, (_, at) => `${x + (side * at) / 8} ${y + between(random, -side / 4, side / 4)}`).join(" ");
  return svg(
    width,
    height,
    `<polyline points="${stroke}" fill="none" stroke="${ink}" stroke-width="${side / 28}" stroke-linejoin="round"/>`,
  );
}

/** Where it is dark it would not be seen in blue. */
async function signed(photo, random) {
  const { bytes, width, height } = photo;
  const side = Math.round(Math.min(width, height) * 0.28);
  const { channels } = await sharp(
    await sharp(bytes)
      .greyscale()
      .extract({ left: width - side, top: height - side, width: side, height: side })
      .toBuffer(),
  ).stats();
  return over(photo, signature(photo, random, channels[0].mean < 100 ? "#fff" : "#114"));
}

async function barred(photo, random) {
  const { width, height } = photo;
  const size = { width: width * between(random, 0.12, 0.2), height: height * between(random, 0.05, 0.1) };
  const { left, top, mean } = await busiest(photo, random, size);
  return over(
    photo,
    svg(
      width,
      height,
      `<rect x="${left}" y="${top}" width="${size.width}" height="${size.height}" fill="${mean < 60 ? "#fff" : "#000"}"/>`,
    ),
  );
}

async function blurredPart(photo, random) {
  const { bytes, width, height } = photo;
  const side = Math.round(Math.min(width, height) * 0.25);
  const { left, top } = await busiest(photo, random, { width: side, height: side });
  const part = await sharp(bytes)
    .extract({ left, top, width: side, height: side })
    .blur(side / 8)
    .toBuffer();
  return jpeg(sharp(bytes).composite([{ input: part, left, top }]), 85);
}

/** Of eight places the one with most in it: nobody covers up a piece of sky, and nobody would see it. */
async function busiest({ bytes, width, height }, random, size) {
  const box = { width: Math.round(size.width), height: Math.round(size.height) };
  const places = [];
  for (let tried = 0; tried < 8; tried++) {
    const left = Math.round(between(random, width * 0.1, width * 0.9 - box.width));
    const top = Math.round(between(random, height * 0.1, height * 0.9 - box.height));
    const { channels } = await sharp(
      await sharp(bytes)
        .greyscale()
        .extract({ left, top, ...box })
        .toBuffer(),
    ).stats();
    places.push({ left, top, mean: channels[0].mean, deviation: channels[0].stdev });
  }
  return places.reduce((best, place) => (place.deviation > best.deviation ? place : best));
}
