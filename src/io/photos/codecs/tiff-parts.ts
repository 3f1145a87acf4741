/**
 * What the pixels of a TIFF's first picture are decoded from.
 */
import { readAt } from "../read-at.ts";
import type { PixelParts } from "./pixel-parts.ts";
import { numbersOf, readTiffDirectory } from "./tiff-directory.ts";
import { DESCRIPTIVE_TAGS } from "./tiff-exif.ts";

/** Where the pieces of the picture lie and how long they are. */
const STRIPS = [273, 279] as const;
const TILES = [324, 325] as const;
/** Further directories: smaller pictures, masks. */
const SUB_DIRECTORIES = 330;
const COMPRESSION = 259;
/** JPEG as TIFF 6.0 had it: its tables lie anywhere in the file. */
const OLD_JPEG = 6;
const PIECE = 1 << 20;

/** Every field but those that tell of the photo, and the coded pieces. Takes in no more than a piece of them at once. */
export const tiffParts: PixelParts = async (file, add) => {
  const directory = await readTiffDirectory(file);
  if (directory === null || numbersOf(directory, COMPRESSION)[0] === OLD_JPEG) return false;
  const isTiled = directory.fields.some(({ tag }) => tag === TILES[0]);
  const [places, lengths] = (isTiled ? TILES : STRIPS).map((tag) => numbersOf(directory, tag)) as [readonly number[], readonly number[]];
  if (places.length === 0 || places.length !== lengths.length) return false;
  add(directory.isLittleEndian ? "little-endian" : "big-endian", new Uint8Array(0));
  const leftOut = new Set<number>([...STRIPS, ...TILES, SUB_DIRECTORIES]);
  for (const { tag, type, value } of directory.fields) {
    if (!DESCRIPTIVE_TAGS.has(tag) && !leftOut.has(tag)) add(`${tag} ${type}`, value);
  }
  for (const [i, place] of places.entries()) {
    const end = place + (lengths[i] as number);
    add("piece", new Uint8Array(0));
    for (let at = place; at < end; at += PIECE) {
      const bytes = await readAt(file, at, Math.min(PIECE, end - at));
      if (bytes.length < Math.min(PIECE, end - at)) return false;
      add("", bytes);
    }
  }
  return true;
};
