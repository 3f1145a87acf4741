/**
 * What a camera writes into a photo: EXIF as each maker does it, with or without fractions of a second, zone, place and
 * frame counters.
 */
import { writeTiff } from "./tiff-writer.mjs";

/** @typedef {import("./captures.mjs").Capture} Capture */
/** @typedef {import("./tiff-writer.mjs").Directory} Directory */

/**
 * What a program changed when it saved the photo anew.
 * @typedef {object} ExifChanges
 * @property {string} [software] that names itself
 * @property {Date} [wallTime] capture time in place of the camera's
 * @property {boolean} [dropZone] and fraction: programs that know only DateTimeOriginal
 * @property {boolean} [dropCamera]
 * @property {boolean} [dropPlace]
 */

const TAGS = { make: 271, model: 272, orientation: 274, software: 305, dateTime: 306, exif: 0x8769, gps: 0x8825 };
const EXIF_TAGS = {
  exposureTime: 0x829a,
  aperture: 0x829d,
  iso: 0x8827,
  version: 0x9000,
  taken: 0x9003,
  digitized: 0x9004,
  offset: 0x9010,
  offsetTaken: 0x9011,
  offsetDigitized: 0x9012,
  focalLength: 0x920a,
  imageNumber: 0x9211,
  fraction: 0x9290,
  fractionTaken: 0x9291,
  fractionDigitized: 0x9292,
  uniqueId: 0xa420,
  lens: 0xa434,
};

/**
 * @param {Capture} capture
 * @param {ExifChanges} [changes]
 * @returns {Buffer} a TIFF structure
 */
export function exifOf(capture, changes = {}) {
  return writeTiff(exifDirectory(capture, changes), { bigEndian: capture.camera.bigEndian });
}

/**
 * The same as fields, for formats that are TIFF themselves.
 * @param {Capture} capture
 * @param {ExifChanges} [changes]
 * @returns {Directory}
 */
export function exifDirectory(capture, { software, wallTime = capture.wallTime, dropZone, dropCamera, dropPlace } = {}) {
  const { camera } = capture;
  const maker = dropCamera
    ? []
    : [
        [TAGS.make, "ASCII", camera.make],
        [TAGS.model, "ASCII", camera.model],
      ];
  const program = software ?? camera.software;
  return [
    ...maker,
    [TAGS.orientation, "SHORT", [1]],
    ...(program === undefined ? [] : [[TAGS.software, "ASCII", program]]),
    [TAGS.dateTime, "ASCII", exifTime(wallTime)],
    [TAGS.exif, "IFD", exposureDirectory(capture, wallTime, dropZone, dropCamera)],
    ...(capture.place === null || dropPlace ? [] : [[TAGS.gps, "IFD", placeDirectory(capture.place)]]),
  ];
}

function exposureDirectory({ camera, fraction, offset, imageNumber, uniqueId, settings }, wallTime, dropZone, dropCamera) {
  const time = exifTime(wallTime);
  const text = (tag, value) => (value === null || dropZone ? [] : [[tag, "ASCII", value]]);
  return [
    [EXIF_TAGS.exposureTime, "RATIONAL", [[1, settings.speed]]],
    [EXIF_TAGS.aperture, "RATIONAL", [[settings.aperture, 10]]],
    [EXIF_TAGS.iso, "SHORT", [settings.iso]],
    [EXIF_TAGS.version, "UNDEFINED", Buffer.from("0232")],
    [EXIF_TAGS.taken, "ASCII", time],
    [EXIF_TAGS.digitized, "ASCII", time],
    ...[EXIF_TAGS.offset, EXIF_TAGS.offsetTaken, EXIF_TAGS.offsetDigitized].flatMap((tag) => text(tag, offset)),
    [EXIF_TAGS.focalLength, "RATIONAL", [[settings.focalLength, 1]]],
    ...(imageNumber === null || dropCamera ? [] : [[EXIF_TAGS.imageNumber, "LONG", [imageNumber]]]),
    ...[EXIF_TAGS.fraction, EXIF_TAGS.fractionTaken, EXIF_TAGS.fractionDigitized].flatMap((tag) => text(tag, fraction)),
    ...(uniqueId === null || dropCamera ? [] : [[EXIF_TAGS.uniqueId, "ASCII", uniqueId]]),
    ...(camera.lens === undefined || dropCamera ? [] : [[EXIF_TAGS.lens, "ASCII", camera.lens]]),
  ];
}

function placeDirectory({ latitude, longitude }) {
  return [
    [0, "BYTE", [2, 3, 0, 0]],
    [1, "ASCII", latitude < 0 ? "S" : "N"],
    [2, "RATIONAL", degrees(Math.abs(latitude))],
    [3, "ASCII", longitude < 0 ? "W" : "E"],
    [4, "RATIONAL", degrees(Math.abs(longitude))],
  ];
}

/** Degrees, minutes and hundredths of seconds. */
function degrees(value) {
  const seconds = Math.round(value * 360_000);
  return [
    [Math.floor(seconds / 360_000), 1],
    [Math.floor(seconds / 6000) % 60, 1],
    [seconds % 6000, 100],
  ];
}

/**
 * @param {Date} wallTime the camera's clock, read as if it stood at UTC
 * @returns {string} such as "2019:03:21 11:04:22"
 */
export function exifTime(wallTime) {
  return wallTime.toISOString().slice(0, 19).replaceAll("-", ":").replace("T", " ");
}
