/**
 * Writes a TIFF of separate planes: how samples that sharp has no raw form for (inks, 16 bits, a colour profile) are handed to it.
 */

/** How the samples mean colours: TIFF's number for it. */
const COLOURS = { "white-is-zero": 0, grey: 1, rgb: 2, cmyk: 5 } as const;

export interface TiffPlanes {
  readonly width: number;
  readonly height: number;
  /** Of each sample; 16 are stored the high byte first. */
  readonly bits: number;
  readonly planes: readonly Uint8Array[];
  readonly colours: keyof typeof COLOURS;
  readonly icc: Buffer | undefined;
}

const [SHORT, LONG, UNDEFINED] = [3, 4, 7];
const SEPARATE = 2;
const TOGETHER = 1;
/** Of planes the decoder takes in whole strips, and no more than 50 MB of them. */
const STRIP_BYTES = 1 << 20;

export function planesTiff({ width, height, bits, planes, colours, icc }: TiffPlanes): Uint8Array<ArrayBuffer> {
  const planeBytes = planes[0]?.length ?? 0;
  const rowBytes = planeBytes / height;
  const rows = Math.max(1, Math.min(height, Math.floor(STRIP_BYTES / rowBytes)));
  const strips = Math.ceil(height / rows);
  const pixelBytes = planeBytes * planes.length;
  const each = <T>(value: (i: number) => T) => planes.map((_, i) => value(i));
  const eachStrip = (value: (start: number) => number) =>
    planes.flatMap((_, plane) => Array.from({ length: strips }, (_, strip) => value(plane * planeBytes + strip * rows * rowBytes)));
  const fields: readonly (readonly [tag: number, type: number, values: readonly number[] | Buffer])[] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, each(() => bits)],
    [259, SHORT, [1]], // not compressed
    [262, SHORT, [COLOURS[colours]]],
    [273, LONG, eachStrip((start) => 8 + start)],
    [277, SHORT, [planes.length]],
    [278, LONG, [rows]], // of a strip
    [279, LONG, eachStrip((start) => Math.min(rows * rowBytes, planeBytes - (start % planeBytes)))],
    [284, SHORT, [planes.length > 1 ? SEPARATE : TOGETHER]],
    ...(icc === undefined ? [] : [[34675, UNDEFINED, icc] as const]),
  ];
  const directoryAt = 8 + pixelBytes + (pixelBytes % 2);
  const directory = writeDirectory(fields, directoryAt);
  const tiff = new Uint8Array(directoryAt + directory.length);
  const head = Buffer.from("MM\0*\0\0\0\0", "latin1");
  head.writeUInt32BE(directoryAt, 4);
  tiff.set(head);
  for (const [i, plane] of planes.entries()) tiff.set(plane, 8 + i * planeBytes);
  tiff.set(directory, directoryAt);
  return tiff;
}

function writeDirectory(fields: readonly (readonly [number, number, readonly number[] | Buffer])[], at: number): Buffer {
  const rows = Buffer.alloc(2 + 12 * fields.length + 4);
  rows.writeUInt16BE(fields.length);
  const outside: Buffer[] = [];
  let next = at + rows.length;
  for (const [i, [tag, type, values]] of fields.entries()) {
    const row = 2 + 12 * i;
    const value = Buffer.isBuffer(values) ? values : numbers(values, type === SHORT ? 2 : 4);
    rows.writeUInt16BE(tag, row);
    rows.writeUInt16BE(type, row + 2);
    rows.writeUInt32BE(values.length, row + 4);
    if (value.length <= 4) value.copy(rows, row + 8);
    else {
      rows.writeUInt32BE(next, row + 8);
      outside.push(value, Buffer.alloc(value.length % 2));
      next += value.length + (value.length % 2);
    }
  }
  return Buffer.concat([rows, ...outside]);
}

function numbers(values: readonly number[], bytes: 2 | 4): Buffer {
  const written = Buffer.alloc(values.length * bytes);
  for (const [i, value] of values.entries()) written.writeUIntBE(value, i * bytes, bytes);
  return written;
}
