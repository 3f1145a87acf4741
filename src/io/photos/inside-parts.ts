/**
 * Looks for what a photo's file holds beside its picture: a few short reads, wherever the header or the end of the file says.
 */
import { type FileHandle, open } from "node:fs/promises";
import { isPart, listsSamsungFilm, promisedParts } from "../../core/photos/inside-parts.ts";
import type { InsidePart, PictureFormat } from "../../core/photos/photo.ts";
import { readAt } from "./read-at.ts";

/** In which containers list their parts and name the kinds of pictures in them. */
const HEAD_BYTES = 64 * 1024;
/** How gain maps are named by ISO 21496-1 and by Apple. */
const GAIN_MAP_NAMES = ["urn:iso:std:iso:ts:21496:-1", "urn:com:apple:photo:2020:aux:hdrgainmap"];
const CARRIERS: ReadonlySet<PictureFormat> = new Set<PictureFormat>(["jpeg", "heic", "avif"]);
/** Samsung's directory has a handful of entries of twelve bytes. */
const DIRECTORY_BYTES_AT_MOST = 4096;

/**
 * @returns in the order of their names; empty for a file that holds its picture alone, or cannot be read
 */
export async function insideParts(path: string, format: PictureFormat, xmp: Buffer | undefined): Promise<readonly InsidePart[]> {
  if (!CARRIERS.has(format)) return [];
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const found = new Set<InsidePart>();
    for (const { part, fromEnd } of promisedParts(xmp?.toString("utf8") ?? ""))
      if (fromEnd < size && isPart(part, await readAt(file, size - fromEnd, 8))) found.add(part);
    if (!found.has("film") && (await endsInSamsungFilm(file, size))) found.add("film");
    if (!found.has("gain-map") && (await namesGainMap(file))) found.add("gain-map");
    return [...found].sort();
  } finally {
    await file.close();
  }
}

/** The last eight bytes are the length of the directory before them, and "SEFT". */
async function endsInSamsungFilm(file: FileHandle, size: number): Promise<boolean> {
  if (size < 8) return false;
  const end = await readAt(file, size - 8, 8);
  if (end.toString("latin1", 4) !== "SEFT") return false;
  const length = Math.min(end.readUInt32LE(0), DIRECTORY_BYTES_AT_MOST, size - 8);
  return listsSamsungFilm(await readAt(file, size - 8 - length, length));
}

async function namesGainMap(file: FileHandle): Promise<boolean> {
  const head = await readAt(file, 0, HEAD_BYTES);
  return GAIN_MAP_NAMES.some((name) => head.includes(name, 0, "latin1"));
}
