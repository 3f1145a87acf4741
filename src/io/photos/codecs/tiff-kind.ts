/**
 * Kinds of TIFF that the decoder has no support for, which it reports in many words, as damage too.
 */
import { open } from "node:fs/promises";
import { numbersOf, readTiffDirectory } from "./tiff-directory.ts";

const [COMPRESSION, PHOTOMETRIC, PLANES, TILES] = [259, 262, 284, 324];
const SEPARATE_PLANES = 2;

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
  [50001, "WebP"],
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
export async function unsupportedInTiff(path: string): Promise<string | null> {
  const file = await open(path);
  try {
    const directory = await readTiffDirectory(file);
    if (directory === null) return null;
    const first = (tag: number) => numbersOf(directory, tag)[0] ?? 0;
    const compression = COMPRESSIONS.get(first(COMPRESSION));
    if (compression !== undefined) return `${compression} compression`;
    const colours = COLOURS.get(first(PHOTOMETRIC));
    if (colours !== undefined) return `${colours} colours`;
    return first(PLANES) === SEPARATE_PLANES && first(TILES) > 0 ? "tiled separate planes" : null;
  } finally {
    await file.close();
  }
}
