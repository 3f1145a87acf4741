/**
 * How points of one picture lie on another: plane maps by 3 × 3 matrices.
 */

/** Row-major; maps (x, y, 1) to (u, v, w), the point (u / w, v / w). */
export type Transform = readonly [number, number, number, number, number, number, number, number, number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function apply([a, b, c, d, e, f, g, h, i]: Transform, x: number, y: number): Point {
  const w = g * x + h * y + i;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/** First `inner`, then `outer`. */
export function compose(outer: Transform, inner: Transform): Transform {
  const product = Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [Math.floor(k / 3) * 3, k % 3];
    return [0, 1, 2].reduce((sum, j) => sum + (outer[row + j] as number) * (inner[j * 3 + column] as number), 0);
  });
  return product as unknown as Transform;
}

/** @returns null for a map that squeezes the plane to a line */
export function invert([a, b, c, d, e, f, g, h, i]: Transform): Transform | null {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * A + b * B + c * C;
  if (Math.abs(determinant) < 1e-12) return null;
  const cofactors = [A, c * h - b * i, b * f - c * e, B, a * i - c * g, c * d - a * f, C, b * g - a * h, a * e - b * d];
  return cofactors.map((value) => value / determinant) as unknown as Transform;
}

export function scaling(x: number, y = x): Transform {
  return [x, 0, 0, 0, y, 0, 0, 0, 1];
}

/** Pixels of the target to one of the source, at a point: the square root of the area's change. */
export function scaleAt(transform: Transform, x: number, y: number): number {
  const [a, b, , d, e, , g, h, i] = transform;
  const w = g * x + h * y + i;
  const { x: u, y: v } = apply(transform, x, y);
  return Math.sqrt(Math.abs((a - g * u) * (e - h * v) - (b - h * u) * (d - g * v))) / Math.abs(w);
}

/** The turn and change of size that takes two points onto two others; null where they coincide. */
export function similarityOfTwo(p: Point, q: Point, u: Point, v: Point): Transform | null {
  const [dx, dy, du, dv] = [q.x - p.x, q.y - p.y, v.x - u.x, v.y - u.y];
  const length = dx * dx + dy * dy;
  if (length < 1) return null;
  const [a, b] = [(du * dx + dv * dy) / length, (dv * dx - du * dy) / length];
  return [a, -b, u.x - a * p.x + b * p.y, b, a, u.y - b * p.x - a * p.y, 0, 0, 1];
}

/** Correspondences by index: (x, y) is to lie on (u, v). */
export interface Correspondences {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** Least squares over some of the correspondences; null where they lie on a line. */
export function fitAffine(points: Correspondences, chosen: readonly number[]): Transform | null {
  const [across, down] = [normalEquations(3), normalEquations(3)];
  for (const i of chosen) {
    const row = [points.x[i] as number, points.y[i] as number, 1];
    addRow(across, row, points.u[i] as number);
    addRow(down, row, points.v[i] as number);
  }
  const [p, q] = [solve(across), solve(down)];
  return p === null || q === null ? null : ([...p, ...q, 0, 0, 1] as unknown as Transform);
}

/**
 * Least squares of the linear form over some of the correspondences, about their middle; null where it is not determined.
 * Hartley and Zisserman, Multiple View Geometry (2003), chapter 4.
 */
export function fitHomography(points: Correspondences, chosen: readonly number[]): Transform | null {
  const before = middleOf(points.x, points.y, chosen);
  const after = middleOf(points.u, points.v, chosen);
  const equations = normalEquations(8);
  for (const i of chosen) {
    const { x, y } = apply(before.to, points.x[i] as number, points.y[i] as number);
    const { x: u, y: v } = apply(after.to, points.u[i] as number, points.v[i] as number);
    addRow(equations, [x, y, 1, 0, 0, 0, -u * x, -u * y], u);
    addRow(equations, [0, 0, 0, x, y, 1, -v * x, -v * y], v);
  }
  const solved = solve(equations);
  return solved === null ? null : compose(after.from, compose([...solved, 1] as unknown as Transform, before.to));
}

function middleOf(x: Float64Array, y: Float64Array, chosen: readonly number[]): { readonly to: Transform; readonly from: Transform } {
  const mean = (values: Float64Array) => chosen.reduce((sum, i) => sum + (values[i] as number), 0) / chosen.length;
  const [cx, cy] = [mean(x), mean(y)];
  const spread = chosen.reduce((sum, i) => sum + Math.hypot((x[i] as number) - cx, (y[i] as number) - cy), 0) / chosen.length || 1;
  return { to: [1 / spread, 0, -cx / spread, 0, 1 / spread, -cy / spread, 0, 0, 1], from: [spread, 0, cx, 0, spread, cy, 0, 0, 1] };
}

interface NormalEquations {
  readonly size: number;
  /** Row-major, [size, size + 1], the right side last. */
  readonly values: Float64Array;
}

function normalEquations(size: number): NormalEquations {
  return { size, values: new Float64Array(size * (size + 1)) };
}

function addRow({ size, values }: NormalEquations, row: readonly number[], right: number): void {
  for (let i = 0; i < size; i++) {
    const factor = row[i] as number;
    if (factor === 0) continue;
    const at = i * (size + 1);
    for (let j = 0; j < size; j++) values[at + j] = (values[at + j] as number) + factor * (row[j] as number);
    values[at + size] = (values[at + size] as number) + factor * right;
  }
}

/** Gauss's elimination with pivots. */
function solve({ size, values }: NormalEquations): readonly number[] | null {
  const width = size + 1;
  const at = (row: number, column: number) => values[row * width + column] as number;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    if (Math.abs(at(pivot, column)) <= largest * 1e-12) return null;
    for (let k = 0; k < width; k++) {
      const kept = at(column, k);
      values[column * width + k] = at(pivot, k);
      values[pivot * width + k] = kept;
    }
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = at(row, column) / at(column, column);
      for (let k = column; k < width; k++) values[row * width + k] = at(row, k) - factor * at(column, k);
    }
  }
  return Array.from({ length: size }, (_, row) => at(row, size) / at(row, row));
}
