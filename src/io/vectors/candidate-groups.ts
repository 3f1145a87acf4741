/**
 * Groups of earlier rows that a block of new rows has to be compared with exactly. Of a new row that is like very many it keeps only
 * the groups that can hold its nearest, so that neither memory nor the exact comparisons grow with the number of look-alikes.
 */
import type { Candidate } from "../../core/library/vectors.ts";
import { BestGroups } from "./best-groups.ts";

export class CandidateGroups {
  readonly #from: number;
  readonly #most: number;
  readonly #slack: number;
  /** By new row, counted from the first. */
  readonly #best: (BestGroups | undefined)[];
  /** Groups whose greatest product is not known: first row and size, one after the other. */
  readonly #unmeasured: (number[] | undefined)[];

  /**
   * New rows [from, to).
   * @param most nearest rows that are wanted of each; Infinity for all
   * @param slack how far the product of two rows may lie from another's though it is the greater one; twice what rounding moves it
   */
  constructor(from: number, to: number, most: number, slack: number) {
    this.#from = from;
    this.#most = most;
    this.#slack = slack;
    this.#best = Array.from({ length: to - from });
    this.#unmeasured = Array.from({ length: to - from });
  }

  /**
   * @param places (new row, group) of each
   * @param greatest product of every new row with every group, row-major
   * @param start first row of the first group
   * @param size rows of a group
   */
  addByProduct(places: BigInt64Array, greatest: Float32Array, start: number, size: number): void {
    const groups = greatest.length / this.#best.length;
    for (let i = 0; i < places.length; i += 2) {
      const row = Number(places[i]);
      const group = Number(places[i + 1]);
      const first = start + group * size;
      if (first >= this.#from + row) continue;
      // In a group that reaches the row itself or later ones the greatest product may be with one of those.
      if (first + size > this.#from + row) this.add(row, first, size);
      else this.#bestOf(row).offer(first, size, greatest[row * groups + group] as number);
    }
  }

  /** A group whose greatest product is not known. */
  add(row: number, first: number, size: number): void {
    const known = this.#unmeasured[row];
    if (known === undefined) this.#unmeasured[row] = [first, size];
    else known.push(first, size);
  }

  /** Every pair of a new row and an earlier one of its groups; of each row the most promising first. */
  *pairs(): Generator<Candidate> {
    for (let i = 0; i < this.#best.length; i++) {
      const row = this.#from + i;
      for (const { first, size, product } of this.#best[i]?.groups() ?? []) yield* columnsOf(row, first, size, product + this.#slack / 2);
      const firsts = this.#unmeasured[i] ?? [];
      for (let at = 0; at < firsts.length; at += 2) {
        yield* columnsOf(row, firsts[at] as number, firsts[at + 1] as number, Number.POSITIVE_INFINITY);
      }
    }
  }

  #bestOf(row: number): BestGroups {
    const known = this.#best[row];
    if (known !== undefined) return known;
    const best = new BestGroups(this.#most, this.#slack);
    this.#best[row] = best;
    return best;
  }
}

function* columnsOf(row: number, first: number, size: number, atMost: number): Generator<Candidate> {
  for (let column = first; column < Math.min(first + size, row); column++) yield [row, column, atMost];
}
