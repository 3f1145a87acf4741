/**
 * Files that travel with photos: films, RAW files with a preview inside, records of edits, and Google's JSON.
 */
import { exifDirectory } from "./exif.mjs";
import { writeTiff } from "./tiff-writer.mjs";

/** @typedef {import("./captures.mjs").Capture} Capture */

const DNG_VERSION = 0xc612;
/** A RAW is told by its first bytes: TIFF with the maker's name, Canon's mark, or Fujifilm's own form. */
const RAW_MARKS = { cr2: Buffer.from([0x43, 0x52, 2, 0, 0, 0, 0, 0]) };
const RAF_HEADER = 148;

/**
 * @param {string} kind extension in small letters
 * @param {Capture} capture
 * @param {Buffer} preview a JPEG
 * @returns {Buffer} a file that is of this kind by its bytes, with EXIF and a preview, and no sensor data
 */
export function rawFile(kind, capture, preview) {
  if (kind === "raf") {
    const header = Buffer.alloc(RAF_HEADER);
    header.write("FUJIFILMCCD-RAW 0201FF129502", "latin1");
    header.write(capture.camera.model, 28, "latin1");
    header.writeUInt32BE(RAF_HEADER, 84);
    header.writeUInt32BE(preview.length, 88);
    return Buffer.concat([header, preview]);
  }
  const directory = [
    ...exifDirectory(capture),
    [254, "LONG", [1]], // a preview
    [259, "SHORT", [7]], // JPEG
    [273, "DATA", preview],
    [279, "LONG", [preview.length]],
    ...(kind === "dng" ? [[DNG_VERSION, "BYTE", [1, 4, 0, 0]]] : []),
  ];
  return writeTiff(directory, { bigEndian: kind === "nef", mark: RAW_MARKS[kind] });
}

/**
 * A QuickTime or MP4 file by its boxes; what it shows is noise.
 * @param {() => number} random
 * @param {"qt  " | "mp42"} brand
 * @returns {Buffer}
 */
export function film(random, brand = "qt  ") {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(600, 12); // units of time a second
  header.writeUInt32BE(1800, 16);
  header.writeUInt32BE(0x10000, 20);
  const frames = Buffer.from(Array.from({ length: 2000 }, () => Math.floor(random() * 256)));
  return Buffer.concat([
    box("ftyp", Buffer.from(`${brand}\0\0\0\0${brand}`, "latin1")),
    box("moov", box("mvhd", header)),
    box("mdat", frames),
  ]);
}

/**
 * @param {string} type four letters
 * @param {...Buffer} parts
 * @returns {Buffer} a box of the ISO base media format (ISO/IEC 14496-12)
 */
export function box(type, ...parts) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(parts.reduce((sum, part) => sum + part.length, 8));
  head.write(type, 4, "latin1");
  return Buffer.concat([head, ...parts]);
}

/** Edits as the programs write them down beside a photo. */
export const EDIT_RECORDS = {
  xmp: (exposure) =>
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="${exposure}" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>\n`,
  dop: (exposure) =>
    `Sidecar = {\nSource = {\nItems = {\n{\nRating = 4,\nSettings = {\nOverrides = {\nExposureBias = ${exposure},\n}\n}\n}\n}\n}\n}\n`,
  pp3: (exposure) => `[Version]\nVersion=351\n\n[General]\nRank=4\n\n[Exposure]\nCompensation=${exposure}\n`,
  aae: (exposure) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>adjustmentFormatIdentifier</key><string>com.apple.photo</string><key>adjustmentExposure</key><real>${exposure}</real></dict></plist>\n`,
};

/**
 * Google's record of a photo in a Takeout.
 * @param {string} title the photo's name
 * @param {Capture} capture
 * @param {string} description what its owner wrote; empty for nothing
 */
export function takeoutRecord(title, { utcTime, place }, description) {
  const geoData = { latitude: place?.latitude ?? 0, longitude: place?.longitude ?? 0, altitude: 0 };
  const photoTakenTime = { timestamp: String(Math.floor(utcTime.getTime() / 1000)), formatted: utcTime.toUTCString() };
  return `${JSON.stringify({ title, description, photoTakenTime, geoData, url: "https://photos.google.com/photo/" }, null, 2)}\n`;
}
