/**
 * What is told on the way to an answer, in words.
 */
import { encoderTitle } from "../core/encoders/encoder.ts";
import type { Notice } from "../core/run.ts";
import { renderDriftWarning } from "./drift/drift.ts";
import { backlogLines } from "./library/backlog.ts";
import { counted, printablePath, shownPath } from "./words.ts";

/** Whole lines, each with the program's name. */
export function renderNotice(notice: Notice, workingFolder: string): string {
  switch (notice.kind) {
    case "waiting":
      return "dupfind: waiting for another command to compare new photos.\n";
    case "silence":
      return `dupfind: ${shownPath(notice.path, workingFolder)} has given no answer for ${notice.seconds} s. Check its drive, or stop with Ctrl-C twice: the next scan goes on from here.\n`;
    case "earlier-encoder-serves":
      return `dupfind: ${encoderTitle(notice.encoder)} replaces ${encoderTitle(notice.serving)}, whose vectors are used until dupfind scan has read all photos again.\n`;
    case "all-read-again":
      return `dupfind: ${encoderTitle(notice.encoder)} replaces ${encoderTitle(notice.serving)}: all photos are read once more.\n`;
    case "drift":
      return renderDriftWarning(notice.report);
    case "decisions":
      return decisionLines(notice, workingFolder)
        .map((line) => `dupfind: ${line}\n`)
        .join("");
    case "unfinished":
      return backlogLines(notice.backlog, workingFolder)
        .map((line) => `dupfind: ${line}\n`)
        .join("");
  }
}

/** Contradicted pairs that are named; the others are counted. */
const PAIRS_SHOWN = 5;

function decisionLines(
  { counted: count, contradicted, file, absent }: Extract<Notice, { readonly kind: "decisions" }>,
  workingFolder: string,
): readonly string[] {
  const rest = contradicted.length - PAIRS_SHOWN;
  return [
    ...(count > 0 ? [`${counted(count, "decision counts as a label", "decisions count as labels")}.`] : []),
    ...(absent > 0
      ? [`${counted(absent, "decision is", "decisions are")} left out: a photo of it is not here, or not scanned with this encoder.`]
      : []),
    ...(contradicted.length > 0
      ? [`${printablePath(file ?? "")} contradicts ${counted(contradicted.length, "decision")}; the file counts:`]
      : []),
    ...contradicted
      .slice(0, PAIRS_SHOWN)
      .map(({ a, b, same }) => `  ${same ? "the same" : "different"}: ${shownPath(a, workingFolder)} and ${shownPath(b, workingFolder)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}
