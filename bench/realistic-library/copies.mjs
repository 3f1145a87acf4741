/**
 * What becomes of a picture in the years after: copied by hand, backed up, edited, saved again.
 */
import { posix } from "node:path";
import sharp from "sharp";
import { WORDS } from "../../dist/core/synthetic/edits.js";
import { picture } from "./base-pictures.mjs";
import { withExif } from "./jpeg-segments.mjs";
import { HIDDEN_FOLDER, PROTECTED_FOLDER } from "./truth.mjs";

/** @typedef {import("./picture-files.mjs").PictureFiles} PictureFiles */
/**
 * @typedef {object} Copying
 * @property {string} name
 * @property {number} share against the others that fit
 * @property {(files: PictureFiles) => boolean} fits
 * @property {(files: PictureFiles, random: () => number) => Promise<void>} make adds one or more copies
 */

const STRAY_FOLDERS = ["Desktop", "Downloads", "Pictures/Edited", "Old laptop/Documents/Bilder", "USB stick"];
const EDITORS = ["Adobe Photoshop Lightroom Classic 12.0", "GIMP 2.10.34", "darktable 4.6.0"];

const always = () => true;
const isJpeg = ({ plain }) => plain !== null;
const isHeic = ({ original }) => original.path.endsWith(".HEIC");
const hasExif = (/** @type {PictureFiles} */ files) => files.hasExif;
const isFromPhone = ({ capture }) => capture.camera.kind !== "camera";
const hasNothingBeside = ({ original }) => original.companions.length === 0;
const holdsMore = ({ original }) => original.path.endsWith(".MP.jpg") || original.bytes.includes("hdrgm");

/** @type {readonly Copying[]} */
export const COPIES = [
  { name: "phone backup and its copy", share: 24, fits: (files) => isFromPhone(files) && hasExif(files), make: phoneBackup },
  { name: "copy without what travels with it", share: 5, fits: always, make: bareCopy },
  { name: "copy's name", share: 9, fits: always, make: copyByName },
  { name: "saved again without EXIF", share: 8, fits: always, make: savedAgain },
  { name: "PNG", share: 5, fits: (files) => !files.original.path.endsWith(".png"), make: asPng },
  { name: "JPEG of another format", share: 30, fits: (files) => !isJpeg(files), make: asJpeg },
  { name: "enlarged", share: 3, fits: always, make: enlarged },
  { name: "for the web", share: 6, fits: hasExif, make: forTheWeb },
  {
    name: "cropped",
    share: 4,
    fits: always,
    make: edit("cropped", (random) => ({
      kind: "crop",
      width: 0.72 + random() * 0.23,
      height: 0.72 + random() * 0.23,
      left: random(),
      top: random(),
    })),
  },
  {
    name: "captioned",
    share: 3,
    fits: always,
    make: edit("captioned", (random) => ({
      kind: "text",
      words: WORDS[Math.floor(random() * WORDS.length)],
      width: 0.4 + random() * 0.4,
      left: random(),
      top: random(),
      shade: random() < 0.5 ? 20 : 240,
    })),
  },
  { name: "grey", share: 3, fits: always, make: edit("grey", () => ({ kind: "grey" })) },
  { name: "mirrored", share: 2, fits: always, make: edit("mirrored", () => ({ kind: "mirror" })) },
  {
    name: "filtered",
    share: 3,
    fits: always,
    make: edit("filtered", (random) => ({ kind: "colour", saturation: 0.5 + random(), hue: Math.round(random() * 30 - 15) })),
  },
  { name: "screenshot", share: 5, fits: always, make: screenshot },
  {
    name: "clock read as UTC",
    share: 3,
    fits: (files) => isJpeg(files) && hasExif(files) && files.capture.offset !== null,
    make: (files) => redated(files, files.capture.utcTime, true),
  },
  {
    name: "clock corrected",
    share: 3,
    fits: (files) => isJpeg(files) && hasExif(files) && hasNothingBeside(files) && !holdsMore(files),
    make: clockCorrected,
  },
  { name: "EXIF taken out", share: 4, fits: (files) => isJpeg(files) && hasExif(files), make: exifTakenOut },
  { name: "film or gain map taken out", share: 20, fits: holdsMore, make: holdingLess },
  { name: "protected album", share: 4, fits: hasNothingBeside, make: protectedCopy },
  { name: "hidden folder", share: 3, fits: always, make: hiddenCopy },
];

/** The camera roll as it was copied from the phone, and that folder once more on another drive. */
async function phoneBackup(files) {
  const card = files.capture.camera.kind === "apple" ? "DCIM/100APPLE" : "DCIM/Camera";
  for (const backup of ["Phone backup", "Old drive/Phone backup (old)"]) sameBytes(files, `${backup}/${card}`, true);
}

async function bareCopy(files, random) {
  sameBytes(files, stray(random), false);
}

async function hiddenCopy(files) {
  const { original } = files;
  files.add(`${HIDDEN_FOLDER}/${posix.basename(original.path)}`, original.bytes, { relation: "same bytes, hidden folder", asGood: true });
}

