/**
 * The header of a JPEG XL (ISO/IEC 18181), bare or in boxes: its size, which way is up, and its EXIF.
 */
import type { PictureHeader, PictureSource } from "./codec.ts";
import { type ReadBytes, withBytesOf } from "./source-bytes.ts";

const BARE = "\xff\x0a";
const IN_BOXES = "\0\0\0\x0cJXL \r\n\x87\n";
/** More of the code than the size and the orientation take. */
const CODE_BYTES = 64;
const BOXES_AT_MOST = 1000;
const EXIF_BYTES_AT_MOST = 1 << 20;
/** Width to height, by the number that stands for it; the first has a width of its own. */
const RATIOS = [1, 1, 12 / 10, 4 / 3, 3 / 2, 16 / 9, 5 / 4, 2] as const;

/** @returns null for what is no JPEG XL */
export async function readJxlHeader(source: PictureSource, head: Buffer): Promise<PictureHeader | null> {
  const start = head.toString("latin1", 0, IN_BOXES.length);
  if (start.startsWith(BARE)) return headerOf(head, undefined);
  if (start !== IN_BOXES) return null;
  return withBytesOf(source, inBoxes);
}

/** The code stands in one box or in numbered parts, the EXIF in one before or behind it. */
async function inBoxes(read: ReadBytes): Promise<PictureHeader | null> {
  let code: Buffer | null = null;
  let exif: Buffer | undefined;
  for (let at = 0, box = 0; box < BOXES_AT_MOST; box++) {
    const head = await read(at, 16);
    if (head.length < 8) break;
    const short = head.readUInt32BE(0);
    if (short === 1 && head.length < 16) break;
    const headBytes = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    const type = head.toString("latin1", 4, 8);
    if (code === null && type === "jxlc") code = await read(at + headBytes, CODE_BYTES);
    if (code === null && type === "jxlp") code = await read(at + headBytes + 4, CODE_BYTES);
    // Before the block stands where in it the TIFF begins.
    if (type === "Exif" && size > headBytes + 4 && size < EXIF_BYTES_AT_MOST)
      exif = (await read(at + headBytes, size - headBytes)).subarray(4);
    if (size < headBytes) break; // 0: to the end of the file
    at += size;
  }
  return code === null ? null : headerOf(code, exif);
}

function headerOf(code: Buffer, exif: Buffer | undefined): PictureHeader | null {
  if (code.toString("latin1", 0, 2) !== BARE) return null;
  const bits = new Bits(code.subarray(2, CODE_BYTES));
  const isSmall = bits.take(1) === 1;
  const edge = () => (isSmall ? 8 * (bits.take(5) + 1) : 1 + bits.take([9, 13, 18, 30][bits.take(2)] as number));
  const height = edge();
  const ratio = bits.take(3);
  const width = ratio === 0 ? edge() : Math.floor(height * (RATIOS[ratio] as number));
  const hasExtraFields = bits.take(1) === 0 && bits.take(1) === 1;
  const orientation = hasExtraFields ? 1 + bits.take(3) : 1;
  const isTurned = orientation >= 5;
  return {
    shape: { format: "jxl", width, height, channels: 4, sampleBytes: 1, interlaced: false },
    upright: isTurned ? { width: height, height: width } : { width, height },
    orientation: 1, // the decoder turns it
    pictures: 1,
    exif,
    bits: 8,
    xmp: undefined,
    icc: undefined,
  };
}

/** Numbers of so many bits, the lowest first. */
class Bits {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Zeros behind the end. */
  take(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value += ((byte >> (this.#at & 7)) & 1) * 2 ** bit;
    }
    return value;
  }
}
