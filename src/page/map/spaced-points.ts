/**
 * Points that keep a distance from each other: those whose pictures have room on the map.
 */

/** More than there are rows at any zoom. */
const ROWS = 2 ** 26;

/** Distances are rounded up to a power of this, so that the choice stays as it is while one zooms a little. */
const STEP = 2 ** 0.25;

export class SpacedPoints {
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #candidates: readonly number[];
  readonly #chosen = new Map<number, readonly number[]>();

  /** @param candidates the first ones are chosen before the others */
  constructor(x: Float32Array, y: Float32Array, candidates: readonly number[]) {
    this.#x = x;
    this.#y = y;
    this.#candidates = candidates;
  }

  /**
   * The same points for the same distance, whatever part of the map is seen.
   * @param distance in the map; no two chosen points are closer in both directions
   */
  atLeastApart(distance: number): readonly number[] {
    const level = Math.ceil(Math.log(distance) / Math.log(STEP));
    const known = this.#chosen.get(level);
    if (known !== undefined) return known;
    const chosen = this.#choose(STEP ** level);
    this.#chosen.set(level, chosen);
    return chosen;
  }

  /** Takes each candidate that no earlier one stands in the way of; these lie in the cells around it. */
  #choose(distance: number): readonly number[] {
    const cells = new Map<number, number[]>();
    return this.#candidates.filter((point) => {
      const column = Math.floor((this.#x[point] as number) / distance);
      const row = Math.floor((this.#y[point] as number) / distance);
      for (let near = 0; near < 9; near++) {
        const others = cells.get(cellKey(column + (near % 3) - 1, row + Math.floor(near / 3) - 1));
        if (others?.some((other) => this.#isClose(point, other, distance))) return false;
      }
      const key = cellKey(column, row);
      const members = cells.get(key);
      if (members === undefined) cells.set(key, [point]);
      else members.push(point);
      return true;
    });
  }

  #isClose(one: number, other: number, distance: number): boolean {
    return (
      Math.abs((this.#x[one] as number) - (this.#x[other] as number)) < distance &&
      Math.abs((this.#y[one] as number) - (this.#y[other] as number)) < distance
    );
  }
}

function cellKey(column: number, row: number): number {
  return column * ROWS + row;
}
