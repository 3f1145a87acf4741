/**
 * Kinds made of several photos: collages, and panoramas with their parts.
 */
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { halfOf, randomFor, stemOf } from "./gathering.mjs";
import { oneOf } from "./picture.mjs";

const LAYOUTS = [
  { columns: 2, rows: 1 },
  { columns: 2, rows: 2 },
  { columns: 3, rows: 1 },
  { columns: 3, rows: 2 },
];

/**
 * A collage holds its photos, but is no copy of any of them: without it the others would be lost.
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {readonly string[]} photos
 */
export async function addCollages(gathering, photos) {
  for (const half of ["tune", "held"]) {
    const mine = photos.filter((path) => halfOf(stemOf(path)) === half);
    for (const [at, path] of mine.entries()) {
      const source = stemOf(path);
      const layout = oneOf(randomFor(source, "collage"), LAYOUTS);
      const members = (step) => Array.from({ length: layout.columns * layout.rows }, (_, place) => mine[(at + place * step) % mine.length]);
      const one = await write(gathering, `${source}, collage`, source, await collage(members(1), layout));
      const other = await write(gathering, `${source}, other collage`, source, await collage(members(3), layout));
      gathering.add("collages: with one of its photos", { path, source }, one, "different");
      gathering.add("collages: two with one photo in common", one, other, "different");
      const again = await write(gathering, `${source}, collage again`, source, sharp(one.path).resize(640).jpeg({ quality: 50 }));
      gathering.add("collages: saved again", one, again, "same");
      await addPanorama(gathering, path, source);
    }
  }
}

/** The middle of a photo as a wide picture, and half of that. */
async function addPanorama(gathering, path, source) {
  const upright = await sharp(path).rotate().resize(1400, 1400, { fit: "inside" }).toBuffer({ resolveWithObject: true });
  const { width, height } = upright.info;
  const high = Math.round(Math.min(height, width / 2.6));
  const strip = sharp(upright.data).extract({ left: 0, top: Math.round((height - high) / 2), width, height: high });
  const whole = await write(gathering, `${source}, panorama`, source, strip.jpeg({ quality: 90 }));
  const left = Math.round(width * randomFor(source, "panorama")() * 0.6);
  const part = sharp(whole.path).extract({ left, top: 0, width: Math.round(width * 0.4), height: high });
  gathering.add(
    "panoramas: a part of it",
    whole,
    await write(gathering, `${source}, part of panorama`, source, part.jpeg({ quality: 80 })),
    "same",
  );
}

async function collage(paths, { columns, rows }) {
  const [wide, high, gap] = [420, 320, 10];
  const tiles = await Promise.all(paths.map((path) => sharp(path).rotate().resize(wide, high, { fit: "cover" }).toBuffer()));
  const placed = tiles.map((input, at) => ({
    input,
    left: gap + (at % columns) * (wide + gap),
    top: gap + Math.floor(at / columns) * (high + gap),
  }));
  return sharp({ create: { width: columns * (wide + gap) + gap, height: rows * (high + gap) + gap, channels: 3, background: "#fff" } })
    .composite(placed)
    .jpeg({ quality: 88 });
}

async function write(gathering, name, source, picture) {
  const path = gathering.place("collages", `${name}.jpg`);
  writeFileSync(path, await picture.toBuffer());
  return { path, source };
}
