/**
 * Pairs of different contents that may yet be one picture: no one has told them apart, so that they must not pass for
 * different ones.
 */
import type { SamplePair } from "./edited-photo.ts";

/** The pairs at or above the threshold, the least similar first: the most doubtful. */
export function suspectsAmong(pairs: readonly SamplePair[], threshold: number): readonly SamplePair[] {
  return pairs
    .filter(({ similarity }) => similarity >= threshold)
    .sort((one, other) => one.similarity - other.similarity || one.first - other.first || one.second - other.second);
}

/** The pairs that are not suspected, nor are both suspected to be the same picture as a third one. */
export function withoutSuspects(pairs: readonly SamplePair[], suspects: readonly SamplePair[]): readonly SamplePair[] {
  const matches = new Map<number, Set<number>>();
  const note = (one: number, other: number) => matches.set(one, (matches.get(one) ?? new Set()).add(other));
  for (const { first, second } of suspects) {
    note(first, second);
    note(second, first);
  }
  return pairs.filter(({ first, second }) => {
    const [ofFirst, ofSecond] = [matches.get(first), matches.get(second)];
    if (ofFirst === undefined || ofSecond === undefined) return true;
    return !ofFirst.has(second) && ![...ofFirst].some((third) => ofSecond.has(third));
  });
}
