/**
 * Numbers, sizes, times and names as a person reads them: the one place where they are written, and the same in every locale, so that what a
 * person reads, sends and searches for is the same everywhere.
 */
import { plainName } from "../core/text/plain-text.ts";

/** "1 photo", "2 photos", "10,000 photos". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Thousands apart, the same in every locale. */
export function grouped(count: number): string {
  return count.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Two figures, and no pretence of counting what is nearly nothing. */
export function fewFigures(count: number): string {
  if (count === 0) return "0";
  if (count < 0.01) return "under 0.01";
  return grouped(Number(count.toPrecision(2)));
}

/** Decimal units, three digits: "812 B", "4.21 MB". */
export function byteSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : Number(size.toPrecision(3))} ${units[unit]}`;
}

/** Three decimals, never rounded up to a similarity the pair does not have. */
export function shownSimilarity(similarity: number): string {
  return (Math.floor(similarity * 1000) / 1000).toFixed(3);
}

/** Four decimals at most, the nearest. */
export function shownThreshold(threshold: number): string {
  return String(Number(threshold.toFixed(4)));
}

/** Two digits: "0.032 %", "12 %". */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** The day of an ISO 8601 time. */
export function day(time: string): string {
  return time.slice(0, 10);
}

/** "2026-11-29 21:40 UTC", of an ISO 8601 time. */
export function minute(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

/** A file name may hold a line break, a terminal's control codes or what turns the reading direction: shown escaped, on one line. */
export function printablePath(path: string): string {
  return plainName(path);
}

/** The path below the working folder, where that is shorter. */
export function shownPath(path: string, workingFolder: string): string {
  const prefix = workingFolder.endsWith("/") ? workingFolder : `${workingFolder}/`;
  return printablePath(path.startsWith(prefix) ? path.slice(prefix.length) : path);
}
