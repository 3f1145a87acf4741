/**
 * What is to be said of synthetic pairs, edits of the library's photos: for the terminal and for the page.
 */
import type { EditRecall, SyntheticFindings } from "../../core/synthetic/edit-recall.ts";
import { counted, grouped, percent, shownThreshold } from "../words.ts";

/**
 * What the pairs are, and what they stand for.
 * @param threshold that edits are found at
 */
export function syntheticSentences({ photos, skipped, edits }: SyntheticFindings, threshold: number): readonly string[] {
  const total = edits.reduce((sum, edit) => sum + edit.total, 0);
  return [
    `${counted(total, "edit")} of ${counted(photos, "photo")} were made. The same-picture pairs are two versions of each photo, the different ones ` +
      "all pairs of these photos: a library of as many photos with one copy of each.",
    ...(skipped > 0 ? [`${counted(skipped, "sampled photo")} can no longer be read; dupfind scan shows why.`] : []),
    `Found at ${shownThreshold(threshold)}, each edit against its original:`,
  ];
}

/** How many edits are found, for a terminal. */
export function editTable(edits: readonly EditRecall[]): readonly string[] {
  const rows = edits.map(({ kind, found, total }) => [kind, grouped(found), grouped(total), percent(found / total)] as const);
  return [["edit", "found", "of", ""] as const, ...rows].map(([kind, found, made, share]) =>
    `${kind.padEnd(12)}${found.padStart(8)}${made.padStart(8)}${share.padStart(10)}`.trimEnd(),
  );
}

/** What is not known, and what follows from it. */
export function suspectSentences({ suspects: { count, threshold } }: SyntheticFindings): readonly string[] {
  const from = shownThreshold(threshold);
  if (count === 0) return [`No pair of these photos reaches ${from}, where it might already be a duplicate.`];
  return [
    `${counted(count, "pair")} of these photos at or above ${from} may already be duplicates and ${count === 1 ? "was" : "were"} excluded.`,
    `False pairs at or above it are therefore not counted, so the threshold found is rarely above ${from}.`,
    "If some of these are different pictures, label pairs and use calibrate --pairs.",
  ];
}
