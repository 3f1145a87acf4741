/**
 * Writes the TIFF that no library here writes: one whose compression cannot be undone.
 */

const [WIDTH, HEIGHT] = [16, 16];
const SHORT = 3;
const LONG = 4;

/** @param compression its number in the TIFF header; the pixels behind it are never looked at */
export function writeTiff(compression: number): Buffer {
  return tiffOf({ 259: compression });
}

/**
 * Sixteen by sixteen samples of grey, a byte each.
 * @param others fields that say something else, by tag
 */
export function tiffOf(others: Readonly<Record<number, number>>): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 8, 0x5a);
  const own: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, LONG, WIDTH],
    [257, LONG, HEIGHT],
    [258, SHORT, 8], // bits of a sample
    [259, SHORT, 1], // not compressed
    [262, SHORT, 1], // black is zero
    [273, LONG, 8], // where the pixels begin
    [277, SHORT, 1], // samples of a pixel
    [278, LONG, HEIGHT], // rows of a strip
    [279, LONG, pixels.length],
    [284, SHORT, 1], // samples of a pixel stand together
    [339, SHORT, 1], // whole numbers from 0
    [530, SHORT, 0x0001_0001], // two numbers: as many differences of colour as pixels
  ];
  const fields = own.map(([tag, type, value]) => [tag, type, others[tag] ?? value] as const);
  const header = Buffer.from("II*\0", "latin1");
  const firstDirectory = Buffer.alloc(4);
  firstDirectory.writeUInt32LE(8 + pixels.length);
  const directory = Buffer.alloc(2 + 12 * fields.length + 4);
  directory.writeUInt16LE(fields.length);
  for (const [i, [tag, type, value]] of fields.entries()) {
    const at = 2 + 12 * i;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(value > 0xffff && type === SHORT ? 2 : 1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([header, firstDirectory, pixels, directory]);
}

/** Fields as they stand in a directory: text, a number of 16 or 32 bits, or where another directory is. */
export type TiffFields = Readonly<Record<number, string | number>>;

const ASCII = 2;
const EXIF_POINTER = 34665;

/**
 * Writes camera fields into a little-endian TIFF, behind its pixels.
 * @param own of the first directory, by tag
 * @param exif of the EXIF directory, by tag
 */
export function withTiffFields(tiff: Buffer, own: TiffFields, exif: TiffFields): Buffer {
  const first = tiff.readUInt32LE(4);
  const kept = Array.from({ length: tiff.readUInt16LE(first) }, (_, i) => tiff.subarray(first + 2 + 12 * i, first + 14 + 12 * i));
  const even = Buffer.concat([tiff, Buffer.alloc(tiff.length % 2)]);
  const exifBlock = directory(exif, [], even.length);
  const firstBlock = directory({ ...own, [EXIF_POINTER]: even.length }, kept, even.length + exifBlock.length);
  const whole = Buffer.concat([even, exifBlock, firstBlock]);
  whole.writeUInt32LE(even.length + exifBlock.length, 4);
  return whole;
}

function directory(fields: TiffFields, kept: readonly Buffer[], at: number): Buffer {
  const count = kept.length + Object.keys(fields).length;
  let end = at + 2 + 12 * count + 4;
  const outside: Buffer[] = [];
  const rows = Object.entries(fields).map(([tag, value]) => {
    const row = Buffer.alloc(12);
    const text = typeof value === "string" ? Buffer.from(`${value}\0`, "latin1") : null;
    row.writeUInt16LE(Number(tag));
    row.writeUInt16LE(text === null ? LONG : ASCII, 2);
    row.writeUInt32LE(text?.length ?? 1, 4);
    if (text === null) row.writeUInt32LE(value as number, 8);
    else if (text.length <= 4) text.copy(row, 8);
    else {
      row.writeUInt32LE(end, 8);
      outside.push(text, Buffer.alloc(text.length % 2));
      end += text.length + (text.length % 2);
    }
    return row;
  });
  const sorted = [...kept, ...rows].sort((one, other) => one.readUInt16LE() - other.readUInt16LE());
  const number = Buffer.alloc(2);
  number.writeUInt16LE(count);
  return Buffer.concat([number, ...sorted, Buffer.alloc(4), ...outside]);
}
