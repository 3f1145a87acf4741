/**
 * Finds the point nearest to a place without looking at all: points by the cell of a grid that they lie in.
 */

export interface PointGrid {
  /**
   * @param reach how far the point may be
   * @returns the nearest point within reach; -1 for none
   */
  nearest(x: number, y: number, reach: number): number;
}

/** Points in a cell, on average. */
const POINTS_PER_CELL = 4;

/** @param x in [0, 1], as `y` */
export function createPointGrid(x: Float32Array, y: Float32Array): PointGrid {
  const edge = Math.max(1, Math.floor(Math.sqrt(x.length / POINTS_PER_CELL)));
  const cellOf = (value: number) => Math.min(edge - 1, Math.max(0, Math.floor(value * edge)));
  const { first, members } = fillCells(x.length, edge * edge, (point) => cellOf(y[point] as number) * edge + cellOf(x[point] as number));
  return {
    nearest: (atX, atY, reach) => {
      let best = -1;
      let bestSquare = reach * reach;
      for (let row = cellOf(atY - reach); row <= cellOf(atY + reach); row++) {
        const end = first[row * edge + cellOf(atX + reach) + 1] as number;
        for (let i = first[row * edge + cellOf(atX - reach)] as number; i < end; i++) {
          const point = members[i] as number;
          const square = ((x[point] as number) - atX) ** 2 + ((y[point] as number) - atY) ** 2;
          if (square > bestSquare || (square === bestSquare && best !== -1)) continue;
          best = point;
          bestSquare = square;
        }
      }
      return best;
    },
  };
}

/** Sorts points by cell: those of cell c are `members` from `first[c]` to before `first[c + 1]`. */
function fillCells(count: number, cells: number, cellOf: (point: number) => number) {
  const first = new Uint32Array(cells + 1);
  for (let point = 0; point < count; point++) first[cellOf(point) + 1] = (first[cellOf(point) + 1] as number) + 1;
  for (let cell = 0; cell < cells; cell++) first[cell + 1] = (first[cell + 1] as number) + (first[cell] as number);
  const next = first.slice();
  const members = new Uint32Array(count);
  for (let point = 0; point < count; point++) {
    const cell = cellOf(point);
    members[next[cell] as number] = point;
    next[cell] = (next[cell] as number) + 1;
  }
  return { first, members };
}
