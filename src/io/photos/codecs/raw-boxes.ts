/**
 * Camera originals that are no TIFF: Canon's CR3, built of boxes as films are (ISO/IEC 14496-12), and Fujifilm's RAF.
 */
import type { FileHandle } from "node:fs/promises";
import { readAt } from "../read-at.ts";
import { type Embedded, endOf, type FoundOriginal } from "./raw-original.ts";
import { numbersOf, readDirectoryAt, type TiffDirectory } from "./tiff-directory.ts";
import { exifBlock } from "./tiff-exif.ts";

/** In the head of a RAF: where its picture stands and how long it is, big-endian. */
const RAF_JPEG = 84;

export function findInRaf(head: Buffer): FoundOriginal {
  const embedded = head.length < RAF_JPEG + 8 ? [] : [{ start: head.readUInt32BE(RAF_JPEG), bytes: head.readUInt32BE(RAF_JPEG + 4) }];
  return { embedded, end: endOf(embedded), size: null, orientation: null, exif: null };
}

interface Box {
  readonly type: string;
  /** Of Canon's own boxes, in hexadecimal; empty for those of the standard. */
  readonly id: string;
  /** Behind its header and its id. */
  readonly content: number;
  readonly end: number;
}

/** Canon's own boxes: what the camera wrote, in the description, and the preview, behind it. */
const [CAMERA_ID, PREVIEW_ID] = ["85c0b687820f11e08111f4ce462b6a48", "eaf42b5e1c984b88b9fbb7dc406e4d16"];
const ID_BYTES = 16;
const BOXES_AT_MOST = 200;
/** Before the length of the preview in its box, and with it. */
const [PREVIEW_LENGTH_AT, PREVIEW_AT] = [28, 32];
const ORIENTATION = 274;

export async function findInCr3(file: FileHandle): Promise<FoundOriginal> {
  const boxes = await boxesWithin(file, 0, (await file.stat()).size);
  const movie = await boxesIn(file, boxes, "moov");
  const camera = movie.find(({ id }) => id === CAMERA_ID);
  const parts = camera === undefined ? [] : await boxesWithin(file, camera.content, camera.end);
  const [own, exif, gps] = await Promise.all(["CMT1", "CMT2", "CMT4"].map((name) => directoryIn(file, parts, name)));
  const tracks = await Promise.all(movie.filter(({ type }) => type === "trak").map((track) => sampleOf(file, track)));
  const previews = await Promise.all(boxes.filter(({ id }) => id === PREVIEW_ID).map((box) => previewIn(file, box)));
  const embedded = [...tracks, ...previews].flat();
  return {
    embedded,
    end: endOf(embedded),
    size: null,
    orientation: own === undefined || own === null ? null : (numbersOf(own, ORIENTATION)[0] ?? null),
    exif: own === undefined || own === null ? null : (exifBlock(own, exif?.fields ?? [], gps?.fields ?? []) ?? null),
  };
}

/** Each part of what the camera wrote is a TIFF of its own with one directory. */
async function directoryIn(file: FileHandle, parts: readonly Box[], type: string): Promise<TiffDirectory | null> {
  const part = parts.find((box) => box.type === type);
  if (part === undefined) return null;
  const head = await readAt(file, part.content, 8);
  if (head.length < 8) return null;
  const isLittleEndian = head[0] === 0x49;
  const first = isLittleEndian ? head.readUInt32LE(4) : head.readUInt32BE(4);
  return readDirectoryAt(file, part.content + first, isLittleEndian, part.content);
}

/** The first sample of a track: of the first track it is a JPEG at full size, of the others the sensor's data. */
async function sampleOf(file: FileHandle, track: Box): Promise<readonly Embedded[]> {
  let boxes = await boxesWithin(file, track.content, track.end);
  for (const type of ["mdia", "minf", "stbl"]) boxes = await boxesIn(file, boxes, type);
  const [sizes, places] = ["stsz", "co64"].map((type) => boxes.find((box) => box.type === type));
  if (sizes === undefined || places === undefined) return [];
  const [size, place] = [await readAt(file, sizes.content, 16), await readAt(file, places.content, 16)];
  if (size.length < 12 || place.length < 16) return [];
  const bytes = size.readUInt32BE(4) || (size.length < 16 ? 0 : size.readUInt32BE(12));
  return [{ start: Number(place.readBigUInt64BE(8)), bytes }];
}

async function previewIn(file: FileHandle, { content }: Box): Promise<readonly Embedded[]> {
  const head = await readAt(file, content, PREVIEW_AT);
  return head.length < PREVIEW_AT ? [] : [{ start: content + PREVIEW_AT, bytes: head.readUInt32BE(PREVIEW_LENGTH_AT) }];
}

async function boxesIn(file: FileHandle, boxes: readonly Box[], type: string): Promise<readonly Box[]> {
  const box = boxes.find((one) => one.type === type);
  return box === undefined ? [] : boxesWithin(file, box.content, box.end);
}

/** Up to the first that is not whole. */
async function boxesWithin(file: FileHandle, from: number, to: number): Promise<readonly Box[]> {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < BOXES_AT_MOST; at = (boxes.at(-1) as Box).end) {
    const head = await readAt(file, at, 16 + ID_BYTES);
    if (head.length < 16) break;
    const short = head.readUInt32BE(0);
    const headBytes = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    if (size < headBytes || at + size > to) break;
    const type = head.toString("latin1", 4, 8);
    const isOwn = type === "uuid";
    const id = isOwn ? head.toString("hex", headBytes, headBytes + ID_BYTES) : "";
    boxes.push({ type, id, content: at + headBytes + (isOwn ? ID_BYTES : 0), end: at + size });
  }
  return boxes;
}
