/**
 * Pairs of different contents that may yet be one picture: no one has told them apart, so that they must not pass for
 * different ones.
 */
import type { Pair } from "../library/contents.ts";

/** The pairs at or above the threshold, the least similar first: the most doubtful. */
export function suspectsAmong(pairs: readonly Pair[], threshold: number): readonly Pair[] {
  return pairs
    .filter(({ similarity }) => similarity >= threshold)
    .sort((one, other) => one.similarity - other.similarity || one.a - other.a || one.b - other.b);
}

/** The pairs that are not suspected, nor are both suspected to be the same picture as a third one. */
export function withoutSuspects(pairs: readonly Pair[], suspects: readonly Pair[]): readonly Pair[] {
  const matches = new Map<number, Set<number>>();
  const note = (one: number, other: number) => matches.set(one, (matches.get(one) ?? new Set()).add(other));
  for (const { a, b } of suspects) {
    note(a, b);
    note(b, a);
  }
  return pairs.filter(({ a, b }) => {
    const [ofA, ofB] = [matches.get(a), matches.get(b)];
    if (ofA === undefined || ofB === undefined) return true;
    return !ofA.has(b) && ![...ofA].some((third) => ofB.has(third));
  });
}
