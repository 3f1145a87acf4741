/**
 * Copies that services make: WhatsApp, which shrinks photos and drops their EXIF, and exports of Google Photos, whose JSON
 * records are named by rules of their own.
 */
import { posix } from "node:path";
import { takeoutRecord } from "./companion-files.mjs";
import { withExif } from "./jpeg-segments.mjs";

/** @typedef {import("./picture-files.mjs").PictureFiles} PictureFiles */

/** Longest edge after WhatsApp, beside cameras' of 1200: 1600 of 4000 pixels. */
const WHATSAPP_SCALE = 0.4;
/** Google cuts names of records to 46 characters before ".json", and names of photos to 47 with their extension. */
const RECORD_NAME = 46;
const PHOTO_NAME = 47;
const DESCRIPTIONS = ["", "", "", "Anna's birthday", "Am Strand, mit Oma", "the old kitchen before we painted it"];

const isJpeg = ({ plain }) => plain !== null;
const hasExif = (/** @type {PictureFiles} */ files) => files.hasExif;
const isFromPhone = ({ capture }) => capture.camera.kind !== "camera";
const isTiff = ({ original }) => original.path.endsWith(".tif");

/** @type {readonly import("./copies.mjs").Copying[]} */
export const SHARED_COPIES = [
  { name: "WhatsApp", share: 22, fits: (files) => !isTiff(files), make: whatsApp },
  { name: "Takeout", share: 16, fits: (files) => isFromPhone(files) && hasExif(files), make: takeout },
  { name: "Takeout, saved smaller", share: 6, fits: (files) => hasExif(files) && isJpeg(files), make: takeoutSmaller },
  { name: "Takeout, twice", share: 5, fits: (files) => hasExif(files) && isJpeg(files), make: takeoutTwice },
  { name: "Takeout, edited", share: 6, fits: hasExif, make: takeoutEdited },
  { name: "Takeout, long name", share: 2, fits: (files) => hasExif(files) && isJpeg(files), make: takeoutLongName },
];

/** Sent once, and in some chats forwarded: a forwarded photo is a file of its own with the same bytes, or saved once more. */
async function whatsApp(files, random) {
  const day = new Date(files.capture.wallTime.getTime() + 86_400_000 * Math.floor(random() * 3))
    .toISOString()
    .slice(0, 10)
    .replaceAll("-", "");
  const name = (nth) => `IMG-${day}-WA${String(4 * files.number + nth).padStart(4, "0")}.jpg`;
  const folder = `WhatsApp/Media/WhatsApp Images${random() < 0.5 ? "/Sent" : ""}`;
  const bytes = await files.saved(70, WHATSAPP_SCALE);
  files.add(`${folder}/${name(1)}`, bytes, { relation: "smaller" });
  if (random() < 0.25) files.add(`Old drive/Phone backup (old)/WhatsApp Images/${name(1)}`, bytes, { relation: "smaller" });
  if (random() < 0.15)
    files.add(`WhatsApp/Media/WhatsApp Images/${name(2)}`, await files.saved(55, WHATSAPP_SCALE), { relation: "smaller" });
}

/** The file as it was uploaded, with its film, and perhaps with words that stand nowhere else. */
async function takeout(files, random) {
  const { path, bytes, companions } = files.original;
  const name = posix.basename(path);
  // Words that only the export has, beside a RAW or edits that only the camera's folder has: no choice would keep both.
  const movesAlong = companions.every(({ holds }) => holds === "film");
  const description = movesAlong ? DESCRIPTIONS[Math.floor(random() * DESCRIPTIONS.length)] : "";
  const film = companions
    .filter(({ holds }) => holds === "film")
    .map((one) => ({ ...one, path: `${folderOf(files)}/${posix.parse(name).name}.MP4` }));
  const record = recordOf(files, name, recordName(name, random), description);
  files.add(`${folderOf(files)}/${name}`, bytes, { relation: "same bytes", asGood: true, companions: [...film, record] });
}

/** "Storage saver": fewer pixels, EXIF kept. */
async function takeoutSmaller(files, random) {
  const name = posix.basename(files.original.path);
  await addSmaller(files, name, recordName(name, random));
}

/** Uploaded by two apps, once as it was and once smaller. */
async function takeoutTwice(files, random) {
  const { path, bytes } = files.original;
  const { name, ext, base } = posix.parse(path);
  const isOld = random() < 0.5;
  const first = isOld ? `${base}.json` : `${cut(`${base}.supplemental-metadata`)}.json`;
  const second = isOld ? `${base}(1).json` : `${cut(`${base}.supplemental-metadata`)}(1).json`;
  files.add(`${folderOf(files)}/${base}`, bytes, { relation: "same bytes", asGood: true, companions: [recordOf(files, base, first, "")] });
  await addSmaller(files, `${name}(1)${ext}`, second);
}

/** The edited one has no record of its own: both go by the original's. */
async function takeoutEdited(files, random) {
  const { path, bytes } = files.original;
  const { name, base } = posix.parse(path);
  const record = recordOf(files, base, recordName(base, random), "");
  files.add(`${folderOf(files)}/${base}`, bytes, { relation: "same bytes", asGood: true, companions: [record] });
  const warmer = await files.edited({ kind: "colour", saturation: 1.2 + random() * 0.3, hue: 6 });
  const edited = withExif(warmer, files.exif({ software: "Google" }));
  files.add(`${folderOf(files)}/${name}-edited.${isJpeg(files) ? posix.extname(path).slice(1) : "jpg"}`, edited, {
    relation: "edited in Takeout",
    companions: [record],
  });
}

/** A name that came from another service: Google cuts the photo's and the record's at different places. */
async function takeoutLongName(files, random) {
  const letters = Array.from({ length: PHOTO_NAME }, () => Math.floor(random() * 36).toString(36)).join("");
  const name = `${letters.slice(0, PHOTO_NAME - 4)}.jpg`;
  const companions = [recordOf(files, `${letters}.jpg`, `${cut(name)}.json`, "")];
  files.add(`${folderOf(files)}/${name}`, files.original.bytes, { relation: "same bytes", asGood: true, companions });
}

async function addSmaller(files, name, record) {
  const bytes = withExif(await files.saved(75, 0.8), files.exif());
  files.add(`${folderOf(files)}/${name}`, bytes, { relation: "smaller", companions: [recordOf(files, name, record, "")] });
}

/** A record repeats what the camera's own EXIF says, unless there are words in it. */
function recordOf(files, title, name, description) {
  const bytes = Buffer.from(takeoutRecord(title, files.capture, description));
  return { path: `${folderOf(files)}/${name}`, holds: "facts (.json)", repeated: description === "", bytes };
}

function recordName(photo, random) {
  return `${cut(random() < 0.5 ? photo : `${photo}.supplemental-metadata`)}.json`;
}

const cut = (name) => name.slice(0, RECORD_NAME);
const folderOf = ({ capture }) => `Takeout/Google Photos/Photos from ${capture.wallTime.getUTCFullYear()}`;
