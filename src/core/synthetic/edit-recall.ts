/**
 * What is told of synthetic pairs, a library's photos and edits of them: which edits an encoder misses, and which
 * photos may have been duplicates before.
 */
import { EDIT_KINDS, type EditKind } from "./edits.ts";
import type { EditSimilarity, SyntheticPairs } from "./scored-pair-set.ts";

/** Of the edits of one kind, how many an encoder finds. */
export interface EditRecall {
  readonly kind: EditKind;
  readonly total: number;
  readonly found: number;
}

export interface SyntheticFindings extends Omit<SyntheticPairs, "edits"> {
  /** At the threshold that was found. */
  readonly edits: readonly EditRecall[];
}

/** As many are kept with a calibration; all of them are what a report shows. */
export const SUSPECTS_AT_MOST = 12;

export function syntheticFindings(pairs: SyntheticPairs, threshold: number): SyntheticFindings {
  return { ...pairs, edits: recallByEdit(pairs.edits, threshold) };
}

/** In the order of the list of edits; kinds without an edit are left out. */
export function recallByEdit(edits: readonly EditSimilarity[], threshold: number): readonly EditRecall[] {
  return EDIT_KINDS.map((kind) => {
    const ofKind = edits.filter((edit) => edit.kind === kind);
    return { kind, total: ofKind.length, found: ofKind.filter(({ similarity }) => similarity >= threshold).length };
  }).filter(({ total }) => total > 0);
}
