/**
 * How much of a corner a pixel is, by Harris' measure (1988), row by row down a picture.
 */

/** Pixels around a corner whose gradients are summed. */
const HARRIS_RADIUS = 3;

/** Sums of squared gradients over the rows about one row, for each column: moved down, only the row that enters is computed. */
export class GradientSums {
  readonly #data: Uint8Array;
  readonly #width: number;
  /** Squares across, squares down and products of the gradients, of each column. */
  readonly #sums: Int32Array;
  /** The same of each of the rows that are summed, [2 * HARRIS_RADIUS + 1, width, 3], each row in the place of the one that left. */
  readonly #rows: Int32Array;
  #next: number;

  /** @param first row that is moved to at first */
  constructor(data: Uint8Array, width: number, first: number) {
    this.#data = data;
    this.#width = width;
    this.#sums = new Int32Array(3 * width);
    this.#rows = new Int32Array((2 * HARRIS_RADIUS + 1) * 3 * width);
    this.#next = first - HARRIS_RADIUS;
  }

  /** @param y never above the row of the last call */
  moveTo(y: number): void {
    while (this.#next <= y + HARRIS_RADIUS) this.#enter(this.#next++);
  }

  #enter(y: number): void {
    const [data, width, sums, rows] = [this.#data, this.#width, this.#sums, this.#rows];
    const from = y * width;
    for (let x = 1, k = 3, row = (y % (2 * HARRIS_RADIUS + 1)) * 3 * width + 3; x < width - 1; x++, k += 3, row += 3) {
      const gx = (data[from + x + 1] as number) - (data[from + x - 1] as number);
      const gy = (data[from + x + width] as number) - (data[from + x - width] as number);
      const [xx, yy, xy] = [gx * gx, gy * gy, gx * gy];
      sums[k] = (sums[k] as number) + xx - (rows[row] as number);
      sums[k + 1] = (sums[k + 1] as number) + yy - (rows[row + 1] as number);
      sums[k + 2] = (sums[k + 2] as number) + xy - (rows[row + 2] as number);
      rows[row] = xx;
      rows[row + 1] = yy;
      rows[row + 2] = xy;
    }
  }

  /** Determinant less 0.04 squared traces of the gradients' covariance over the square about a column of the present row. */
  harris(x: number): number {
    const sums = this.#sums;
    let xx = 0;
    let yy = 0;
    let xy = 0;
    for (let k = 3 * (x - HARRIS_RADIUS); k <= 3 * (x + HARRIS_RADIUS); k += 3) {
      xx += sums[k] as number;
      yy += sums[k + 1] as number;
      xy += sums[k + 2] as number;
    }
    return xx * yy - xy * xy - 0.04 * (xx + yy) * (xx + yy);
  }
}
