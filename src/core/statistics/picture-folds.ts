/**
 * Parts pictures into folds for cross-validation, so that none stands on both sides of a test.
 */
import type { Random } from "./seeded-random.ts";
import { shuffled } from "./seeded-random.ts";

/**
 * Pictures that pairs join go into one fold as long as it has room, since a pair across two folds serves neither training on one
 * nor testing on the other (the greedy partition of Stanton and Kliot 2012, along a walk from neighbour to neighbour).
 * @param pairs of pictures by name; photos of one picture have one name
 * @returns the fold of each, from 0; the folds have about as many ends of pairs
 */
export function foldPictures(
  pairs: readonly { readonly a: string; readonly b: string }[],
  folds: number,
  random: Random,
): ReadonlyMap<string, number> {
  const neighbours = neighboursOf(pairs);
  const room = (2 * pairs.length) / folds;
  const load = new Float64Array(folds);
  const placed = new Map<string, number>();
  for (const picture of walk(shuffled([...neighbours.keys()], random), neighbours)) {
    const near = neighbours.get(picture) ?? [];
    const joined = new Float64Array(folds);
    for (const other of near) {
      const fold = placed.get(other);
      if (fold !== undefined) joined[fold] = (joined[fold] as number) + 1;
    }
    // Half of a picture may stand out: folds would else be filled over, and the last one go short.
    const gain = (fold: number) => (joined[fold] as number) * Math.max(0, 1 - ((load[fold] as number) + near.length / 2) / room);
    let best = 0;
    for (let fold = 1; fold < folds; fold++) {
      const better = gain(fold) - gain(best);
      if (better > 0 || (better === 0 && (load[fold] as number) < (load[best] as number))) best = fold;
    }
    placed.set(picture, best);
    load[best] = (load[best] as number) + near.length;
  }
  return placed;
}

/** Each end of a pair counts: a pair within a picture twice. */
function neighboursOf(pairs: readonly { readonly a: string; readonly b: string }[]): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (one: string, other: string) => {
    const known = neighbours.get(one);
    if (known === undefined) neighbours.set(one, [other]);
    else known.push(other);
  };
  for (const { a, b } of pairs) {
    add(a, b);
    add(b, a);
  }
  return neighbours;
}

/** All pictures, each connected part of them breadth first. */
function* walk(starts: readonly string[], neighbours: ReadonlyMap<string, readonly string[]>): Generator<string> {
  const met = new Set<string>();
  for (const first of starts) {
    if (met.has(first)) continue;
    met.add(first);
    const queue = [first];
    for (const picture of queue) {
      yield picture;
      for (const next of neighbours.get(picture) ?? []) {
        if (met.has(next)) continue;
        met.add(next);
        queue.push(next);
      }
    }
  }
}
