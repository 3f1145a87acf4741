/**
 * The pictures in an icon or a cursor of Windows, of which the largest is compared.
 */
import type { Bitmap } from "./bitmap.ts";
import { bmpReader } from "./bmp-pixels.ts";

const [HEAD_BYTES, ENTRY_BYTES] = [6, 16];
/** Icon and cursor. */
const KINDS: readonly number[] = [1, 2];
const COUNT_AT_MOST = 255;
const PNG = "\x89PNG\r\n\x1a\n";
/** The head of a bitmap without a file's head, of which later versions are longer; its height counts the mask too. */
const [DIB_BYTES, LONGEST_DIB_BYTES] = [40, 124];
/** Larger ones are no icons: the directory has a byte for each edge. */
const LONGEST_EDGE = 1024;

export interface IconEntry {
  readonly at: number;
  readonly bytes: number;
}

/** How the picture of an entry is stored, told by its first bytes. */
export interface IconPicture {
  readonly kind: "png" | "dib";
  readonly width: number;
  readonly height: number;
}

/**
 * @param head of the file, long enough for its directory
 * @returns null for what is none; else the largest picture, of several the one with most colours, and how many there are
 */
export function largestEntry(head: Buffer): { readonly entry: IconEntry; readonly count: number } | null {
  if (head.length < HEAD_BYTES || head.readUInt16LE(0) !== 0 || !KINDS.includes(head.readUInt16LE(2))) return null;
  const count = head.readUInt16LE(4);
  if (count === 0 || count > COUNT_AT_MOST) return null;
  let largest: (IconEntry & { readonly weight: number }) | null = null;
  for (let i = 0; i < count; i++) {
    const row = HEAD_BYTES + i * ENTRY_BYTES;
    if (row + ENTRY_BYTES > head.length) return null;
    const edge = (at: number) => head[row + at] || 256;
    const weight = edge(0) * edge(1) * 64 + Math.min(63, head.readUInt16LE(row + 6));
    const entry = { bytes: head.readUInt32LE(row + 8), at: head.readUInt32LE(row + 12), weight };
    if (entry.at < HEAD_BYTES + count * ENTRY_BYTES) return null;
    if (largest === null || entry.weight > largest.weight) largest = entry;
  }
  return largest === null ? null : { entry: largest, count };
}

/** @param start the first 40 bytes of the entry */
export function pictureOf(start: Buffer): IconPicture | null {
  if (start.length < DIB_BYTES) return null;
  if (start.toString("latin1", 0, PNG.length) === PNG)
    return { kind: "png", width: start.readUInt32BE(16), height: start.readUInt32BE(20) };
  const headBytes = start.readUInt32LE(0);
  if (headBytes < DIB_BYTES || headBytes > LONGEST_DIB_BYTES) return null;
  const [width, height] = [start.readInt32LE(4), start.readInt32LE(8) >> 1];
  return width > 0 && height > 0 && width <= LONGEST_EDGE && height <= LONGEST_EDGE ? { kind: "dib", width, height } : null;
}

/**
 * Colours and, behind them, the mask of what is not shown; 32 bits hold their own transparency.
 * @param dib the whole entry
 * @throws {Error} in one line, for what is damaged or cut off
 */
export function dibPixels(dib: Buffer): Bitmap {
  const bmp = asBmp(dib);
  const { data: colours, width, height } = bmpReader.pixels(bmp.file);
  const shown = bmp.bits === 32 ? alphaOf(dib, bmp.pixelsAt, width, height) : null;
  const hidden = shown === null ? maskOf(dib, bmp.end, width, height) : null;
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    data.set(colours.subarray(i * 3, i * 3 + 3), i * 4);
    data[i * 4 + 3] = shown?.[i] ?? (hidden?.[i] === 1 ? 0 : 255);
  }
  return { data, width, height, channels: 4 };
}

const FILE_HEAD_BYTES = 14;

/** As a file of its own, with the head that files have and the height of the colours alone. Places are those in the entry. */
function asBmp(dib: Buffer): { readonly file: Buffer; readonly bits: number; readonly pixelsAt: number; readonly end: number } {
  const [width, height, bits, colours] = [dib.readInt32LE(4), dib.readInt32LE(8) >> 1, dib.readUInt16LE(14), dib.readUInt32LE(32)];
  const pixelsAt = dib.readUInt32LE(0) + (bits <= 8 ? 4 * (Math.min(colours, 256) || 2 ** bits) : 0);
  const head = Buffer.alloc(FILE_HEAD_BYTES);
  head.write("BM", "latin1");
  head.writeUInt32LE(FILE_HEAD_BYTES + pixelsAt, 10);
  const file = Buffer.concat([head, dib]);
  file.writeInt32LE(height, FILE_HEAD_BYTES + 8);
  if (bmpReader.head(file, null)?.unsupported !== null) throw new Error("its header cannot be read");
  return { file, bits, pixelsAt, end: pixelsAt + Math.ceil((width * bits) / 32) * 4 * height };
}

/** @returns null where all is transparent: a writer that left the fourth byte out */
function alphaOf(dib: Buffer, at: number, width: number, height: number): Uint8Array | null {
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = dib[at + ((height - 1 - Math.floor(i / width)) * width + (i % width)) * 4 + 3] ?? 0;
  return alpha.some((value) => value > 0) ? alpha : null;
}

/** Rows from the bottom up, a bit for each pixel, filled up to four bytes. Some writers leave it out. */
function maskOf(dib: Buffer, at: number, width: number, height: number): Uint8Array | null {
  const rowBytes = Math.ceil(width / 32) * 4;
  if (at + rowBytes * height > dib.length) return null;
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i++) {
    const x = i % width;
    const byte = dib[at + rowBytes * (height - 1 - Math.floor(i / width)) + (x >> 3)] as number;
    mask[i] = (byte >> (7 - (x & 7))) & 1;
  }
  return mask;
}
