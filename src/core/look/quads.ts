/**
 * What the corners of one picture on another tell: how large, how turned, how much of it.
 */
import type { Quad } from "./verdict.ts";

export interface Shape {
  readonly width: number;
  readonly height: number;
}

/** In pixels of the picture that they lie on. */
function corners(quad: Quad, { width, height }: Shape): readonly (readonly [number, number])[] {
  return [0, 2, 4, 6].map((k) => [(quad[k] as number) * width, (quad[k + 1] as number) * height] as const);
}

/** Positive where the corners go round as those of a picture do, clockwise on a screen; negative for a mirrored one. */
function signedArea(points: readonly (readonly [number, number])[]): number {
  const sum = points.reduce((total, [x, y], k) => {
    const [nextX, nextY] = points[(k + 1) % points.length] as readonly [number, number];
    return total + x * nextY - nextX * y;
  }, 0);
  return sum / 2;
}

export function isMirrored(quad: Quad, on: Shape): boolean {
  return signedArea(corners(quad, on)) < 0;
}

/** Degrees clockwise that the picture is turned by as it lies on the other, in (-180, 180]; of a mirrored one, after it was turned over. */
export function turnOf(quad: Quad, on: Shape): number {
  const [topLeft, topRight] = corners(quad, on) as [readonly [number, number], readonly [number, number]];
  const mirrored = isMirrored(quad, on);
  const [dx, dy] = [topRight[0] - topLeft[0], topRight[1] - topLeft[1]];
  const degrees = (Math.atan2(mirrored ? -dy : dy, mirrored ? -dx : dx) * 180) / Math.PI;
  return degrees <= -180 ? 180 : degrees;
}

/** Pixels of `on` to one of the picture whose corners they are: 0.5 where the picture has twice the detail. */
export function scaleOf(quad: Quad, of: Shape, on: Shape): number {
  return Math.sqrt(Math.abs(signedArea(corners(quad, on))) / (of.width * of.height));
}

/** Share of `on` that the picture covers, in [0, 1]. */
export function shareCovered(quad: Quad): number {
  return Math.min(1, Math.abs(signedArea(clip(corners(quad, { width: 1, height: 1 })))));
}

/** Middle of what the picture covers, in widths and heights. */
export function middleCovered(quad: Quad): { readonly x: number; readonly y: number } {
  const points = clip(corners(quad, { width: 1, height: 1 }));
  const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / Math.max(1, points.length);
  return { x: mean(0), y: mean(1) };
}

/** The part of a polygon inside the unit square: Sutherland and Hodgman (1974). */
function clip(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  // A copy's corners mostly do, and a report asks of every look.
  const liesInside = points.every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1);
  if (liesInside) return points;
  const sides = [
    { axis: 0, limit: 0, sign: 1 },
    { axis: 0, limit: 1, sign: -1 },
    { axis: 1, limit: 0, sign: 1 },
    { axis: 1, limit: 1, sign: -1 },
  ] as const;
  return sides.reduce((polygon, { axis, limit, sign }) => {
    const depth = (point: readonly [number, number]) => sign * (point[axis] - limit);
    return polygon.flatMap((point, k) => {
      const next = polygon[(k + 1) % polygon.length] as readonly [number, number];
      const [here, there] = [depth(point), depth(next)];
      const t = here / (here - there);
      const crossing = [point[0] + t * (next[0] - point[0]), point[1] + t * (next[1] - point[1])] as const;
      return [...(here >= 0 ? [point] : []), ...(here >= 0 !== there >= 0 ? [crossing] : [])];
    });
  }, points);
}
