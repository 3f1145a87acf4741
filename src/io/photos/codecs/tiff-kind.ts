/**
 * Kinds of TIFF that the decoder has no support for, which it reports in many words, as damage too, or draws in other colours.
 */
import { open } from "node:fs/promises";
import { numbersOf, readTiffDirectory, type TiffDirectory } from "./tiff-directory.ts";

const [BITS, COMPRESSION, PHOTOMETRIC, PLANES, TILES, SAMPLES, PER_PIXEL, DENSITY] = [258, 259, 262, 284, 324, 339, 277, 530];
const SEPARATE_PLANES = 2;
const JPEG = 7;
const YCBCR = 6;
/** What a sample is; whole numbers from 0 where nothing says so. */
const [WHOLE, SIGNED] = [1, 2];
/** More are no kind of TIFF, but a damaged one. */
const BITS_AT_MOST = 64;
const BITS_READ: ReadonlySet<number> = new Set([1, 2, 4, 8, 16, 32]);

const COMPRESSIONS: ReadonlyMap<number, string> = new Map([
  [6, "old JPEG"],
  [9, "JBIG"],
  [10, "JBIG"],
  [32809, "ThunderScan"],
  [32908, "Pixar"],
  [32909, "Pixar"],
  [34676, "SGI log"],
  [34677, "SGI log"],
  [34712, "JPEG 2000"],
  [34887, "LERC"],
  [34892, "lossy DNG"],
  [34925, "LZMA"],
  [34926, "Zstandard"],
  [50000, "Zstandard"],
  [50002, "JPEG XL"],
  [52546, "JPEG XL"],
]);
const COLOURS: ReadonlyMap<number, string> = new Map([
  [4, "transparency mask"],
  [8, "CIELab"],
  [9, "ICCLab"],
  [10, "ITULab"],
  [32803, "camera sensor"],
  [32844, "LogL"],
  [32845, "LogLuv"],
  [34892, "linear camera"],
]);

/** @returns what is not supported, as in "TIFF with … is not decoded"; null where nothing is known to be */
export function unsupportedInTiff(path: string): Promise<string | null> {
  return ofDirectory(path, (directory) => {
    const first = (tag: number) => numbersOf(directory, tag)[0] ?? 0;
    const compression = COMPRESSIONS.get(first(COMPRESSION));
    if (compression !== undefined) return `${compression} compression`;
    const colours = COLOURS.get(first(PHOTOMETRIC));
    if (colours !== undefined) return `${colours} colours`;
    const bits = numbersOf(directory, BITS)[0] ?? 1;
    const isPacked = bits < 8 && (numbersOf(directory, PER_PIXEL)[0] ?? 1) > 1;
    if (bits > BITS_AT_MOST) return null;
    if (!BITS_READ.has(bits) || isPacked) return isPacked ? `several samples of ${bits} bits` : `samples of ${bits} bits`;
    return first(PLANES) === SEPARATE_PLANES && first(TILES) > 0 ? "tiled separate planes" : wrongColours(directory);
  });
}

/** As `unsupportedInTiff`, of what the decoder draws without a word, and wrong. */
export function drawnWronglyInTiff(path: string): Promise<string | null> {
  return ofDirectory(path, wrongColours);
}

function wrongColours(directory: TiffDirectory): string | null {
  const first = (tag: number) => numbersOf(directory, tag)[0] ?? 0;
  // Red, green and blue are made of them by JPEG's own decoder, and where the differences are fewer than the pixels.
  const isDense = numbersOf(directory, DENSITY).every((count) => count === 1) && first(DENSITY) === 1;
  if (first(PHOTOMETRIC) === YCBCR && first(COMPRESSION) !== JPEG && isDense) return "YCbCr colours";
  const samples = numbersOf(directory, SAMPLES)[0] ?? WHOLE;
  if (samples === SIGNED) return "samples below zero";
  // Taken for numbers up to 255: all of it is white.
  return samples === WHOLE && first(BITS) === 32 ? "whole numbers of 32 bits" : null;
}

async function ofDirectory(path: string, tell: (directory: TiffDirectory) => string | null): Promise<string | null> {
  const file = await open(path);
  try {
    const directory = await readTiffDirectory(file);
    return directory === null ? null : tell(directory);
  } finally {
    await file.close();
  }
}
