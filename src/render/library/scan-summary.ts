/**
 * What a scan or a reindex did, in a few lines or as one line of JSON.
 */
import type { EncoderMove, ScanResult } from "../../core/library/scan-result.ts";
import type { Approximation } from "../../core/library/vectors.ts";
import type { ExclusionKind } from "../../core/photos/ports.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, grouped, printablePath } from "../words.ts";
import { leftOutLines } from "./left-out.ts";

const EXCLUSION_WORDS: Readonly<Record<ExclusionKind, readonly [one: string, many: string]>> = {
  "other-file": ["other file", "other files"],
  "other-name": ["file with another name than a photo's", "files with other names than photos"],
  "by-choice": ["file or folder by --exclude or .dupfindignore", "files and folders by --exclude or .dupfindignore"],
  "by-filter": ["file or folder by the filter of this scan", "files and folders by the filter of this scan"],
  hidden: ["hidden or system entry", "hidden or system entries"],
  link: ["link (--follow-links includes it)", "links (--follow-links includes them)"],
  "same-folder-again": ["folder reached twice", "folders reached twice"],
};

export function renderScanText(result: ScanResult): string {
  const excluded = (Object.keys(EXCLUSION_WORDS) as ExclusionKind[])
    .filter((kind) => result.excluded[kind] > 0)
    .map((kind) => counted(result.excluded[kind], ...EXCLUSION_WORDS[kind]));
  const lines = [
    `${counted(result.found, "photo")} found: ${whatTheyWere(result)}.`,
    result.skipped > 0 ? `${counted(result.skipped, "file")} skipped; dupfind status lists them.` : "",
    result.missing > 0 ? `${counted(result.missing, "photo")} missing since the last scan; dupfind prune forgets them.` : "",
    result.returned > 0
      ? `${counted(result.returned, "photo was", "photos were")} removed before and ${result.returned === 1 ? "is" : "are"} back.`
      : "",
    result.nowExcluded > 0
      ? `${counted(result.nowExcluded, "known photo")} now excluded by name or glob; a scan that includes them brings them back.`
      : "",
    result.unsure > 0
      ? `${counted(result.unsure, "known photo")} could not be checked and stay as they were: a drive or folder is disconnected or unreadable.`
      : "",
    ...result.emptyRoots.map(
      (root) =>
        `${printablePath(root)} contains no photos now, but the library knows some there. Is its drive connected? Nothing was forgotten.`,
    ),
    excluded.length > 0 ? `Excluded: ${excluded.join(", ")}.` : "",
    ...leftOutLines(result.leftOut),
    result.approximation === null ? "" : approximationLine(result.approximation),
    result.unread > 0 ? `${counted(result.unread, "photo")} not read yet.` : "",
    result.finished && result.compared ? "" : "Stopped early. Finished work is kept; run the same command to resume.",
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

/** A share of nothing says nothing. */
function approximationLine({ photos, pairs, found }: Approximation): string {
  const share = pairs === 0 ? "" : ` (${((100 * found) / pairs).toFixed(1)} %)`;
  const sample = `${counted(pairs, "pair")} of ${counted(photos, "photo")} that were also compared exactly`;
  return `Compared by an index of nearest neighbours: of ${sample} it found ${grouped(found)}${share}.`;
}

function whatTheyWere({ embedded, known, renamed, copied, unchanged }: ScanResult): string {
  const sameBytes = known - renamed - copied;
  const parts = [
    `${grouped(embedded)} new`,
    copied > 0 ? counted(copied, "copy of another", "copies of others") : "",
    renamed > 0 ? `${grouped(renamed)} moved or renamed` : "",
    sameBytes > 0 ? `${grouped(sameBytes)} rewritten with the same bytes` : "",
    `${grouped(unchanged)} unchanged`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

const STRAYS_SHOWN = 3;

export function renderReindexText(
  result: ScanResult,
  { model, rebuild }: { readonly model: string; readonly rebuild: boolean },
  { moved, absent, withoutVector, strays }: EncoderMove,
): string {
  const before =
    result.embedded === 0 ? "All vectors were already computed by the current versions." : "Calibrate again: thresholds may have shifted.";
  const done = `The library now uses ${model}${rebuild ? `. ${before}` : "; the old vectors stay available with --model."}`;
  const lines = [
    `${counted(result.embedded, "photo")} embedded with ${model}.`,
    moved ? done : "The library keeps its old encoder until every photo is done; run the same command to resume.",
    withoutVector > 0
      ? `${counted(withoutVector, "known photo")} could not be read and have no new vector yet; dupfind status lists them.`
      : "",
    ...absent.map(
      (root) =>
        `${printablePath(root)} is missing or empty: connect its drive, or dupfind forget it if it is gone for good. Until then the library keeps its old encoder.`,
    ),
    ...strays
      .slice(0, STRAYS_SHOWN)
      .map(
        (path) =>
          `${printablePath(path)} lies in no folder that is scanned: scan its folder, or dupfind forget it. Until then the library keeps its old encoder.`,
      ),
    strays.length > STRAYS_SHOWN ? `So do ${grouped(strays.length - STRAYS_SHOWN)} more.` : "",
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

export function renderWatchJson(result: ScanResult): string {
  return renderJsonAnswer("watch", { ...result });
}

export function renderScanJson(result: ScanResult): string {
  return renderJsonAnswer("scan", { ...result });
}

export function renderReindexJson(result: ScanResult, model: string, { moved, absent, withoutVector, strays }: EncoderMove): string {
  return renderJsonAnswer("reindex", { model, moved, absentRoots: absent, withoutVector, strays, ...result });
}
