/**
 * The files of one picture while they are made: the original, what travels with it, and what became of its copies.
 */
import { posix } from "node:path";
import { editPicture } from "../../dist/io/photos/edit-photo.js";
import { picture } from "./base-pictures.mjs";
import { exifOf } from "./exif.mjs";
import { withExif } from "./jpeg-segments.mjs";
import { chooseKeepers } from "./truth.mjs";

/** @typedef {import("./base-pictures.mjs").Pixels} Pixels */
/** @typedef {import("./captures.mjs").Capture} Capture */

/** @typedef {{ readonly path: string, readonly holds: string, readonly repeated: boolean, readonly bytes: Buffer }} MadeCompanion */
/**
 * @typedef {object} MadeFile
 * @property {string} path
 * @property {Buffer} bytes
 * @property {import("./truth.mjs").Relation} relation
 * @property {boolean} asGood as `chooseKeepers` asks
 * @property {readonly MadeCompanion[]} companions
 */

export class PictureFiles {
  /** @type {MadeFile[]} */
  files = [];

  /**
   * @param {object} facts
   * @param {string} facts.id
   * @param {number} facts.number of the picture in its library
   * @param {Capture} facts.capture
   * @param {Pixels} facts.pixels as the sensor gave them
   * @param {{ readonly bytes: Buffer, readonly place: object } | null} facts.heic a phone's file that the picture is cut from
   */
  constructor({ id, number, capture, pixels, heic }) {
    this.id = id;
    this.number = number;
    this.capture = capture;
    /** What is to be seen on the original once it is decoded; set with it. */
    this.pixels = pixels;
    this.heic = heic;
    /** The original as a JPEG without metadata, where it is a JPEG. */
    this.plain = null;
    /** @type {import("./exif.mjs").ExifChanges} what the original's EXIF lacks of the camera's own */
    this.exifOfOriginal = {};
  }

  get original() {
    return this.files[0];
  }

  /**
   * Adds a file under its name, or under the next free one where another copy of the picture has that name already.
   * @param {string} path
   * @param {Buffer} bytes
   * @param {Partial<Omit<MadeFile, "path" | "bytes">>} [facts]
   * @returns {MadeFile}
   */
  add(path, bytes, { relation = "original", asGood = relation === "original", companions = [] } = {}) {
    const { dir, name, ext } = posix.parse(path);
    let free = path;
    const isTaken = (candidate) => this.files.some((file) => file.path.toLowerCase() === candidate.toLowerCase());
    for (let again = 2; isTaken(free); again++) free = `${dir}/${name}_${again}${ext}`;
    const file = { path: free, bytes, relation, asGood, companions };
    this.files.push(file);
    return file;
  }

  /** The original's companions as they stand beside a copy of it in another folder. */
  companionsIn(folder) {
    const from = posix.dirname(this.original.path);
    return this.original.companions.map((one) => ({ ...one, path: posix.join(folder, posix.relative(from, one.path)) }));
  }

  /** Whether the original has EXIF; what has lost it on its way here does not get it back. */
  get hasExif() {
    return this.original.path.startsWith("Pictures/2");
  }

  /** @param {import("./exif.mjs").ExifChanges} [changes] to what the original has */
  exif(changes) {
    return exifOf(this.capture, { ...this.exifOfOriginal, ...changes });
  }

  /**
   * The original carried through an editor.
   * @param {import("../../src/core/synthetic/edits.ts").SingleEdit} edit
   * @returns {Promise<Buffer>} JPEG, or PNG of a screenshot; without metadata
   */
  async edited(edit) {
    return Buffer.from(await editPicture(this.pixels, edit));
  }

  /**
   * The original saved anew.
   * @param {number} quality of the JPEG
   * @param {number} [scale] of its edges
   * @returns {Promise<Buffer>} without metadata
   */
  saved(quality, scale = 1) {
    const size = [Math.round(this.pixels.width * scale), Math.round(this.pixels.height * scale)];
    return picture(this.pixels)
      .resize(...size, { fit: "fill" })
      .jpeg({ quality })
      .toBuffer();
  }

  /**
   * @param {Buffer} jpeg without metadata
   * @param {string} software that keeps the camera's EXIF, where there is some, and names itself
   */
  withCameraExif(jpeg, software) {
    return this.hasExif ? withExif(jpeg, this.exif({ software })) : jpeg;
  }

  /** @returns {Omit<import("./truth.mjs").PictureTruth, "id" | "origin" | "taken" | "camera" | "source">} */
  truth() {
    const known = this.files.map(({ path, relation, companions, asGood }) => ({
      path,
      relation,
      asGood,
      companions: companions.map((one) => ({ path: one.path, holds: one.holds, repeated: one.repeated })),
    }));
    return { files: known.map(({ asGood, ...file }) => file), ...chooseKeepers(known) };
  }
}
