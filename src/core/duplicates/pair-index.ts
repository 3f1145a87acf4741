/**
 * Pairs by their contents, in flat arrays of 16 bytes a pair: in a series each frame has dozens of neighbours, and maps of maps take many
 * times that.
 */
import type { ContentId, Pair } from "../library/contents.ts";

/** Contents are told by their rank: their place in the list the index is made with. */
export class PairIndex {
  readonly pairs: readonly Pair[];
  /** Rank of the content of each pair that stands first in the list, in the order of `pairs`. */
  readonly better: Uint32Array;
  /** Of the other one. */
  readonly worse: Uint32Array;
  readonly #rankOf: ReadonlyMap<ContentId, number>;
  /** Where in `#places` the pairs of each rank begin that is the better one, and at the end where those of the last one end. */
  readonly #from: Uint32Array;
  /** Places in `pairs`, by the better and then by the worse rank. */
  readonly #places: Uint32Array;

  /**
   * Linear in both.
   * @param ids every content of a pair, none twice
   */
  constructor(ids: readonly ContentId[], pairs: readonly Pair[]) {
    this.pairs = pairs;
    this.#rankOf = new Map(ids.map((id, rank) => [id, rank]));
    this.better = new Uint32Array(pairs.length);
    this.worse = new Uint32Array(pairs.length);
    for (const [place, { a, b }] of pairs.entries()) {
      const [one, other] = [this.#rankOf.get(a) as number, this.#rankOf.get(b) as number];
      this.better[place] = Math.min(one, other);
      this.worse[place] = Math.max(one, other);
    }
    const asGiven = Uint32Array.from(pairs.keys());
    const byWorse = sortByRank(asGiven, this.worse, starts(this.worse, ids.length));
    this.#from = starts(this.better, ids.length);
    this.#places = sortByRank(byWorse, this.better, this.#from);
  }

  /** Ranks that pair with this one and are worse, the best first. */
  *worseThan(rank: number): Generator<number> {
    const end = this.#from[rank + 1] as number;
    for (let at = this.#from[rank] as number; at < end; at++) yield this.#worseAt(at);
  }

  /** The pair of two contents; undefined where they are none. */
  find(one: ContentId, other: ContentId): Pair | undefined {
    const [first, second] = [this.#rankOf.get(one), this.#rankOf.get(other)];
    if (first === undefined || second === undefined) return undefined;
    const [better, worse] = [Math.min(first, second), Math.max(first, second)];
    let low = this.#from[better] as number;
    const end = this.#from[better + 1] as number;
    for (let high = end; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.#worseAt(middle) < worse) low = middle + 1;
      else high = middle;
    }
    return low < end && this.#worseAt(low) === worse ? this.pairs[this.#places[low] as number] : undefined;
  }

  #worseAt(at: number): number {
    return this.worse[this.#places[at] as number] as number;
  }
}

/** Where the pairs of each rank begin once they are sorted by it; one more for where the last ones end. */
function starts(ranks: Uint32Array, count: number): Uint32Array {
  const from = new Uint32Array(count + 1);
  for (const rank of ranks) from[rank + 1] = (from[rank + 1] as number) + 1;
  for (let rank = 0; rank < count; rank++) from[rank + 1] = (from[rank + 1] as number) + (from[rank] as number);
  return from;
}

/** Stable: pairs of one rank stay in the order they come in. */
function sortByRank(places: Uint32Array, ranks: Uint32Array, from: Uint32Array): Uint32Array {
  const next = from.slice();
  const sorted = new Uint32Array(places.length);
  for (const place of places) {
    const rank = ranks[place] as number;
    const at = next[rank] as number;
    sorted[at] = place;
    next[rank] = at + 1;
  }
  return sorted;
}
