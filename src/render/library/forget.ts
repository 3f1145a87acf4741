/**
 * What `forget` took out of the library, or would take out.
 */
import type { FolderPlan } from "../../core/library/prune-plan.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, shownPath } from "../words.ts";

/** A dry run names each photo. */
export function renderForgetText(plan: FolderPlan, dryRun: boolean, workingFolder: string): string {
  const { folders, photos, contents, scannedAgainBy } = plan;
  const shown = (path: string) => shownPath(path, workingFolder);
  const lines = [
    `${dryRun ? "Would forget" : "Forgot"} ${folders.map(shown).join(", ")}: ${counted(photos.length, "photo")}, ` +
      `and ${counted(contents.length, "content")} that no other photo holds. No photo was touched.`,
    ...(dryRun ? photos.map(({ path }) => `  ${shown(path)}`) : []),
    ...scannedAgainBy.map((root) => `The next scan of ${shown(root)} reads it again: add --exclude there to leave it out.`),
  ];
  return `${lines.join("\n")}\n`;
}

/** Counts. */
export function renderForgetJson({ folders, photos, contents, roots, scannedAgainBy }: FolderPlan, dryRun: boolean): string {
  const counts = { folders, photos: photos.length, contents: contents.length, roots, scannedAgainBy };
  return renderJsonAnswer("forget", { dryRun, ...counts });
}
