/**
 * What a library knows.
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { LibraryStatus } from "../../core/library/library-status.ts";
import { SKIP_REASONS, type SkipReason } from "../../core/photos/photo.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, grouped, printablePath, shownPath } from "../words.ts";

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
    ...renderSkipped(status, workingFolder),
  ];
  return `${lines.join("\n")}\n`;
}

const UNWALKED = "Scan in progress, interrupted, or unable to check every known photo";

/** What to type where a reason has a cure. */
const CURES: { readonly [Reason in SkipReason]?: string } = { "too-large": ", which --max-megapixels raises" };

/** By reason, each with its files and what the decoder said. */
function renderSkipped({ skipped, finished }: LibraryStatus, workingFolder: string): readonly string[] {
  if (skipped.length === 0) return [finished ? "All photos are compared." : "Not all photos are compared yet; dupfind scan resumes."];
  const reasons = (Object.keys(SKIP_REASONS) as SkipReason[]).map((reason) => ({
    reason,
    files: skipped.filter((file) => file.reason === reason),
  }));
  return [
    `${counted(skipped.length, "file")} skipped:`,
    ...reasons
      .filter(({ files }) => files.length > 0)
      .flatMap(({ reason, files }) => [
        `  ${SKIP_REASONS[reason]}${CURES[reason] ?? ""} (${grouped(files.length)})`,
        ...files.map(({ path, detail }) => `    ${shownPath(path, workingFolder)}${detail === "" ? "" : `: ${printablePath(detail)}`}`),
      ]),
  ];
}

export function renderStatusJson(status: LibraryStatus, library: string): string {
  return renderJsonAnswer("status", { library, ...status });
}
