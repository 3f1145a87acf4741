/**
 * What else lies in such a library: damaged files, copies under names that promise no photo, and thumbnails in hidden folders.
 */
import { posix } from "node:path";

/** @typedef {import("./picture-files.mjs").PictureFiles} PictureFiles */
/** @typedef {{ readonly path: string, readonly what: string, readonly bytes: Buffer }} Oddity */

/** @type {readonly { readonly what: string, readonly name: (stem: string) => string, readonly bytes: (photo: Buffer) => Buffer }[]} */
const DAMAGED = [
  { what: "cut short", name: (stem) => `${stem}-recovered.jpg`, bytes: (photo) => photo.subarray(0, Math.floor(photo.length * 0.3)) },
  { what: "empty", name: (stem) => `${stem}-empty.jpg`, bytes: () => Buffer.alloc(0) },
  { what: "a page of an error", name: (stem) => `${stem}-download.jpg`, bytes: () => Buffer.from("<!doctype html><title>404</title>") },
  { what: "zeros", name: (stem) => `${stem}-zeros.jpg`, bytes: (photo) => Buffer.alloc(photo.length) },
  { what: "only a head", name: (stem) => `${stem}-head.png`, bytes: () => Buffer.from("89504e470d0a1a0a0000000d49484452", "hex") },
];

/** What is read all the same, each beside the picture it is of: exiftool's and downloads' copies, and rare endings. */
const ODD_NAMES = [
  (/** @type {string} */ stem) => `${stem}.JPG.1`,
  (/** @type {string} */ stem) => `${stem}.jpg_original`,
  (/** @type {string} */ stem) => `${stem}.jif`,
  (/** @type {string} */ stem) => `${stem}.mpo`,
];

/**
 * Adds a copy of the original, byte for byte, under a name that promises no photo.
 * @param {PictureFiles} files
 * @param {number} turn which name it gets
 */
export function addOddlyNamed(files, turn) {
  const name = ODD_NAMES[turn % ODD_NAMES.length](posix.parse(files.original.path).name);
  files.add(`Old drive/Found/${name}`, files.original.bytes, { relation: "same bytes, odd name" });
}

/**
 * @param {PictureFiles} files
 * @param {number} turn which kind of damage it gets
 * @returns {{ readonly damaged: readonly Oddity[], readonly passedOver: readonly Oddity[] }}
 */
export function odditiesOf({ capture, original }, turn) {
  const damage = DAMAGED[turn % DAMAGED.length];
  const { stem } = capture;
  return {
    damaged: [{ path: `Downloads/${damage.name(stem)}`, what: damage.what, bytes: damage.bytes(original.bytes) }],
    passedOver: [{ path: `Phone backup/DCIM/.thumbnails/${stem}.jpg`, what: "hidden folder", bytes: original.bytes }],
  };
}
