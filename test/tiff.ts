/**
 * Writes the TIFF that no library here writes: one whose compression cannot be undone.
 */

const [WIDTH, HEIGHT] = [16, 16];
const SHORT = 3;
const LONG = 4;

/** @param compression its number in the TIFF header; the pixels behind it are never looked at */
export function writeTiff(compression: number): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT, 0x5a);
  const fields: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, LONG, WIDTH],
    [257, LONG, HEIGHT],
    [258, SHORT, 8], // bits of a sample
    [259, SHORT, compression],
    [262, SHORT, 1], // black is zero
    [273, LONG, 8], // where the pixels begin
    [277, SHORT, 1], // samples of a pixel
    [278, LONG, HEIGHT], // rows of a strip
    [279, LONG, pixels.length],
  ];
  const header = Buffer.from("II*\0", "latin1");
  const firstDirectory = Buffer.alloc(4);
  firstDirectory.writeUInt32LE(8 + pixels.length);
  const directory = Buffer.alloc(2 + 12 * fields.length + 4);
  directory.writeUInt16LE(fields.length);
  for (const [i, [tag, type, value]] of fields.entries()) {
    const at = 2 + 12 * i;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([header, firstDirectory, pixels, directory]);
}
