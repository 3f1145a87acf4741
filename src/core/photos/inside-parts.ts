/**
 * What the header of a picture promises of the file that it stands in: a motion photo's film, a gain map. Whether it is there is
 * for the file to show, since editors keep the words and drop what they speak of.
 */
import type { InsidePart } from "./photo.ts";

/** Where a part should begin. */
export interface PromisedPart {
  readonly part: InsidePart;
  /** Bytes from the end of the file to its beginning. */
  readonly fromEnd: number;
}

const CONTAINER_ITEM = /<(?:Container|GContainer):Item\b[^>]*>/g;
const PART_OF_ITEM: Readonly<Record<string, InsidePart>> = { MotionPhoto: "film", GainMap: "gain-map" };

/**
 * @param xmp of the picture, in which Google lists what the file holds, in order, the picture itself first and without its length;
 *   older motion photos name their film's place alone (developer.android.com/media/platform/motion-photo-format)
 */
export function promisedParts(xmp: string): readonly PromisedPart[] {
  const items = [...xmp.matchAll(CONTAINER_ITEM)].map(([item]) => ({
    part: PART_OF_ITEM[attribute(item, "Semantic") ?? ""],
    bytes: Number(attribute(item, "Length") ?? 0),
  }));
  const promised: PromisedPart[] = [];
  let fromEnd = 0;
  for (const { part, bytes } of items.reverse()) {
    fromEnd += bytes;
    if (part !== undefined && bytes > 0) promised.push({ part, fromEnd });
  }
  const offset = Number(/\bMicroVideoOffset="(\d+)"/.exec(xmp)?.[1] ?? 0);
  return offset > 0 && promised.length === 0 ? [{ part: "film", fromEnd: offset }] : promised;
}

function attribute(item: string, name: string): string | undefined {
  return new RegExp(`:${name}="([^"]*)"`).exec(item)?.[1];
}

/**
 * @param start the first bytes of the part
 * @returns whether it is what was promised: a film is a box of the ISO base media format named "ftyp", a gain map a JPEG or a TIFF-like
 *   box of its own
 */
export function isPart(part: InsidePart, start: Uint8Array): boolean {
  if (part === "film") return String.fromCharCode(...start.subarray(4, 8)) === "ftyp";
  return start[0] === 0xff && start[1] === 0xd8;
}

/**
 * Samsung's directory at the end of a file lists what was put behind the picture: "SEFH", version, number of entries, then entries
 * of twelve bytes, the second two of which are the kind.
 * @param directory the bytes that begin with "SEFH"
 */
export function listsSamsungFilm(directory: Uint8Array): boolean {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  if (directory.byteLength < 12 || String.fromCharCode(...directory.subarray(0, 4)) !== "SEFH") return false;
  const entries = Math.min(view.getUint32(8, true), Math.floor((directory.byteLength - 12) / 12));
  return Array.from({ length: entries }, (_, at) => view.getUint16(12 + 12 * at + 2, true)).includes(SAMSUNG_FILM);
}
const SAMSUNG_FILM = 0x0a30;
