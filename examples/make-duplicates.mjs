/**
 * Makes the duplicates in examples/photos/copies from the photos in examples/photos/originals, and lists them in
 * examples/duplicates.json: which copy was made from which original, and how.
 *
 *     npm run build && node examples/make-duplicates.mjs
 */
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { decodeHeic } from "../dist/io/photos/codecs/libheif.js";

const originals = new URL("photos/originals/", import.meta.url);
const copies = new URL("photos/copies/", import.meta.url);

/** Each edit: the copy's ending, and how it is made of an upright picture. */
const EDITS = {
  resized: [".jpg", (image, { width }) => image.resize(Math.round(width / 2)).jpeg({ quality: 85 })],
  small: [".jpg", (image) => image.resize(320, 320, { fit: "inside" }).jpeg({ quality: 75 })],
  recompressed: [".jpg", (image) => image.resize(1000, 1000, { fit: "inside", withoutEnlargement: true }).jpeg({ quality: 30 })],
  cropped: [".jpg", (image, size) => image.extract(middle(size, 0.8)).resize(900, 900, { fit: "inside", withoutEnlargement: true })],
  webp: [".webp", (image) => image.resize(800, 800, { fit: "inside", withoutEnlargement: true }).webp({ quality: 80 })],
  png: [".png", (image) => image.resize(400, 400, { fit: "inside" }).png({ palette: true })],
  grey: [".jpg", (image) => image.resize(800, 800, { fit: "inside", withoutEnlargement: true }).grayscale().jpeg()],
  // The pixels lie on their side and EXIF says so: upright it is the same picture.
  turned: [".jpg", (image) => image.resize(800, 800, { fit: "inside" }).rotate(90).withMetadata({ orientation: 8 }).jpeg()],
};

const PLAN = {
  "book-beside-flowers.jpg": ["recompressed", "cropped"],
  "craft-beer.jpg": ["small", "turned"],
  "cyclamen_persicum.jpg": ["resized", "png"],
  "denali.webp": ["recompressed", "grey"],
  "el_torcal_rocks.jpg": ["cropped", "grey"],
  "handwritten-notes.jpg": ["recompressed", "webp"],
  "japanese-shop.jpg": ["resized", "cropped"],
  "mongolels.jpg": ["turned", "webp"],
  "orychophragmus_violaceus.jpg": ["recompressed"],
  "prairie_falcon.jpg": ["cropped", "small", "grey"],
  "silver_fir.jpg": ["resized", "png"],
  "tanners_ridge.jpg": ["recompressed", "turned", "webp"],
  "wood_anemones.jpg": ["grey"],
};

await rm(copies, { recursive: true, force: true });
await mkdir(copies, { recursive: true });
const duplicates = [];
for (const [original, edits] of Object.entries(PLAN)) {
  for (const edit of edits) {
    const [ending, make] = EDITS[edit];
    const copy = `${original.replace(/\.\w+$/, "")}-${edit}${ending}`;
    const upright = await sharp(await readFile(new URL(original, originals)))
      .autoOrient()
      .toBuffer({ resolveWithObject: true });
    await make(sharp(upright.data).keepExif(), upright.info).toFile(new URL(copy, copies).pathname);
    duplicates.push({ copy: `copies/${copy}`, original: `originals/${original}`, edit });
  }
}

const { data, width, height } = decodeHeic(await readFile(new URL("IMG_2682.heic", originals)));
await sharp(data, { raw: { width, height, channels: 4 } })
  .resize(1200)
  .flatten()
  .jpeg()
  .toFile(new URL("IMG_2682-export.jpg", copies).pathname);
duplicates.push({ copy: "copies/IMG_2682-export.jpg", original: "originals/IMG_2682.heic", edit: "exported" });

for (const original of ["thompson-springs.jpg", "notocactus_minimus.jpg"]) {
  const copy = original.replace(".jpg", " (1).jpg");
  await copyFile(new URL(original, originals), new URL(encodeURIComponent(copy), copies));
  duplicates.push({ copy: `copies/${copy}`, original: `originals/${original}`, edit: "same bytes" });
}

// Two of the originals are one picture themselves: one stands upright by its pixels, one by its EXIF orientation.
duplicates.push({ copy: "originals/portrait.jpg", original: "originals/portrait-orientation-6.jpg", edit: "found as it is" });
await writeFile(new URL("duplicates.json", import.meta.url), `${JSON.stringify(duplicates, null, 2)}\n`);

function middle({ width, height }, share) {
  const [newWidth, newHeight] = [Math.round(width * share), Math.round(height * share)];
  return { left: (width - newWidth) >> 1, top: (height - newHeight) >> 1, width: newWidth, height: newHeight };
}
