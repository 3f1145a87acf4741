/**
 * What is told on the way to an answer, in words.
 */
import { encoderTitle } from "../core/encoders/encoder.ts";
import type { Notice } from "../core/run.ts";
import { renderDriftWarning } from "./drift/drift.ts";
import { backlogLines } from "./library/backlog.ts";

/** Whole lines, each with the program's name. */
export function renderNotice(notice: Notice, workingFolder: string): string {
  switch (notice.kind) {
    case "waiting":
      return "dupfind: waiting for another command to compare new photos.\n";
    case "earlier-encoder-serves":
      return `dupfind: ${encoderTitle(notice.encoder)} replaces ${encoderTitle(notice.serving)}, whose vectors are used until dupfind scan has read all photos again.\n`;
    case "all-read-again":
      return `dupfind: ${encoderTitle(notice.encoder)} replaces ${encoderTitle(notice.serving)}: all photos are read once more.\n`;
    case "drift":
      return renderDriftWarning(notice.report);
    case "unfinished":
      return backlogLines(notice.backlog, workingFolder)
        .map((line) => `dupfind: ${line}\n`)
        .join("");
  }
}
