/**
 * Whether what another picture shows ends inside this one in straight edges, as a photo on a screen, in a frame or in a collage does; a
 * picture that just shows more goes on across them.
 */
import { deviation } from "./cell-agreement.ts";
import type { GreyPicture } from "./grey-picture.ts";
import type { Quad } from "./verdict.ts";

const SAMPLES = 32;
/** Pixels on either side of the edge that are compared, and pixels from the picture's rim within which an edge is the rim. */
const STEP = 3;
const RIM = 10;
/** Brightness across the edge, to that along the inside of it, from which on it is an edge of its own. */
const STEEPER = 2;
const STEEP_FROM = 6;
/**
 * Standard deviation of the brightness along the outside of an edge up to which that is a plain ground. Beside one an edge need not be as steep: a
 * dark photo on a dark screen has none that is, and a busy photo is as steep itself.
 */
const PLAIN_UP_TO = 2.5;
const STEEP_BESIDE_PLAIN = 4;

/** @param quad where the other picture lies on this one */
export function isFramed({ data, width, height }: GreyPicture, quad: Quad): boolean {
  const corner = (k: number) => [(quad[(2 * k) & 7] as number) * width, (quad[(2 * k + 1) & 7] as number) * height] as const;
  const at = (x: number, y: number) => data[Math.round(y) * width + Math.round(x)] as number;
  const isInside = (x: number, y: number) => x >= RIM && y >= RIM && x <= width - 1 - RIM && y <= height - 1 - RIM;
  const middle = [0, 1, 2, 3].reduce((sum, k) => ({ x: sum.x + corner(k)[0] / 4, y: sum.y + corner(k)[1] / 4 }), { x: 0, y: 0 });
  let [sides, edges] = [0, 0];
  for (let side = 0; side < 4; side++) {
    const [[x, y], [toX, toY]] = [corner(side), corner(side + 1)];
    const length = Math.hypot(toX - x, toY - y) || 1;
    let [nx, ny] = [(toY - y) / length, (x - toX) / length];
    if (nx * ((x + toX) / 2 - middle.x) + ny * ((y + toY) / 2 - middle.y) < 0) [nx, ny] = [-nx, -ny];
    const across: number[] = [];
    const within: number[] = [];
    const inside: number[] = [];
    const outside: number[] = [];
    for (let i = 1; i < SAMPLES; i++) {
      const [px, py] = [x + ((toX - x) * i) / SAMPLES, y + ((toY - y) * i) / SAMPLES];
      if (!isInside(px, py)) continue;
      inside.push(at(px - STEP * nx, py - STEP * ny));
      outside.push(at(px + STEP * nx, py + STEP * ny), at(px + 2 * STEP * nx, py + 2 * STEP * ny));
      across.push(Math.abs(at(px + STEP * nx, py + STEP * ny) - at(px - STEP * nx, py - STEP * ny)));
      within.push(Math.abs(at(px - STEP * nx, py - STEP * ny) - at(px - 3 * STEP * nx, py - 3 * STEP * ny)));
    }
    if (across.length < SAMPLES / 2) continue;
    sides++;
    const step = median(across);
    const isSteeper = step >= STEEPER * median(within);
    const isPlain = spreadOf(outside) <= PLAIN_UP_TO;
    // A sky that grows darker is as plain on either side.
    const isBesidePlain = isPlain && step >= STEEP_BESIDE_PLAIN && (isSteeper || spreadOf(inside) > PLAIN_UP_TO);
    if ((step >= STEEP_FROM && isSteeper) || isBesidePlain) edges++;
  }
  return sides > 0 && edges * 3 >= sides * 2;
}

/** Edge of the squares that are asked whether there is something in them, and the deviation of brightness from which on there is. */
const SQUARE = 16;
const SOMETHING_FROM = 10;

/**
 * Share of the picture that lies outside the corners and has something in it: little around a photo on a screen or in a frame, much in a
 * collage, whose other pictures are nowhere else.
 */
export function shareOfOthers({ data, width, height }: GreyPicture, quad: Quad): number {
  const xs = [quad[0], quad[2], quad[4], quad[6]].map((x) => x * width);
  const ys = [quad[1], quad[3], quad[5], quad[7]].map((y) => y * height);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let [all, others] = [0, 0];
  for (let y = 0; y + SQUARE <= height; y += SQUARE) {
    for (let x = 0; x + SQUARE <= width; x += SQUARE) {
      all++;
      const isOutside = x + SQUARE <= left || x >= right || y + SQUARE <= top || y >= bottom;
      if (isOutside && deviation(data, width, x, y, SQUARE) >= SOMETHING_FROM) others++;
    }
  }
  return others / Math.max(1, all);
}

/** Standard deviation. */
function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
