/**
 * Lays one picture on another as the look at both saw them lie.
 */
import type { Quad } from "../../core/look/verdict.ts";

/**
 * CSS transform, about the top left corner, that takes a rectangle to the quad.
 * @param quad corners in widths and heights of the rectangle
 * @param width of the rectangle, in pixels, and its height
 */
export function transformTo(quad: Quad, width: number, height: number): string {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = quad.map((at, index) => at * (index % 2 === 0 ? width : height)) as unknown as Quad;
  // The projective map of the unit square: what is left over in the fourth corner bends the parallels.
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [dx1, dy1, dx2, dy2] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const area = dx1 * dy2 - dx2 * dy1;
  const [g, h] = [(sx * dy2 - dx2 * sy) / area, (dx1 * sy - sx * dy1) / area];
  const [a, b, d, e] = [x1 - x0 + g * x1, x3 - x0 + h * x3, y1 - y0 + g * y1, y3 - y0 + h * y3];
  const [u, v] = [1 / width, 1 / height];
  const columns = [a * u, d * u, 0, g * u, b * v, e * v, 0, h * v, 0, 0, 1, 0, x0, y0, 0, 1];
  return `matrix3d(${columns.map((value) => value.toFixed(12)).join(",")})`;
}
