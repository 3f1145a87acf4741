/**
 * What a scan did, in a few lines or as one line of JSON.
 */
import type { EncoderMove, ScanResult } from "../../core/library/scan-result.ts";
import type { LeftOut } from "../../core/photos/ports.ts";
import { counted, grouped, printablePath } from "../words.ts";

const LEFT_OUT_WORDS: Readonly<Record<LeftOut, readonly [one: string, many: string]>> = {
  "other-file": ["other file", "other files"],
  hidden: ["hidden or system entry", "hidden or system entries"],
  link: ["link (--follow-links follows)", "links (--follow-links follows)"],
  "same-folder-again": ["folder reached twice", "folders reached twice"],
};

export function renderScanText(result: ScanResult): string {
  const leftOut = (Object.keys(LEFT_OUT_WORDS) as LeftOut[])
    .filter((kind) => result.leftOut[kind] > 0)
    .map((kind) => counted(result.leftOut[kind], ...LEFT_OUT_WORDS[kind]));
  const lines = [
    `${counted(result.found, "photo")} found: ${grouped(result.embedded)} new, ` +
      `${grouped(result.known)} moved or copied, ${grouped(result.unchanged)} unchanged.`,
    result.skipped > 0 ? `${counted(result.skipped, "file")} could not be compared: dupfind status lists them.` : "",
    result.missing > 0 ? `${counted(result.missing, "photo")} gone since the last scan: dupfind prune forgets them.` : "",
    result.excluded > 0
      ? `${counted(result.excluded, "known photo")} left out now, by a name or a glob: out of the library until a scan takes them in again.`
      : "",
    result.unsure > 0
      ? `${counted(result.unsure, "known photo")} could not be looked at and stay as they were: a drive or folder is away or cannot be read.`
      : "",
    ...result.emptyRoots.map(
      (root) => `${printablePath(root)} holds no photo now, though some are known there: is its drive connected? Nothing was forgotten.`,
    ),
    leftOut.length > 0 ? `Left out: ${leftOut.join(", ")}.` : "",
    result.unread > 0 ? `${counted(result.unread, "photo")} not read yet.` : "",
    result.finished && result.compared ? "" : "Stopped early: finished work is kept, the same command goes on.",
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

const STRAYS_SHOWN = 3;

export function renderReindexText(
  result: ScanResult,
  { model, anew }: { readonly model: string; readonly anew: boolean },
  { moved, absent, withoutVector, strays }: EncoderMove,
): string {
  const before = result.embedded === 0 ? "All vectors were made by what runs here now." : "Calibrate again, as thresholds may have moved.";
  const done = `The library uses ${model} from now on${anew ? `. ${before}` : "; the old vectors stay for --model."}`;
  const lines = [
    `${counted(result.embedded, "photo")} embedded with ${model}.`,
    moved ? done : "The library stays with its old encoder until all is done: the same command goes on.",
    withoutVector > 0
      ? `${counted(withoutVector, "known photo")} could not be read and have no new vector yet: dupfind status lists them.`
      : "",
    ...absent.map(
      (root) =>
        `${printablePath(root)} is missing or empty: connect its drive, or dupfind forget it if it is gone for good. Until then nothing moves.`,
    ),
    ...strays
      .slice(0, STRAYS_SHOWN)
      .map(
        (path) =>
          `${printablePath(path)} lies in no folder that is scanned: scan its folder, or dupfind forget it. Until then nothing moves.`,
      ),
    strays.length > STRAYS_SHOWN ? `So do ${grouped(strays.length - STRAYS_SHOWN)} more.` : "",
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

/** One line, for logs. */
export function renderReindexJson(result: ScanResult, move: EncoderMove): string {
  return `${JSON.stringify({ schemaVersion: 1, command: "reindex", ...result, ...move })}\n`;
}

/** One line, for logs. */
export function renderScanJson(result: ScanResult): string {
  return `${JSON.stringify({ schemaVersion: 1, command: "scan", ...result })}\n`;
}
