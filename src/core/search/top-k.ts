/**
 * The best of many, without sorting them all: a search keeps the few it will show and forgets the rest as it goes.
 */

/** Holds the first `size` of everything it was offered, in the order of `compare`. */
export class TopK<Item> {
  readonly #size: number;
  readonly #compare: (one: Item, other: Item) => number;
  /** A heap (Williams, Algorithm 232, 1964) with the last of those kept on top: the one that the next better one drives out. */
  readonly #heap: Item[] = [];

  /**
   * @param size how many are kept, from 1
   * @param compare negative where the first comes first; never 0 for two that differ, or the order of offers would decide
   */
  constructor(size: number, compare: (one: Item, other: Item) => number) {
    this.#size = size;
    this.#compare = compare;
  }

  /** Whether `add` would keep it: asked first where it is expensive to know whether an item may be offered at all. */
  wouldKeep(item: Item): boolean {
    return this.#heap.length < this.#size || this.#compare(item, this.#heap[0] as Item) < 0;
  }

  add(item: Item): void {
    if (!this.wouldKeep(item)) return;
    if (this.#heap.length < this.#size) this.#rise(this.#heap.push(item) - 1);
    else this.#sinkFromTop(item);
  }

  /** In order; what was kept stays. */
  sorted(): readonly Item[] {
    return [...this.#heap].sort(this.#compare);
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#comesLater(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sinkFromTop(item: Item): void {
    this.#heap[0] = item;
    let at = 0;
    for (;;) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < this.#heap.length && this.#comesLater(child, last)) last = child;
      if (last === at) return;
      this.#swap(at, last);
      at = last;
    }
  }

  #comesLater(one: number, other: number): boolean {
    return this.#compare(this.#heap[one] as Item, this.#heap[other] as Item) > 0;
  }

  #swap(one: number, other: number): void {
    [this.#heap[one], this.#heap[other]] = [this.#heap[other] as Item, this.#heap[one] as Item];
  }
}
