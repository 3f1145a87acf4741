/**
 * Points of a picture that can be found again in a copy of it, whatever its size and turn: corners in a pyramid of smaller pictures,
 * each with the direction in which its surroundings are brighter.
 *
 * FAST corners (Rosten and Drummond 2006) ranked by Harris' measure (1988), with the orientation by intensity centroid of ORB (Rublee et
 * al. 2011).
 */
import { GradientSums } from "./gradient-sums.ts";
import { type GreyPicture, resample } from "./grey-picture.ts";

/** One level of the pyramid. */
export interface Level {
  readonly picture: GreyPicture;
  /** Pixels of the whole picture to one of this level's. */
  readonly scale: number;
}

export interface Keypoints {
  readonly levels: readonly Level[];
  readonly count: number;
  /** In pixels of the whole picture. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Radians. */
  readonly angle: Float32Array;
  readonly level: Uint8Array;
}

const LEVELS = 8;
const STEP = 1.2;
const MOST_POINTS = 1000;
/** A small picture has fewer: there is no more in it. */
const PIXELS_A_POINT = 180;
/** Pixels around a point that its orientation and its description are made of. */
export const PATCH_RADIUS = 15;
const BORDER = PATCH_RADIUS + 3;
/** Brightness that a corner's ring has to differ by: low, since the best are chosen afterwards. */
const FAST_THRESHOLD = 7;
/** Nine of sixteen in a row. */
const ARC = 9;
const RING = [
  [0, -3],
  [1, -3],
  [2, -2],
  [3, -1],
  [3, 0],
  [3, 1],
  [2, 2],
  [1, 3],
  [0, 3],
  [-1, 3],
  [-2, 2],
  [-3, 1],
  [-3, 0],
  [-3, -1],
  [-2, -2],
  [-1, -3],
] as const;

export function findKeypoints(picture: GreyPicture): Keypoints {
  const levels = pyramid(picture);
  const areas = levels.reduce((sum, { picture: { width, height } }) => sum + width * height, 0);
  const wanted = Math.min(MOST_POINTS, (picture.width * picture.height) / PIXELS_A_POINT);
  const found = levels.flatMap((level, index) => {
    const { width, height } = level.picture;
    return strongest(corners(level.picture), level.picture, Math.round((wanted * width * height) / areas)).map((corner) => ({
      corner,
      index,
    }));
  });
  const count = found.length;
  const points = {
    levels,
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    angle: new Float32Array(count),
    level: new Uint8Array(count),
  };
  for (const [i, { corner, index }] of found.entries()) {
    const { picture: shrunk, scale } = levels[index] as Level;
    points.x[i] = (corner.x + 0.5) * scale - 0.5;
    points.y[i] = (corner.y + 0.5) * scale - 0.5;
    points.angle[i] = orientation(shrunk, corner.x, corner.y);
    points.level[i] = index;
  }
  return points;
}

function pyramid(picture: GreyPicture): readonly Level[] {
  const levels: Level[] = [{ picture, scale: 1 }];
  for (let i = 1; i < LEVELS; i++) {
    const scale = STEP ** i;
    const [width, height] = [Math.round(picture.width / scale), Math.round(picture.height / scale)];
    if (Math.min(width, height) < 2 * BORDER + 8) break;
    levels.push({ picture: resample((levels.at(-1) as Level).picture, width, height), scale: picture.width / width });
  }
  return levels;
}

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly strength: number;
}

