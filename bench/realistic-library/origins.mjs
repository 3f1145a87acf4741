/**
 * How pictures come into the library: what a camera or a phone wrote, and what it wrote beside it.
 */
import sharp from "sharp";
import { decodeHeic } from "../../dist/io/photos/codecs/libheif.js";
import { picture, rgb } from "./base-pictures.mjs";
import { datedFolder } from "./captures.mjs";
import { EDIT_RECORDS, film, rawFile } from "./companion-files.mjs";
import { exifDirectory } from "./exif.mjs";
import { cutHeic } from "./heic.mjs";
import { withExif, withFilmInside, withGainMap } from "./jpeg-segments.mjs";
import { writeTiff } from "./tiff-writer.mjs";

/** @typedef {import("./picture-files.mjs").PictureFiles} PictureFiles */
/**
 * @typedef {object} Origin
 * @property {string} name
 * @property {number} share of the pictures of the cameras it fits
 * @property {(camera: import("./cameras.mjs").Camera) => boolean} fits
 * @property {(files: PictureFiles, random: () => number) => Promise<void>} make adds the original
 */

const CAMERA_QUALITY = 92;
/** 16 bits a channel take six bytes a pixel: scans are kept smaller than photos. */
const TIFF_EDGE = 640;

const isPhone = ({ kind }) => kind !== "camera";
const isKind = (wanted) => (camera) => camera.kind === wanted;
const hasRaw = ({ raw }) => raw !== undefined;

/** @type {readonly Origin[]} */
export const ORIGINS = [
  { name: "camera JPEG", share: 45, fits: () => true, make: (files) => cameraJpeg(files) },
  { name: "RAW and JPEG", share: 14, fits: hasRaw, make: (files) => rawAndJpeg(files, ".") },
  { name: "RAW and JPEG, RAW in a folder", share: 5, fits: hasRaw, make: (files) => rawAndJpeg(files, "RAW") },
  { name: "JPEG with edits beside it", share: 10, fits: isKind("camera"), make: jpegWithEdits },
  { name: "TIFF of 16 bits", share: 4, fits: isKind("camera"), make: (files) => cameraTiff(files, 16) },
  { name: "scan without EXIF", share: 4, fits: isKind("camera"), make: withoutExif("Pictures/Scans", "scan") },
  { name: "received without EXIF", share: 6, fits: isPhone, make: withoutExif("WhatsApp/Media/WhatsApp Images", "received") },
  { name: "Live Photo", share: 55, fits: isKind("apple"), make: livePhoto },
  { name: "edited on the phone", share: 14, fits: isKind("apple"), make: editedOnPhone },
  { name: "motion photo", share: 20, fits: isKind("pixel"), make: motionPhoto },
  { name: "Ultra HDR photo", share: 12, fits: isKind("pixel"), make: gainMapPhoto },
  { name: "RAW and cover", share: 12, fits: isKind("pixel"), make: rawAndCover },
];

/** @param {PictureFiles} files */
export async function cameraJpeg(files, companions = [], name = nameOf(files)) {
  await expose(files);
  files.add(`${datedFolder(files.capture)}/${name}`, withExif(files.plain, files.exif()), { companions });
}

/** @param {PictureFiles} files */
export function jpegWithoutCamera(files) {
  files.exifOfOriginal = { dropCamera: true };
  return cameraJpeg(files);
}

/**
 * @param {PictureFiles} files
 * @param {8 | 16} bits a channel
 */
export async function cameraTiff(files, bits) {
  files.pixels = await rgb(picture(files.pixels).resize(TIFF_EDGE, TIFF_EDGE, { fit: "inside", withoutEnlargement: true }));
  const { data, width, height } = files.pixels;
  // Little-endian; a scanner's lower byte is not zero.
  const samples = bits === 8 ? Buffer.from(data) : Buffer.from(Uint8Array.from({ length: 2 * data.length }, (_, i) => data[i >> 1]));
  const directory = [
    ...exifDirectory(files.capture),
    [256, "LONG", [width]],
    [257, "LONG", [height]],
    [258, "SHORT", [bits, bits, bits]],
    [259, "SHORT", [1]], // not compressed
    [262, "SHORT", [2]], // RGB
    [273, "DATA", samples],
    [277, "SHORT", [3]],
    [278, "LONG", [height]],
    [279, "LONG", [samples.length]],
  ];
  files.add(`${datedFolder(files.capture)}/${files.capture.stem}.tif`, writeTiff(directory));
}

/** What the sensor saw, as the camera's JPEG shows it. */
async function expose(files) {
  files.plain = await picture(files.pixels).jpeg({ quality: CAMERA_QUALITY }).toBuffer();
  files.pixels = await rgb(sharp(files.plain));
}

