/**
 * BMP, as Windows and OS/2 write it: with a palette of 1, 4 or 8 bits, of which the latter two may be in runs, or 16, 24 or 32 bits a pixel.
 */
import { type Bitmap, type BitmapReader, piece, withAlpha } from "./bitmap.ts";
import { unpackRuns } from "./bmp-runs.ts";

interface BmpHead {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** Of the second header, which is of another length in each version. */
  readonly headBytes: number;
  readonly pixelsAt: number;
  readonly colours: number;
}

const [PLAIN, RUNS_OF_BYTES, RUNS_OF_HALVES, FIELDS, ALPHA_FIELDS] = [0, 1, 2, 3, 6];
/** In runs, how many bits a pixel has. */
const BITS_OF_RUNS: ReadonlyMap<number, 4 | 8> = new Map([
  [RUNS_OF_BYTES, 8],
  [RUNS_OF_HALVES, 4],
]);
/** Of the oldest version, whose numbers have 16 bits, and of OS/2's short one. */
const [CORE_BYTES, SHORT_BYTES] = [12, 16];
const FILE_HEAD_BYTES = 14;
/** From this version on a mask for transparency stands behind the three for colours. */
const ALPHA_MASK_HEAD_BYTES = 56;
const MASKS_AT = 54;
const BITS: ReadonlySet<number> = new Set([1, 4, 8, 16, 24, 32]);

export const bmpReader: BitmapReader = {
  head: (head) => {
    const bmp = readHead(head);
    if (bmp === null) return null;
    const inRuns = BITS_OF_RUNS.get(bmp.compression);
    const isRead =
      inRuns === undefined ? [PLAIN, FIELDS, ALPHA_FIELDS].includes(bmp.compression) && BITS.has(bmp.bits) : inRuns === bmp.bits;
    return { width: bmp.width, height: bmp.height, unsupported: isRead ? null : "BMP images of an unusual kind" };
  },
  pixels: (file) => {
    const bmp = readHead(file);
    if (bmp === null) throw new Error("its header cannot be read");
    return readPixels(file, bmp);
  },
};

function readHead(head: Buffer): BmpHead | null {
  // Two letters are too few: what is always zero has to be.
  if (head.length < 26 || head.toString("latin1", 0, 2) !== "BM" || head.readUInt32LE(6) !== 0) return null;
  const [pixelsAt, headBytes] = [head.readUInt32LE(10), head.readUInt32LE(14)];
  if (headBytes === CORE_BYTES) {
    const [width, height, bits] = [head.readUInt16LE(18), head.readUInt16LE(20), head.readUInt16LE(24)];
    return sized({ width, height, isTopDown: false, bits, compression: PLAIN, headBytes, pixelsAt, colours: 0 });
  }
  if (headBytes === SHORT_BYTES && head.length >= FILE_HEAD_BYTES + SHORT_BYTES) {
    const [width, height, bits] = [head.readInt32LE(18), head.readInt32LE(22), head.readUInt16LE(28)];
    return sized({ width, height, isTopDown: false, bits, compression: PLAIN, headBytes, pixelsAt, colours: 0 });
  }
  if (headBytes < 40 || headBytes > 124 || head.length < MASKS_AT) return null;
  const height = head.readInt32LE(22);
  return sized({
    width: head.readInt32LE(18),
    height: Math.abs(height),
    isTopDown: height < 0,
    bits: head.readUInt16LE(28),
    compression: head.readUInt32LE(30),
    headBytes,
    pixelsAt,
    colours: head.readUInt32LE(46),
  });
}

function sized(head: BmpHead): BmpHead | null {
  return head.width > 0 && head.height > 0 ? head : null;
}

