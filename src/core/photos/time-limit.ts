/**
 * How long a photo may take, so that one which comes to no end, and a drive that gives no answer, hold up no other.
 */

/** Seconds. Decoding a megapixel takes the slowest decoder a third of one on a machine that has nothing else to do. */
export const DEFAULT_MAX_SECONDS = 60;

/** For each of them a picture gets as much time again as it has anyway: by default 20 s a megapixel, sixty times what the slowest decoder takes. */
const MEGAPIXELS = 3;
/** For each of them a file gets as much time again: by default 1 MB/s, less than any drive gives that photos are kept on. */
const BYTES = 60e6;

/**
 * Milliseconds for all that is read of a file before it is decoded.
 * @param maxSeconds that an empty file may take
 */
export function readingTimeMs(maxSeconds: number, bytes: number): number {
  return Math.ceil(maxSeconds * 1000 * (1 + bytes / BYTES));
}

/**
 * Milliseconds for a decoder.
 * @param maxSeconds that an empty picture may take
 * @param pixels as the header claims
 */
export function decodingTimeMs(maxSeconds: number, pixels: number): number {
  return Math.ceil(maxSeconds * 1000 * (1 + pixels / 1e6 / MEGAPIXELS));
}
