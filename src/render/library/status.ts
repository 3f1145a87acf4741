/**
 * What a library knows, and what `prune` would forget.
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { LibraryStatus, PrunePlan } from "../../core/library/library-status.ts";
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
        `  ${SKIP_REASONS[reason]} (${grouped(files.length)})`,
        ...files.map(({ path, detail }) => `    ${shownPath(path, workingFolder)}${detail === "" ? "" : `: ${printablePath(detail)}`}`),
      ]),
  ];
}

export function renderStatusJson(status: LibraryStatus, library: string): string {
  return renderJsonAnswer("status", { library, ...status });
}

export function renderPruneText(plan: PrunePlan, dryRun: boolean): string {
  const verb = dryRun ? "Would forget" : "Forgot";
  const lines = [
    `${verb} ${counted(plan.photos, "missing photo")} and ${counted(plan.contents, "content")} that no photo has any more. No photo was touched.`,
    plan.unsure > 0
      ? `${counted(plan.unsure, "photo")} kept: their drive or folder is disconnected. Connect it, or add --force if it is gone for good.`
      : "",
    ...plan.guardedRoots.map(
      (root) =>
        `${printablePath(root)} is missing, is empty or has lost most of its photos: nothing in it was forgotten. Connect its drive, or add --force if they are gone for good.`,
    ),
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

export function renderPruneJson(plan: PrunePlan, dryRun: boolean): string {
  return renderJsonAnswer("prune", { dryRun, ...plan });
}
