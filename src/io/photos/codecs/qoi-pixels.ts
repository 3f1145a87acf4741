/**
 * QOI, the "Quite OK Image" format (qoiformat.org, specification 1.0).
 */
import { type Bitmap, type BitmapReader, CUT_OFF } from "./bitmap.ts";

const HEAD_BYTES = 14;
const [RGB, RGBA] = [0xfe, 0xff];
/** The two highest bits of the others. */
const [INDEX, DIFFERENCE, LUMA] = [0, 1, 2];

export const qoiReader: BitmapReader = {
  head: (head) => {
    if (head.length < HEAD_BYTES || head.toString("latin1", 0, 4) !== "qoif") return null;
    const [width, height] = [head.readUInt32BE(4), head.readUInt32BE(8)];
    return width > 0 && height > 0 ? { width, height, unsupported: null } : null;
  },
  pixels: readPixels,
};

function readPixels(file: Buffer): Bitmap {
  const [width, height] = [file.readUInt32BE(4), file.readUInt32BE(8)];
  const data = new Uint8Array(width * height * 4);
  const seen = new Uint8Array(64 * 4);
  let [r, g, b, a] = [0, 0, 0, 255];
  let run = 0;
  let at = HEAD_BYTES;
  const next = () => {
    if (at >= file.length) throw new Error(CUT_OFF);
    return file[at++] as number;
  };
  for (let to = 0; to < data.length; to += 4) {
    if (run > 0) run--;
    else {
      const byte = next();
      const [kind, low] = [byte >> 6, byte & 0x3f];
      if (byte === RGB || byte === RGBA) {
        [r, g, b] = [next(), next(), next()];
        if (byte === RGBA) a = next();
      } else if (kind === INDEX) {
        [r, g, b, a] = seen.subarray(low * 4, low * 4 + 4) as unknown as [number, number, number, number];
      } else if (kind === DIFFERENCE) {
        r = (r + (low >> 4) - 2) & 255;
        g = (g + ((low >> 2) & 3) - 2) & 255;
        b = (b + (low & 3) - 2) & 255;
      } else if (kind === LUMA) {
        const [green, rest] = [low - 32, next()];
        r = (r + green + (rest >> 4) - 8) & 255;
        g = (g + green) & 255;
        b = (b + green + (rest & 15) - 8) & 255;
      } else run = low; // this pixel and so many more
      seen.set([r, g, b, a], ((r * 3 + g * 5 + b * 7 + a * 11) % 64) * 4);
    }
    data[to] = r;
    data[to + 1] = g;
    data[to + 2] = b;
    data[to + 3] = a;
  }
  return { data, width, height, channels: 4 };
}
