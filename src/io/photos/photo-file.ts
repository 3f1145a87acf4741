/**
 * What a stat tells of a photo. Inode numbers go beyond 2^53 on NTFS and on drives that several file systems are pooled into, where a
 * plain number takes many files for one: every stat that tells files apart is asked for in big integers.
 */
import type { BigIntStats } from "node:fs";
import type { FileStamp } from "../../core/photos/file-stamp.ts";
import type { PhotoFile } from "../../core/photos/photo.ts";
import { photoPath } from "../../core/units.ts";

const NS_PER_SECOND = 1_000_000_000n;

/** @param path absolute; `stats` are those of the file itself, not of a link to it */
export function photoFile(path: string, stats: BigIntStats): PhotoFile {
  return { path: photoPath(path), ...stampOf(stats) };
}

export function stampOf(stats: BigIntStats): FileStamp {
  return {
    bytes: Number(stats.size),
    modifiedMs: milliseconds(stats.mtimeNs),
    changedMs: stats.ctimeNs === 0n ? null : milliseconds(stats.ctimeNs),
    fileId: fileIdOf(stats),
  };
}

/** The same for all names of one file. */
export function fileIdOf({ dev, ino }: Pick<BigIntStats, "dev" | "ino">): string {
  return `${dev}:${ino}`;
}

/** The device's part of `PhotoFile.fileId`. */
export function deviceOf(fileId: string): string {
  return fileId.slice(0, fileId.indexOf(":"));
}

/** To the last bit as Node's plain stats have it, which is what libraries hold. */
function milliseconds(ns: bigint): number {
  const fraction = ((ns % NS_PER_SECOND) + NS_PER_SECOND) % NS_PER_SECOND;
  return Number((ns - fraction) / NS_PER_SECOND) * 1000 + Number(fraction) / 1_000_000;
}
