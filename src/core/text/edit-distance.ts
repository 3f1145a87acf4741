/**
 * How far apart two names are, and which of several was meant by one that is none of them.
 */

/** Levenshtein's: letters to insert, take out or replace. */
export function editDistance(one: string, other: string): number {
  let row = Uint32Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let at = 1; at <= one.length; at++) {
    const next = new Uint32Array(other.length + 1);
    next[0] = at;
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] as number) + (one[at - 1] === other[column - 1] ? 0 : 1);
      next[column] = Math.min(replaced, (row[column] as number) + 1, (next[column - 1] as number) + 1);
    }
    row = next;
  }
  return row[other.length] as number;
}

/** The name with the fewest letters to change, the first of several; null where there is none. */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const name of names) {
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase());
    if (best === null || distance < best.distance) best = { name, distance };
  }
  return best?.name ?? null;
}
