/**
 * The folders that are scanned.
 */
import type { RootStatus } from "../../core/library/library-status.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, printablePath, shownPath } from "../words.ts";

export function renderRootsText(roots: readonly RootStatus[], workingFolder: string): string {
  if (roots.length === 0) return "No folder is scanned; dupfind scan <folder> begins.\n";
  return `${roots.map((root) => `${shownPath(root.path, workingFolder)}\n  ${factsOf(root).join(", ")}`).join("\n")}\n`;
}

function factsOf({ photos, scannedAt, exclude, followLinks, isWalked, isHere }: RootStatus): readonly string[] {
  return [
    counted(photos, "photo"),
    ...(scannedAt === null ? [] : [`last scanned ${scannedAt.slice(0, 16).replace("T", " ")} UTC`]),
    ...exclude.map((glob) => `without ${printablePath(glob)}`),
    ...(followLinks ? ["links followed"] : []),
    ...(isWalked ? [] : [scannedAt === null ? "not scanned to its end yet" : "its last scan did not come to its end"]),
    ...(isHere ? [] : ["missing or empty now"]),
  ];
}

export function renderRootsJson(roots: readonly RootStatus[]): string {
  return renderJsonAnswer("roots", { roots });
}
