/**
 * Finds what may be memory that no decoder wrote to.
 */

/** Coding units have 16 pixels or more along each edge: one that was left out covers an aligned block of this edge, wherever it lies. */
const BLOCK_EDGE = 8;

/**
 * Tells whether a block of the picture has one colour that zeros could be. As luminance and chrominance these are never red,
 * whatever matrix turns them into colours; as red, green and blue they are black.
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
      if (data[first * 4] === 0 && isFlat(pixels, first, width)) return true;
    }
  return false;
}

function isFlat(pixels: Uint32Array, first: number, width: number): boolean {
  const colour = pixels[first];
  for (let row = 0; row < BLOCK_EDGE; row++)
    for (let i = first + row * width; i < first + row * width + BLOCK_EDGE; i++) if (pixels[i] !== colour) return false;
  return true;
}
