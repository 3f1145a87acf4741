/**
 * The groups of rows among which are the rows nearest to one.
 */

export interface RowGroup {
  readonly first: number;
  readonly size: number;
  /** The greatest with one of its rows. */
  readonly product: number;
}

/**
 * Each of the `count` best groups holds a row as near as its greatest product, so that none of the nearest can lie in a group whose
 * greatest product is below theirs.
 */
export class BestGroups {
  readonly #count: number;
  readonly #slack: number;
  #limit = Number.NEGATIVE_INFINITY;
  #found: RowGroup[] = [];
  #pruneAt: number;

  /**
   * @param count nearest rows that are wanted; Infinity for all
   * @param slack how far the product of two rows may lie below another's though it is the greater one
   */
  constructor(count: number, slack: number) {
    this.#count = count;
    this.#slack = slack;
    this.#pruneAt = 4 * count;
  }

  /** @param product the greatest with a row of the group; none is with the row itself, which would drown all others */
  offer(first: number, size: number, product: number): void {
    if (product < this.#limit) return;
    if (this.#found.push({ first, size, product }) >= this.#pruneAt) this.#prune();
  }

  /** The best first. */
  groups(): readonly RowGroup[] {
    this.#prune();
    return this.#found;
  }

  #prune(): void {
    this.#found.sort((one, other) => other.product - one.product);
    if (this.#found.length <= this.#count) return;
    this.#limit = (this.#found[this.#count - 1] as RowGroup).product - this.#slack;
    this.#found = this.#found.filter(({ product }) => product >= this.#limit);
    // Many that are equally near are all kept: to sort them at each offer would take the square of their number.
    this.#pruneAt = Math.max(4 * this.#count, 2 * this.#found.length);
  }
}
