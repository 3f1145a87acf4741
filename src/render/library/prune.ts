/**
 * What `prune` forgot, or would forget.
 */
import type { PrunePlan } from "../../core/library/prune-plan.ts";
import type { Absence } from "../../core/photos/ports.ts";
import { counted, printablePath, shownPath } from "../words.ts";

/** Behind a path, where more than its absence is to be said. */
const WHY: Readonly<Record<Absence, string>> = {
  gone: "",
  excluded: " (another thing stands in its place)",
  unsure: " (what it lay on is away)",
};

/** A dry run names each photo and folder. */
export function renderPruneText(plan: PrunePlan, dryRun: boolean, workingFolder: string): string {
  const { photos, contents, roots, guardedRoots, unsure } = plan;
  const verb = dryRun ? "Would forget" : "Forgot";
  const named = [
    ...photos.map(({ path, why }) => `  ${shownPath(path, workingFolder)}${WHY[why]}`),
    ...roots.map((root) => `  the folder ${shownPath(root, workingFolder)}`),
  ];
  const lines = [
    `${verb} ${counted(photos.length, "missing photo")} and ${counted(contents.length, "content")} that no photo holds. No photo was touched.`,
    ...(dryRun ? named : []),
    ...(unsure.length > 0
      ? [`${counted(unsure.length, "photo")} kept: what they lay on is away. Connect the drive, or add --force if it is gone for good.`]
      : []),
    ...guardedRoots.map(
      (root) =>
        `${printablePath(root)} is missing, empty or lost most of its photos: nothing below it was forgotten. Connect its drive, or add --force if it is gone for good.`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** One line, for logs: counts. */
export function renderPruneJson({ photos, contents, guardedRoots, unsure }: PrunePlan, dryRun: boolean): string {
  const counts = { photos: photos.length, contents: contents.length, guardedRoots, unsure: unsure.length };
  return `${JSON.stringify({ schemaVersion: 1, command: "prune", dryRun, ...counts })}\n`;
}
