/**
 * What else lies in such a library: damaged files, files under names that promise no photo, and thumbnails in hidden folders.
 */

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

/** @type {readonly { readonly what: string, readonly name: (stem: string) => string }[]} */
const UNPROMISING = [
  { what: "no extension", name: (stem) => stem },
  { what: "numbered behind the extension", name: (stem) => `${stem}.JPG.1` },
  { what: "kept by exiftool", name: (stem) => `${stem}.jpg_original` },
  { what: "an old ending", name: (stem) => `${stem}.jif` },
  { what: "several pictures in one", name: (stem) => `${stem}.mpo` },
];

/**
 * @param {PictureFiles} files
 * @param {number} turn which kinds it gets
 * @returns {{ readonly damaged: readonly Oddity[], readonly passedOver: readonly Oddity[] }}
 */
export function odditiesOf({ capture, original }, turn) {
  const damage = DAMAGED[turn % DAMAGED.length];
  const unpromising = UNPROMISING[turn % UNPROMISING.length];
  const { stem } = capture;
  return {
    damaged: [{ path: `Downloads/${damage.name(stem)}`, what: damage.what, bytes: damage.bytes(original.bytes) }],
    passedOver: [
      { path: `Old drive/Found/${unpromising.name(stem)}`, what: unpromising.what, bytes: original.bytes },
      { path: `Phone backup/DCIM/.thumbnails/${stem}.jpg`, what: "hidden folder", bytes: original.bytes },
    ],
  };
}