function corners({ data, width, height }: GreyPicture): readonly Corner[] {
  const ring = Int32Array.from(RING, ([dx, dy]) => dy * width + dx);
  const [north, east, south, west] = [ring[0], ring[4], ring[8], ring[12]] as [number, number, number, number];
  const strengths = new Float32Array(width * height);
  const gradients = new GradientSums(data, width, BORDER);
  const found: number[] = [];
  for (let y = BORDER; y < height - BORDER; y++) {
    gradients.moveTo(y);
    for (let x = BORDER; x < width - BORDER; x++) {
      const at = y * width + x;
      const high = (data[at] as number) + FAST_THRESHOLD;
      const low = high - 2 * FAST_THRESHOLD;
      // Any arc of nine holds two neighbours of these four.
      const n = data[at + north] as number;
      const e = data[at + east] as number;
      const s = data[at + south] as number;
      const w = data[at + west] as number;
      const mayBeBright = (n > high || s > high) && (e > high || w > high);
      const mayBeDark = (n < low || s < low) && (e < low || w < low);
      if (!(mayBeBright && hasArc(data, at, ring, high, 1)) && !(mayBeDark && hasArc(data, at, ring, low, -1))) continue;
      const strength = gradients.harris(x);
      if (strength <= 0) continue;
      strengths[at] = strength;
      found.push(at);
    }
  }
  const isPeak = (at: number) => {
    const own = strengths[at] as number;
    for (const off of [-width - 1, -width, -width + 1, -1]) if ((strengths[at + off] as number) >= own) return false;
    for (const off of [1, width - 1, width, width + 1]) if ((strengths[at + off] as number) > own) return false;
    return true;
  };
  return found.filter(isPeak).map((at) => ({ x: at % width, y: (at / width) | 0, strength: strengths[at] as number }));
}

/** Whether nine neighbours in a row on the ring are all brighter than the limit (sign 1), or all darker (-1). */
function hasArc(data: Uint8Array, at: number, ring: Int32Array, limit: number, sign: 1 | -1): boolean {
  const level = sign * limit;
  let bits = 0;
  for (let i = 0; i < 16; i++) bits |= Number(sign * (data[at + (ring[i] as number)] as number) > level) << i;
  return HAS_ARC[bits] === 1;
}

/** For each choice of the ring's 16 pixels, a bit for each, whether `ARC` of them lie side by side. */
const HAS_ARC = Uint8Array.from({ length: 2 ** RING.length }, (_, bits) => {
  let run = bits;
  for (let i = 1; i < ARC; i++) run &= (bits >>> i) | (bits << (RING.length - i));
  return Number((run & (2 ** RING.length - 1)) !== 0);
});

/** The best of every part of the picture first, so that one rich corner does not take all: a crop of any other could not be found. */
function strongest(all: readonly Corner[], { width, height }: GreyPicture, wanted: number): readonly Corner[] {
  if (all.length <= wanted) return all;
  const side = Math.max(8, Math.sqrt((width * height) / (wanted / 3)));
  const columns = Math.ceil(width / side);
  const parts = new Map<number, Corner[]>();
  for (const corner of all) {
    const part = Math.floor(corner.y / side) * columns + Math.floor(corner.x / side);
    const there = parts.get(part);
    if (there === undefined) parts.set(part, [corner]);
    else there.push(corner);
  }
  const byStrength = (one: Corner, other: Corner) => other.strength - one.strength || one.y - other.y || one.x - other.x;
  const ranked = [...parts.values()].flatMap((part) => part.sort(byStrength).map((corner, rank) => ({ corner, rank })));
  ranked.sort((one, other) => one.rank - other.rank || byStrength(one.corner, other.corner));
  return ranked.slice(0, wanted).map(({ corner }) => corner);
}

const HALF_WIDTHS = Array.from({ length: PATCH_RADIUS + 1 }, (_, dy) => Math.floor(Math.sqrt(PATCH_RADIUS ** 2 - dy ** 2)));

/** Where the disk around the point is brighter than on the other side. */
function orientation({ data, width }: GreyPicture, x: number, y: number): number {
  let [mx, my] = [0, 0];
  for (let dy = -PATCH_RADIUS; dy <= PATCH_RADIUS; dy++) {
    const half = HALF_WIDTHS[Math.abs(dy)] as number;
    const row = (y + dy) * width + x;
    let sum = 0;
    for (let dx = -half; dx <= half; dx++) {
      const value = data[row + dx] as number;
      sum += value;
      mx += dx * value;
    }
    my += dy * sum;
  }
  return Math.atan2(my, mx);
}
