/**
 * What is to be said of pairs that were made of the library's photos: for the terminal and for the page.
 */
import type { EditRecall, SyntheticFindings } from "../../core/synthetic/edit-recall.ts";
import { counted, grouped, percent, shownThreshold } from "../words.ts";

/**
 * What was made, and what it stands for.
 * @param threshold that edits are found at
 */
export function syntheticSentences({ photos, skipped, edits }: SyntheticFindings, threshold: number): readonly string[] {
  const made = edits.reduce((sum, edit) => sum + edit.made, 0);
  return [
    `${counted(made, "edit")} of ${counted(photos, "photo")} were made. The pairs judged are one of the versions of each photo, ` +
      "and all pairs of these photos as the different ones: a library of as many photos with one copy of each.",
    ...(skipped > 0 ? [`${counted(skipped, "photo")} drawn for it can no longer be read: dupfind scan tells why.`] : []),
    `Found at ${shownThreshold(threshold)}, each edit against its unedited photo:`,
  ];
}

/** How much of what was made is found, for a terminal. */
export function editTable(edits: readonly EditRecall[]): readonly string[] {
  const rows = edits.map(({ kind, found, made }) => [kind, grouped(found), grouped(made), percent(found / made)] as const);
  return [["edit", "found", "of", ""] as const, ...rows].map(([kind, found, made, share]) =>
    `${kind.padEnd(12)}${found.padStart(8)}${made.padStart(8)}${share.padStart(10)}`.trimEnd(),
  );
}

/** What is not known, and what follows from it. */
export function suspectSentences({ suspects: { count, threshold } }: SyntheticFindings): readonly string[] {
  const from = shownThreshold(threshold);
  if (count === 0) return [`No pair of these photos reaches ${from}, from where on it could be a duplicate already.`];
  return [
    `${counted(count, "pair")} of these photos at or above ${from} may be duplicates already and ${count === 1 ? "was" : "were"} left out.`,
    `No wrong pair from there on is counted, so that the threshold found hardly ever lies above ${from}.`,
    "When some of these are different pictures, label pairs and use calibrate --pairs.",
  ];
}
