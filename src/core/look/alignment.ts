/**
 * How one picture lies on another, found from points that both have.
 */
import { seededRandom } from "../statistics/seeded-random.ts";
import type { Keypoints } from "./keypoints.ts";
import type { Matches } from "./matching.ts";
import { apply, type Correspondences, fitAffine, fitHomography, scaleAt, similarityOfTwo, type Transform } from "./transform.ts";

export interface Alignment {
  /** From pixels of the other picture, mirrored if it says so, to pixels of the one. */
  readonly onto: Transform;
  /** Points that lie on each other by it. */
  readonly inliers: number;
}

/** Pixels of the one picture that two images of one point may lie apart. */
const TOLERANCE = 4;
/** At first, before the map is fitted to all that agree. */
const ROUGH_TOLERANCE = 9;
const DRAWS = 20_000;
const TRIES = 600;
/** Fewer may agree by chance. */
const FEWEST_INLIERS = 6;
/** From so many on, a map with perspective is no guess. */
const FEWEST_FOR_PERSPECTIVE = 16;
const SMALLEST_SCALE = 0.1;
/** Radians that the turn of two matches may differ by, and their scales' ratio: what a point's own direction and level are good for. */
const ANGLE_TOLERANCE = 0.5;
const SCALE_TOLERANCE = 1.6;

/**
 * @param isMirrored whether the other picture was described as turned over; its points are then taken so
 * @param otherWidth of that picture, in pixels
 * @returns null where no map makes enough points agree
 */
export function align(one: Keypoints, other: Keypoints, matches: Matches, isMirrored: boolean, otherWidth: number): Alignment | null {
  const count = matches.one.length;
  if (count < FEWEST_INLIERS) return null;
  const points = correspond(one, other, matches, isMirrored, otherWidth);
  const rough = roughly(points, (i) => {
    const [p, q] = [matches.one[i] as number, matches.other[i] as number];
    const turned = isMirrored ? Math.PI - (other.angle[q] as number) : (other.angle[q] as number);
    const [to, from] = [one.levels[one.level[p] as number]?.scale ?? 1, other.levels[other.level[q] as number]?.scale ?? 1];
    return { turn: (one.angle[p] as number) - turned, scale: to / from };
  });
  return rough === null ? null : refine(points, rough);
}

function correspond(one: Keypoints, other: Keypoints, matches: Matches, isMirrored: boolean, otherWidth: number): Correspondences {
  const x = Float64Array.from(matches.other, (i) => (isMirrored ? otherWidth - 1 - (other.x[i] as number) : (other.x[i] as number)));
  return {
    count: matches.one.length,
    x,
    y: Float64Array.from(matches.other, (i) => other.y[i] as number),
    u: Float64Array.from(matches.one, (i) => one.x[i] as number),
    v: Float64Array.from(matches.one, (i) => one.y[i] as number),
  };
}

interface Pose {
  readonly turn: number;
  readonly scale: number;
}

/**
 * RANSAC (Fischler and Bolles 1981) with two matches at a time: the best turn and size by the number of matches that agree. Two whose own
 * turns and scales contradict each other, or the map that they give, are not tried: most draws end there.
 */
function roughly(points: Correspondences, poseOf: (match: number) => Pose): Transform | null {
  const random = seededRandom(points.count);
  const poses = Array.from({ length: points.count }, (_, i) => poseOf(i));
  let best: Transform | null = null;
  let most = FEWEST_INLIERS - 1;
  for (let draw = 0, tries = 0; draw < DRAWS && tries < TRIES; draw++) {
    const [i, j] = [Math.floor(random() * points.count), Math.floor(random() * points.count)];
    const [p, q] = [poses[i] as Pose, poses[j] as Pose];
    if (i === j || !agree(p, q)) continue;
    const map = similarityOfTwo(pointAt(points, i), pointAt(points, j), targetAt(points, i), targetAt(points, j));
    if (map === null) continue;
    const scale = Math.hypot(map[0], map[3]);
    if (scale < SMALLEST_SCALE || scale > 1 / SMALLEST_SCALE || !agree(p, { turn: Math.atan2(map[3], map[0]), scale })) continue;
    tries++;
    const found = countWithin(points, map, ROUGH_TOLERANCE * Math.max(1, scale));
    if (found > most) {
      most = found;
      best = map;
    }
  }
  return best;
}

function agree(one: Pose, other: Pose): boolean {
  const apart = Math.abs(one.turn - other.turn) % (2 * Math.PI);
  if (Math.min(apart, 2 * Math.PI - apart) > ANGLE_TOLERANCE) return false;
  return one.scale < other.scale * SCALE_TOLERANCE && other.scale < one.scale * SCALE_TOLERANCE;
}

/** Fitted again and again to what agrees, with perspective where that makes more agree. */
function refine(points: Correspondences, rough: Transform): Alignment | null {
  const scale = Math.max(1, scaleAt(rough, points.x[0] as number, points.y[0] as number));
  let map = rough;
  for (const tolerance of [ROUGH_TOLERANCE, ROUGH_TOLERANCE, TOLERANCE * 1.5, TOLERANCE]) {
    const fitted = fitAffine(points, within(points, map, tolerance * scale));
    if (fitted === null) return null;
    map = fitted;
  }
  let inliers = within(points, map, TOLERANCE * scale);
  const near = within(points, map, 2 * ROUGH_TOLERANCE * scale);
  if (near.length >= FEWEST_FOR_PERSPECTIVE) {
    let bent = fitHomography(points, near);
    for (let i = 0; i < 3 && bent !== null; i++) {
      const agreeing = within(points, bent, TOLERANCE * scale);
      if (agreeing.length > inliers.length * 1.05) {
        inliers = agreeing;
        map = bent;
      }
      bent = agreeing.length < FEWEST_FOR_PERSPECTIVE ? null : fitHomography(points, agreeing);
    }
  }
  return inliers.length < FEWEST_INLIERS ? null : { onto: map, inliers: inliers.length };
}

function pointAt({ x, y }: Correspondences, i: number) {
  return { x: x[i] as number, y: y[i] as number };
}

function targetAt({ u, v }: Correspondences, i: number) {
  return { x: u[i] as number, y: v[i] as number };
}

function distance2(points: Correspondences, map: Transform, i: number): number {
  const { x, y } = apply(map, points.x[i] as number, points.y[i] as number);
  const [du, dv] = [x - (points.u[i] as number), y - (points.v[i] as number)];
  return du * du + dv * dv;
}

/** For maps without perspective. */
function countWithin({ count, x, y, u, v }: Correspondences, [a, b, c, d, e, f]: Transform, tolerance: number): number {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const [px, py] = [x[i] as number, y[i] as number];
    const [du, dv] = [a * px + b * py + c - (u[i] as number), d * px + e * py + f - (v[i] as number)];
    if (du * du + dv * dv < tolerance * tolerance) found++;
  }
  return found;
}

function within(points: Correspondences, map: Transform, tolerance: number): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < points.count; i++) if (distance2(points, map, i) < tolerance * tolerance) found.push(i);
  return found;
}
