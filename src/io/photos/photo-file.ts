/**
 * What a stat tells of a photo.
 */
import type { Stats } from "node:fs";
import type { PhotoFile } from "../../core/photos/photo.ts";
import { photoPath } from "../../core/units.ts";

/** @param path absolute; `stats` are those of the file itself, not of a link to it */
export function photoFile(path: string, stats: Stats): PhotoFile {
  return { path: photoPath(path), bytes: stats.size, modifiedMs: stats.mtimeMs, fileId: fileIdOf(stats) };
}

/** The same for all names of one file. */
export function fileIdOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

/** The device's part of `PhotoFile.fileId`. */
export function deviceOf(fileId: string): string {
  return fileId.slice(0, fileId.indexOf(":"));
}
