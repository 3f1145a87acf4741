/**
 * What a file's pixels are decoded from, part by part: coded data, tables, colour profile, and nothing that only tells of the photo.
 */
import type { FileHandle } from "node:fs/promises";
import { pictureTurns } from "../picture-turns.ts";

/** Takes in one part. */
export type AddPart = (name: string, bytes: Uint8Array) => void;

/**
 * Two files of a format that give the same parts decode to the same pixels, but for how they are turned upright.
 * @returns false for a file that is not understood to its end: nothing is said of it then
 */
export type PixelParts = (file: FileHandle, add: AddPart) => Promise<boolean>;

/** Photos are far smaller; what is not comes in pieces or not at all. */
const BYTES_AT_MOST = 512 * 1024 * 1024;

/** For formats whose files are read as a whole. */
export function ofWholeFile(parts: (file: Buffer, add: AddPart) => boolean): PixelParts {
  return async (file, add) => {
    const { size } = await file.stat();
    return size <= BYTES_AT_MOST && pictureTurns.run(size, async () => parts(await file.readFile(), add));
  };
}