async function rawAndJpeg(files, folder) {
  const { camera, stem } = files.capture;
  const path = `${datedFolder(files.capture)}/${folder === "." ? "" : `${folder}/`}${stem}.${camera.raw.toUpperCase()}`;
  const companion = { path, holds: "RAW", repeated: false, bytes: rawFile(camera.raw, files.capture, await previewOf(files)) };
  await cameraJpeg(files, [companion]);
}

/** Lightroom, darktable, PhotoLab and RawTherapee name their records in three ways. */
async function jpegWithEdits(files, random) {
  const { stem } = files.capture;
  const endings = [`${stem}.xmp`, `${nameOf(files)}.xmp`, `${nameOf(files)}.dop`, `${nameOf(files)}.pp3`];
  const name = endings[Math.floor(random() * endings.length)];
  const record = EDIT_RECORDS[name.slice(-3)]((random() * 2 - 1).toFixed(2));
  await cameraJpeg(files, [besides(files, name, `edits (.${name.slice(-3)})`, Buffer.from(record))]);
}

function withoutExif(folder, prefix) {
  return async (files) => {
    const wall = files.capture.wallTime.toISOString().slice(0, 10).replaceAll("-", "");
    const number = String(prefix === "received" ? 4 * files.number : files.number).padStart(4, "0");
    if (prefix === "received") files.pixels = await rgb(picture(files.pixels).resize(Math.round(0.75 * files.pixels.width)));
    await expose(files);
    files.add(`${folder}/${prefix === "received" ? `IMG-${wall}-WA${number}` : `scan ${number}`}.jpg`, files.plain);
  };
}

async function livePhoto(files, random) {
  const { stem, camera } = files.capture;
  const moving = camera.model === "iPhone 6s" || random() < 0.8 ? `${stem}.MOV` : `${stem}_HEVC.MOV`;
  await phonePhoto(files, [besides(files, moving, "film", film(random))]);
}

/** An iPhone keeps the photo, the photo as edited, and what was done; after a Mac's import also what it did before. */
async function editedOnPhone(files, random) {
  const { stem } = files.capture;
  const record = Buffer.from(EDIT_RECORDS.aae((random() * 2 - 1).toFixed(2)));
  const companions = [besides(files, `${stem}.AAE`, "edits (.aae)", record)];
  const number = stem.slice("IMG_".length);
  if (random() < 0.3) companions.push(besides(files, `IMG_O${number}.AAE`, "earlier edits (.aae)", Buffer.from(EDIT_RECORDS.aae("0.00"))));
  await phonePhoto(files, companions);
  const lighter = await files.edited({ kind: "brightness", factor: 1.15 + random() * 0.2 });
  const bytes = files.withCameraExif(lighter, files.capture.camera.software);
  files.add(`${datedFolder(files.capture)}/IMG_E${number}.JPG`, bytes, { relation: "edited on the phone", companions });
}

/** HEIC where there is one to cut the picture from, else JPEG as "most compatible" phones write it. */
async function phonePhoto(files, companions) {
  if (files.heic === null) return cameraJpeg(files, companions);
  const bytes = cutHeic(files.heic.bytes, files.heic.place, files.exif());
  const { data, width, height } = decodeHeic(bytes);
  files.pixels = await rgb(sharp(Buffer.from(data), { raw: { width, height, channels: 4 } }).flatten());
  files.add(`${datedFolder(files.capture)}/${files.capture.stem}.HEIC`, bytes, { companions });
}

/** A phone writes its own screen as PNG, without a word of EXIF. */
export async function screenShown(files) {
  const number = String(files.number).padStart(5, "0");
  files.add(`Screenshots/Screenshot_${number}.png`, await picture(files.pixels).png().toBuffer());
}

async function motionPhoto(files, random) {
  await expose(files);
  const bytes = withFilmInside(files.plain, files.exif(), film(random, "mp42"));
  files.add(`${datedFolder(files.capture)}/${files.capture.stem}.MP.jpg`, bytes);
}

async function gainMapPhoto(files) {
  await expose(files);
  const map = await picture(files.pixels).resize(300, 300, { fit: "inside" }).greyscale().jpeg({ quality: 80 }).toBuffer();
  files.add(`${datedFolder(files.capture)}/${nameOf(files)}`, withGainMap(files.plain, files.exif(), map));
}

async function rawAndCover(files) {
  const { stem } = files.capture;
  const raw = besides(files, `${stem}.RAW-02.ORIGINAL.dng`, "RAW", rawFile("dng", files.capture, await previewOf(files)));
  await cameraJpeg(files, [raw], `${stem}.RAW-01.COVER.jpg`);
}

const nameOf = ({ capture }) => `${capture.stem}.${capture.camera.extension}`;
const besides = (files, name, holds, bytes) => ({ path: `${datedFolder(files.capture)}/${name}`, holds, repeated: false, bytes });
const previewOf = (files) => picture(files.pixels).resize(480, 480, { fit: "inside" }).jpeg({ quality: 80 }).toBuffer();
