/**
 * The plainest way in which one picture lies on another: the whole on the whole, turned by quarters or over. So lie most copies, and
 * those that were blurred or shrunk until no point of them can be found again.
 */
import { type PreparedPicture, TINY_EDGE } from "./prepared-picture.ts";
import type { Transform } from "./transform.ts";

/** Correlation of the tiny pictures from which on it is worth laying the whole on the whole. */
const WORTH_TRYING = 0.8;
/** The shapes may differ by so much: a pixel or two of rounding, and an edge that was cut off by a hair. */
const SHAPE_TOLERANCE = 1.04;

/** The eight ways that a square lies on a square; (u, v) in [0, 1] of the other picture to that of the one. */
const WAYS: readonly (readonly [a: number, b: number, c: number, d: number, e: number, f: number])[] = [
  [1, 0, 0, 0, 1, 0],
  [-1, 0, 1, 0, 1, 0],
  [1, 0, 0, 0, -1, 1],
  [-1, 0, 1, 0, -1, 1],
  [0, 1, 0, 1, 0, 0],
  [0, -1, 1, 1, 0, 0],
  [0, 1, 0, -1, 0, 1],
  [0, -1, 1, -1, 0, 1],
];

/** Plain copies are told by this margin from mirrored ones. */
const PLAINLY = 0.1;

/** False where the whole pictures are so alike as they are, and so much less when one is turned over, that no mirrored copy is looked for. */
export function mayBeMirrored({ tiny: one }: PreparedPicture, { tiny: other }: PreparedPicture): boolean {
  const best = (wanted: boolean) =>
    Math.max(...WAYS.filter(([a, b, , d, e]) => a * e - b * d < 0 === wanted).map((way) => correlate(one.data, other.data, way)));
  const plain = best(false);
  return plain < WORTH_TRYING || best(true) > plain - PLAINLY;
}

export interface WholeOnWhole {
  /** From pixels of the other coarse picture to pixels of the one's. */
  readonly onto: Transform;
  /** Of the tiny pictures, in [-1, 1]. */
  readonly correlation: number;
}

/** Those that are worth trying, the best first. */
export function wholeOnWhole(one: PreparedPicture, other: PreparedPicture): readonly WholeOnWhole[] {
  return WAYS.map((way) => ({ way, correlation: correlate(one.tiny.data, other.tiny.data, way) }))
    .filter(({ way, correlation }) => correlation >= WORTH_TRYING && hasSameShape(one, other, way))
    .sort((first, second) => second.correlation - first.correlation)
    .map(({ way, correlation }) => ({ onto: toPixels(way, one, other), correlation }));
}

function hasSameShape({ coarse: one }: PreparedPicture, { coarse: other }: PreparedPicture, [a]: (typeof WAYS)[number]): boolean {
  const shape = a === 0 ? other.height / other.width : other.width / other.height;
  const ratio = one.width / one.height / shape;
  return ratio < SHAPE_TOLERANCE && ratio > 1 / SHAPE_TOLERANCE;
}

function toPixels(
  [a, b, c, d, e, f]: (typeof WAYS)[number],
  { coarse: one }: PreparedPicture,
  { coarse: other }: PreparedPicture,
): Transform {
  const [w, h, v, u] = [one.width, one.height, other.height, other.width];
  // Pixel centres lie at (x + 0.5) / width.
  const row = (p: number, q: number, r: number, size: number): readonly [number, number, number] => [
    (p * size) / u,
    (q * size) / v,
    ((p * 0.5) / u + (q * 0.5) / v + r) * size - 0.5,
  ];
  return [...row(a, b, c, w), ...row(d, e, f, h), 0, 0, 1];
}

function correlate(one: Uint8Array, other: Uint8Array, [a, b, c, d, e, f]: (typeof WAYS)[number]): number {
  const last = TINY_EDGE - 1;
  let [p, q, pp, qq, pq] = [0, 0, 0, 0, 0];
  for (let y = 0; y < TINY_EDGE; y++) {
    for (let x = 0; x < TINY_EDGE; x++) {
      const [u, v] = [a * x + b * y + c * last, d * x + e * y + f * last];
      const value = one[v * TINY_EDGE + u] as number;
      const there = other[y * TINY_EDGE + x] as number;
      p += value;
      q += there;
      pp += value * value;
      qq += there * there;
      pq += value * there;
    }
  }
  const count = TINY_EDGE * TINY_EDGE;
  const variances = (pp / count - (p / count) ** 2) * (qq / count - (q / count) ** 2);
  return (pq / count - (p / count) * (q / count)) / (Math.sqrt(Math.max(0, variances)) + 1);
}