/** Rows stand from the bottom up, each filled up to a multiple of four bytes. */
function readPixels(file: Buffer, head: BmpHead): Bitmap {
  const inRuns = BITS_OF_RUNS.get(head.compression);
  if (inRuns !== undefined) {
    const unpacked = unpackRuns(file.subarray(head.pixelsAt), head.width, head.height, inRuns);
    const plain = { ...head, compression: PLAIN, bits: 8, colours: head.colours || 2 ** inRuns };
    return readPixels(Buffer.concat([file.subarray(0, head.pixelsAt), unpacked]), plain);
  }
  const { width, height, bits, isTopDown, pixelsAt } = head;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  // Some writers leave out the padding of the last row.
  const stored = piece(file, pixelsAt, rowBytes * (height - 1) + Math.ceil((width * bits) / 8));
  const data = new Uint8Array(width * height * 3);
  const paint = bits <= 8 ? withPalette(file, head) : bits === 24 ? plain(3) : withMasks(file, head);
  for (let row = 0; row < height; row++) {
    const at = rowBytes * (isTopDown ? row : height - 1 - row);
    for (let x = 0, to = row * width * 3; x < width; x++, to += 3) paint(stored, at, x, data, to);
  }
  return withAlpha({ data, width, height, channels: 3 }, alphaOf(file, head, stored, rowBytes));
}

/** By the mask that later heads have for it, upright; all zero where there is none. */
function alphaOf(
  file: Buffer,
  { width, height, bits, compression, headBytes, isTopDown }: BmpHead,
  stored: Buffer,
  rowBytes: number,
): Uint8Array {
  const alpha = new Uint8Array(width * height);
  const hasMask = bits >= 16 && (compression === ALPHA_FIELDS || (compression === FIELDS && headBytes >= ALPHA_MASK_HEAD_BYTES));
  const mask = hasMask ? piece(file, MASKS_AT + 12, 4).readUInt32LE() : 0;
  if (mask === 0) return alpha;
  const shift = 31 - Math.clz32(mask & -mask);
  for (let i = 0; i < alpha.length; i++) {
    const row = Math.floor(i / width);
    const from = rowBytes * (isTopDown ? row : height - 1 - row) + (i % width) * (bits / 8);
    const pixel = bits === 16 ? stored.readUInt16LE(from) : stored.readUInt32LE(from);
    alpha[i] = Math.round((((pixel & mask) >>> shift) * 255) / (mask >>> shift));
  }
  return alpha;
}

type Paint = (stored: Buffer, row: number, x: number, data: Uint8Array, to: number) => void;

const plain =
  (bytes: number): Paint =>
  (stored, row, x, data, to) => {
    const from = row + x * bytes;
    data[to] = stored[from + 2] as number;
    data[to + 1] = stored[from + 1] as number;
    data[to + 2] = stored[from] as number;
  };

function withPalette(file: Buffer, { bits, headBytes, compression, colours }: BmpHead): Paint {
  const entryBytes = headBytes === CORE_BYTES ? 3 : 4;
  const at = FILE_HEAD_BYTES + headBytes + (compression === FIELDS && headBytes === 40 ? 12 : 0);
  const count = Math.min(colours || 2 ** bits, 2 ** bits);
  const palette = piece(file, at, count * entryBytes);
  const perByte = 8 / bits;
  return (stored, row, x, data, to) => {
    const byte = stored[row + Math.floor(x / perByte)] as number;
    const index = (byte >> (8 - bits * ((x % perByte) + 1))) & (2 ** bits - 1);
    for (let channel = 0; channel < 3; channel++) data[to + channel] = palette[index * entryBytes + 2 - channel] ?? 0;
  };
}

/** Which bits of a pixel are which channel; without masks five bits each, or a byte each. */
function withMasks(file: Buffer, { bits, compression }: BmpHead): Paint {
  if (compression === PLAIN && bits === 32) return plain(4);
  const masks = compression === PLAIN ? [0x7c00, 0x3e0, 0x1f] : [0, 4, 8].map((at) => piece(file, MASKS_AT, 12).readUInt32LE(at));
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: Math.max(1, mask >>> shift) };
  });
  return (stored, row, x, data, to) => {
    const pixel = bits === 16 ? stored.readUInt16LE(row + x * 2) : stored.readUInt32LE(row + x * 4);
    for (const [channel, { mask, shift, most }] of channels.entries())
      data[to + channel] = Math.round((((pixel & mask) >>> shift) * 255) / most);
  };
}
