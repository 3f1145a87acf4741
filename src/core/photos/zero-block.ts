/**
 * Finds what may be memory that no decoder wrote to.
 */

/** Coding units have 16 pixels or more along each edge: one that was left out covers an aligned block of this edge, wherever it lies. */
const BLOCK_EDGE = 8;
/** Of the 84 to 154 that zeros come to; photos have flat spots that are nearly black. */
const STRONG = 48;

/**
 * Tells whether a block of the picture has one colour that zeros could be. As luminance and chrominance they are a strong green with
 * no red and no blue in it, whatever matrix turns them into colours; with that of YCgCo they are blue. Grey pictures, in which zeros
 * are black, are not told from the dark.
 *
 * @param data interleaved RGBA, `width * height * 4` bytes, aligned to 4
 */
export function holdsZeroBlock({
  data,
  width,
  height,
}: {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}): boolean {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let top = 0; top + BLOCK_EDGE <= height; top += BLOCK_EDGE)
    for (let left = 0; left + BLOCK_EDGE <= width; left += BLOCK_EDGE) {
      const first = top * width + left;
      if (isZeroColour(data, first * 4) && isFlat(pixels, first, width)) return true;
    }
  return false;
}

function isZeroColour(data: Uint8ClampedArray, at: number): boolean {
  const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
  return red === 0 && ((green >= STRONG && blue === 0) || (blue >= STRONG && green === 0));
}

function isFlat(pixels: Uint32Array, first: number, width: number): boolean {
  const colour = pixels[first];
  for (let row = 0; row < BLOCK_EDGE; row++)
    for (let i = first + row * width; i < first + row * width + BLOCK_EDGE; i++) if (pixels[i] !== colour) return false;
  return true;
}
