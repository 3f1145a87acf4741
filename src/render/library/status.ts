/**
 * What a library knows.
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import { passedByCount } from "../../core/library/left-out.ts";
import type { LibraryStatus } from "../../core/library/library-status.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, grouped, printablePath, shownPath } from "../words.ts";
import { leftOutLines, leftOutListLines } from "./left-out.ts";

export function renderStatusText(status: LibraryStatus, library: string, workingFolder: string): string {
  const lines = [
    `Library ${printablePath(library)}`,
    ...status.roots.map((root) => `  folder ${shownPath(root, workingFolder)}`),
    `  ${counted(status.photos, "photo")}, ${grouped(status.contents)} distinct` +
      `${status.missing > 0 ? `, ${grouped(status.missing)} missing` : ""}${status.pending > 0 ? `, ${grouped(status.pending)} not read yet` : ""}`,
    ...status.encoders.map(
      (encoder) =>
        `  ${encoderTitle(encoder)} (${encoder.key.slice(0, 8)}): ${grouped(encoder.embedded)} embedded, ${counted(encoder.pairs, "pair")}` +
        `${encoder.uncompared > 0 ? `, ${grouped(encoder.uncompared)} not compared yet` : ""}`,
    ),
    ...status.unwalked.map((root) => `  ${UNWALKED}: ${shownPath(root, workingFolder)}`),
    ...notCompared(status, workingFolder),
  ];
  return `${lines.join("\n")}\n`;
}

const UNWALKED = "Scan in progress, interrupted, or unable to check every known photo";

/** The skipped files always, what else was not compared where it was asked for; else how much of it there is. */
function notCompared({ skipped, finished, leftOut, leftOutFiles }: LibraryStatus, workingFolder: string): readonly string[] {
  const listed = leftOutFiles ?? skipped;
  const counts = leftOutFiles === null ? leftOutLines(leftOut) : [];
  const isAll = finished && skipped.length === 0 && leftOut.heldBack === 0 && passedByCount(leftOut) === 0;
  const title =
    leftOutFiles === null ? `${counted(skipped.length, "file")} skipped:` : `${counted(listed.length, "entry", "entries")} not compared:`;
  return [
    ...(isAll ? ["All photos are compared."] : []),
    ...(finished ? [] : ["Not all photos are compared yet; dupfind scan resumes."]),
    ...(listed.length > 0 ? [title, ...leftOutListLines(listed, workingFolder)] : []),
    ...counts,
  ];
}

export function renderStatusJson({ leftOutFiles, ...status }: LibraryStatus, library: string): string {
  return renderJsonAnswer("status", { library, ...status, ...(leftOutFiles === null ? {} : { leftOutFiles }) });
}
