/**
 * Where the parts of a Photoshop file (PSD, and PSB for large ones) lie: its picture for other programs, and what it tells of itself.
 */
import { CUT_OFF } from "./bitmap.ts";
import type { ReadBytes } from "./source-bytes.ts";

export const PSD_MODES = { bitmap: 0, grey: 1, palette: 2, rgb: 3, cmyk: 4, duotone: 8, lab: 9 } as const;

export interface PsdLayout {
  readonly isLarge: boolean;
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  /** Of each channel: 1, 8, 16 or 32. */
  readonly bits: number;
  /** One of `PSD_MODES`, or another number. */
  readonly mode: number;
  /** Red, then green, then blue of 256 colours; empty where the mode needs none. */
  readonly palette: Buffer;
  readonly exif: Buffer | undefined;
  readonly xmp: Buffer | undefined;
  readonly icc: Buffer | undefined;
  /** False where the file was saved without one: white stands in its place. */
  readonly hasPicture: boolean;
  /** Where the picture begins, behind the layers. */
  readonly pictureAt: number;
}

const HEAD_BYTES = 26;
const LARGE = 2;
const VERSIONS: readonly number[] = [1, LARGE];
const PALETTE_BYTES = 768;
const RESOURCE_BYTES_AT_MOST = 16 * 1024 * 1024;
/** Photoshop writes some dozens. */
const RESOURCES_AT_MOST = 1_000;
/** Numbers of the resources that are read. */
const [ICC, VERSION, EXIF, XMP] = [1039, 1057, 1058, 1060];

/**
 * @returns null for what is no Photoshop file
 * @throws {Error} where it is cut off
 */
export async function readPsdLayout(read: ReadBytes): Promise<PsdLayout | null> {
  const head = await read(0, HEAD_BYTES);
  if (head.length < HEAD_BYTES || head.toString("latin1", 0, 4) !== "8BPS" || !VERSIONS.includes(head.readUInt16BE(4))) return null;
  const isLarge = head.readUInt16BE(4) === LARGE;
  const numberAt = async (at: number, bytes: 4 | 8) => {
    const number = await read(at, bytes);
    if (number.length < bytes) throw new Error(CUT_OFF);
    return bytes === 8 ? Number(number.readBigUInt64BE()) : number.readUInt32BE();
  };
  const paletteBytes = await numberAt(HEAD_BYTES, 4);
  const resourcesAt = HEAD_BYTES + 4 + paletteBytes;
  const resourcesEnd = resourcesAt + 4 + (await numberAt(resourcesAt, 4));
  const layersBytes = isLarge ? 8 : 4;
  const layers = await numberAt(resourcesEnd, layersBytes);
  const resources = await readResources(read, resourcesAt + 4, resourcesEnd);
  return {
    isLarge,
    channels: head.readUInt16BE(12),
    height: head.readUInt32BE(14),
    width: head.readUInt32BE(18),
    bits: head.readUInt16BE(22),
    mode: head.readUInt16BE(24),
    palette: paletteBytes === PALETTE_BYTES ? await read(HEAD_BYTES + 4, PALETTE_BYTES) : Buffer.alloc(0),
    exif: resources.get(EXIF),
    xmp: resources.get(XMP),
    icc: resources.get(ICC),
    // Without layers it is all that the file holds.
    hasPicture: layers === 0 || resources.get(VERSION)?.[4] !== 0,
    pictureAt: resourcesEnd + layersBytes + layers,
  };
}

async function readResources(read: ReadBytes, from: number, end: number): Promise<ReadonlyMap<number, Buffer>> {
  const found = new Map<number, Buffer>();
  for (let at = from, i = 0; at + 12 <= end && i < RESOURCES_AT_MOST; i++) {
    const start = await read(at, 7);
    if (start.length < 7 || !/^[\x20-\x7e]{4}$/.test(start.toString("latin1", 0, 4))) break;
    const id = start.readUInt16BE(4);
    // A name, with its length before it, is filled up to an even number of bytes; so is what follows.
    const nameBytes = 2 * Math.ceil((1 + (start[6] as number)) / 2);
    const size = await read(at + 6 + nameBytes, 4);
    if (size.length < 4) break;
    const [dataAt, bytes] = [at + 6 + nameBytes + 4, size.readUInt32BE()];
    if ([ICC, VERSION, EXIF, XMP].includes(id) && bytes > 0 && bytes <= RESOURCE_BYTES_AT_MOST && dataAt + bytes <= end)
      found.set(id, await read(dataAt, bytes));
    at = dataAt + 2 * Math.ceil(bytes / 2);
  }
  return found;
}