/** @param {PictureFiles} files */
function sameBytes(files, folder, withCompanions) {
  const { path, bytes } = files.original;
  const companions = withCompanions ? files.companionsIn(folder) : [];
  files.add(`${folder}/${posix.basename(path)}`, bytes, { relation: "same bytes", asGood: true, companions });
}

async function copyByName(files, random) {
  const { dir, name, ext } = posix.parse(files.original.path);
  const names = [`${name} (1)`, `${name} copy`, `${name} Kopie`, `Kopie von ${name}`, `Copy of ${name}`, `${name} - Copy`, `${name}~2`];
  const folder = random() < 0.5 ? dir : stray(random);
  const path = `${folder}/${names[Math.floor(random() * names.length)]}${ext}`;
  files.add(path, files.original.bytes, { relation: "same bytes, copy's name" });
}

/** Finer than the original, so that there are more bytes and no more to see. Without EXIF nothing tells which was first. */
async function savedAgain(files, random) {
  const asGood = isJpeg(files) && !hasExif(files);
  files.add(strayPath(files, random, "saved", "jpg"), await files.saved(97), { relation: "saved again", asGood });
}

/** Every pixel as it was; without EXIF on either side nothing is lost with the JPEG. */
async function asPng(files, random) {
  const asGood = isJpeg(files) && !hasExif(files);
  files.add(strayPath(files, random, "export", "png"), await picture(files.pixels).png().toBuffer(), { relation: "other format", asGood });
}

async function asJpeg(files, random) {
  const bytes = files.withCameraExif(await files.saved(95), files.capture.camera.software ?? EDITORS[0]);
  files.add(strayPath(files, random, "export", isHeic(files) ? "jpeg" : "jpg"), bytes, { relation: "other format" });
}

async function enlarged(files, random) {
  files.add(strayPath(files, random, "enlarged", "jpg"), await files.saved(92, 1.4 + random() * 0.6), { relation: "enlarged" });
}

async function forTheWeb(files, random) {
  const bytes = files.withCameraExif(await files.saved(82, 0.4 + random() * 0.3), EDITORS[Math.floor(random() * EDITORS.length)]);
  files.add(strayPath(files, random, "web", "jpg"), bytes, { relation: "smaller" });
}

function edit(relation, drawEdit) {
  return async (/** @type {PictureFiles} */ files, random) => {
    const bytes = await files.edited(drawEdit(random));
    const keepsExif = random() < 0.5;
    const saved = keepsExif ? files.withCameraExif(bytes, EDITORS[Math.floor(random() * EDITORS.length)]) : bytes;
    files.add(strayPath(files, random, relation, "jpg"), saved, { relation });
  };
}

async function screenshot(files, random) {
  const bars = { above: 0.1 + random() * 0.4, below: 0.1 + random() * 0.4, beside: random() < 0.5 ? 0 : random() * 0.05 };
  const shown = await sharp(await files.edited({ kind: "screenshot", ...bars, dark: random() < 0.5 }))
    .resize(Math.round(0.9 * files.pixels.width))
    .png()
    .toBuffer();
  const number = String(files.number).padStart(5, "0");
  files.add(`Screenshots/Screenshot_${number}.png`, shown, { relation: "screenshot" });
}

async function clockCorrected(files, random) {
  const hours = random() < 0.5 ? 1 : 24 * 365 * Math.floor(1 + random() * 8);
  redated(files, new Date(files.capture.wallTime.getTime() + hours * 3_600_000), false);
}

async function redated(files, wallTime, isLesser) {
  const bytes = withExif(files.plain, files.exif({ wallTime, dropZone: isLesser }));
  files.add(strayDated(files), bytes, { relation: "same pixels, re-dated", asGood: !isLesser });
}

async function exifTakenOut(files, random) {
  files.add(strayPath(files, random, "shared", "jpg"), files.plain, { relation: "same pixels" });
}

async function holdingLess(files, random) {
  files.add(strayPath(files, random, "still", "jpg"), withExif(files.plain, files.exif()), { relation: "same pixels" });
}

/** What the photographer handed over, as it was or saved again. */
async function protectedCopy(files, random) {
  const path = `${PROTECTED_FOLDER}/album-${String(files.number).padStart(5, "0")}${posix.extname(files.original.path)}`;
  if (random() < 0.5 || !isJpeg(files)) files.add(path, files.original.bytes, { relation: "same bytes" });
  else files.add(path, await files.saved(88), { relation: "saved again" });
}

const stray = (random) => STRAY_FOLDERS[Math.floor(random() * STRAY_FOLDERS.length)];
const strayDated = ({ original }) => `Pictures/Sorted anew/${posix.basename(original.path)}`;

/** Half of the copies have the original's name, in a folder of its own; the others tell what was done. */
function strayPath({ original }, random, what, extension) {
  const { dir, name } = posix.parse(original.path);
  const folder = stray(random);
  if (random() < 0.5) return `${folder}/${name}.${extension}`;
  return `${random() < 0.5 ? dir : folder}/${name}-${what}.${extension}`;
}
