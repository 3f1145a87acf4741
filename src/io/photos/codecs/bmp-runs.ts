/**
 * The pixels of a BMP that stand in runs (RLE8 and RLE4).
 */
import { CUT_OFF } from "./bitmap.ts";

/** What may stand behind a zero: further numbers count pixels that follow one by one. */
const [END_OF_ROW, END_OF_PICTURE, MOVE] = [0, 1, 2];

/**
 * @param coded from where the pixels begin
 * @returns a byte for each pixel, in the order of the rows in the file, each row filled up to a multiple of four; 0 where no run comes by
 * @throws {Error} where it ends before the picture does
 */
export function unpackRuns(coded: Buffer, width: number, height: number, bits: 4 | 8): Buffer {
  const rowBytes = Math.ceil(width / 4) * 4;
  const pixels = Buffer.alloc(rowBytes * height);
  let [at, x, y] = [0, 0, 0];
  const next = () => {
    if (at >= coded.length) throw new Error(CUT_OFF);
    return coded[at++] as number;
  };
  const put = (value: number) => {
    if (x < width) pixels[y * rowBytes + x] = value;
    x++;
  };
  const half = (byte: number, i: number) => (bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  while (y < height) {
    const [count, value] = [next(), next()];
    if (count > 0) for (let i = 0; i < count; i++) put(half(value, i));
    else if (value === END_OF_PICTURE) break;
    else if (value === END_OF_ROW) [x, y] = [0, y + 1];
    else if (value === MOVE) [x, y] = [x + next(), y + next()];
    else {
      const from = at;
      for (let i = 0, byte = 0; i < value; i++) {
        if (bits === 8 || i % 2 === 0) byte = next();
        put(half(byte, i));
      }
      at += (at - from) % 2;
    }
  }
  return pixels;
}
