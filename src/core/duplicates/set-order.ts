/**
 * Orders in which a report lists its sets; those of one kind stay together, copies first.
 */
import { comparePaths, folderOf } from "../paths.ts";
import { SET_KINDS } from "./classes.ts";
import { compareSets, type DuplicateSet } from "./duplicate-sets.ts";

/**
 * `size`: what frees most first. `similarity`: the least alike first, since these are to be looked at. `date`: by the keeper's capture
 * time, undated ones last. `folder`: by the keeper's folder and name.
 */
export const SET_ORDERS = ["size", "similarity", "date", "folder"] as const;
export type SetOrder = (typeof SET_ORDERS)[number];

const COMPARE: Readonly<Record<SetOrder, (one: DuplicateSet, other: DuplicateSet) => number>> = {
  size: compareSets,
  similarity: (one, other) => one.lowestSimilarity - other.lowestSimilarity,
  date: (one, other) => compareNumbers(takenAt(one), takenAt(other)),
  folder: (one, other) =>
    comparePaths(folderOf(one.keeper.photo.path), folderOf(other.keeper.photo.path)) ||
    comparePaths(one.keeper.photo.path, other.keeper.photo.path),
};

export function sortSets(sets: readonly DuplicateSet[], order: SetOrder): readonly DuplicateSet[] {
  const byKind = (one: DuplicateSet, other: DuplicateSet) => SET_KINDS.indexOf(one.kind) - SET_KINDS.indexOf(other.kind);
  return [...sets].sort((one, other) => byKind(one, other) || COMPARE[order](one, other) || compareSets(one, other));
}

function takenAt({ keeper }: DuplicateSet): number {
  return keeper.content.facts.exposure.takenAt?.wallSeconds ?? Number.POSITIVE_INFINITY;
}

/** Two that are infinite are equal, which their difference does not say. */
function compareNumbers(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
