/**
 * What the surroundings of a keypoint look like, as 256 questions of the kind "is this spot brighter than that one?", asked in the
 * direction that the point has: BRIEF (Calonder et al. 2010) steered by the orientation, as in ORB (Rublee et al. 2011).
 */
import { seededRandom } from "../statistics/seeded-random.ts";
import type { GreyPicture } from "./grey-picture.ts";
import { type Keypoints, type Level, PATCH_RADIUS } from "./keypoints.ts";

/** 32 bits each. */
export const WORDS = 8;
const TESTS = WORDS * 32;

/** [count, WORDS]; of the picture as it is, or turned over from left to right. */
export type Descriptors = Int32Array;

/** Directions that the questions are turned to beforehand. */
const DIRECTIONS = 30;

/** For a picture that is turned over, of the same points: point `i` then lies at `width - 1 - x`. */
export function describe(points: Keypoints, isMirrored: boolean): Descriptors {
  const smooth = points.levels.map(({ picture }) => smoothed(picture));
  const descriptors = new Int32Array(points.count * WORDS);
  for (let i = 0; i < points.count; i++) {
    const { picture, scale } = points.levels[points.level[i] as number] as Level;
    const values = smooth[points.level[i] as number] as Uint8Array;
    const x = Math.round(((points.x[i] as number) + 0.5) / scale - 0.5);
    const y = Math.round(((points.y[i] as number) + 0.5) / scale - 0.5);
    const angle = isMirrored ? Math.PI - (points.angle[i] as number) : (points.angle[i] as number);
    const turned = PATTERNS[(Math.round((angle / (2 * Math.PI)) * DIRECTIONS) + DIRECTIONS) % DIRECTIONS] as Int8Array;
    const across = isMirrored ? -1 : 1;
    const centre = y * picture.width + x;
    for (let word = 0, k = 0; word < WORDS; word++) {
      let bits = 0;
      for (let bit = 0; bit < 32; bit++, k += 4) {
        const one = values[centre + (turned[k + 1] as number) * picture.width + across * (turned[k] as number)] as number;
        const other = values[centre + (turned[k + 3] as number) * picture.width + across * (turned[k + 2] as number)] as number;
        if (one < other) bits |= 1 << bit;
      }
      descriptors[i * WORDS + word] = bits;
    }
  }
  return descriptors;
}

/** [TESTS, 4] for each direction: x and y of the one spot, x and y of the other, within the patch. */
const PATTERNS: readonly Int8Array[] = (() => {
  const random = seededRandom(0x0b5e55ed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  // Two fifths of the patch's radius, as the authors of BRIEF found best; inside the disk, so that every turn stays in the patch.
  const spot = () => {
    for (;;) {
      const [x, y] = [normal() * PATCH_RADIUS * 0.4, normal() * PATCH_RADIUS * 0.4] as const;
      if (Math.hypot(x, y) <= PATCH_RADIUS - 1) return [x, y] as const;
    }
  };
  const tests = Array.from({ length: TESTS }, () => [spot(), spot()] as const);
  return Array.from({ length: DIRECTIONS }, (_, direction) => {
    const [cos, sin] = [Math.cos((direction / DIRECTIONS) * 2 * Math.PI), Math.sin((direction / DIRECTIONS) * 2 * Math.PI)];
    return Int8Array.from(
      tests.flatMap((spots) => spots.flatMap(([x, y]) => [Math.round(cos * x - sin * y), Math.round(sin * x + cos * y)])),
    );
  });
})();

/** Means of 5 × 5 pixels: single pixels are noise. */
function smoothed({ data, width, height }: GreyPicture): Uint8Array {
  const rows = new Uint16Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 2; x < width - 2; x++) {
      const at = row + x;
      rows[at] =
        (data[at - 2] as number) + (data[at - 1] as number) + (data[at] as number) + (data[at + 1] as number) + (data[at + 2] as number);
    }
  }
  const smooth = new Uint8Array(data.length);
  for (let at = 2 * width; at < data.length - 2 * width; at++) {
    const sum =
      (rows[at - 2 * width] as number) +
      (rows[at - width] as number) +
      (rows[at] as number) +
      (rows[at + width] as number) +
      (rows[at + 2 * width] as number);
    smooth[at] = sum / 25;
  }
  return smooth;
}
