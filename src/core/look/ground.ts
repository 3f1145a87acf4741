/**
 * The ground of a part of a picture: the one brightness that most of it has, as paper has behind ink.
 */
import type { GreyPicture } from "./grey-picture.ts";

/** In pixels; right and bottom are not in it. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Grey levels about a ground within which a pixel belongs to it: what compression does to it. */
export const GROUND_WITHIN = 14;

/** The most frequent brightness of a box. */
export function groundOf({ data, width }: GreyPicture, { left, top, right, bottom }: PixelBox): number {
  const counts = new Uint32Array(256);
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      const value = data[at] as number;
      counts[value] = (counts[value] as number) + 1;
    }
  }
  return counts.indexOf(Math.max(...counts));
}

/** Share of a box's pixels within so many grey levels of a brightness. */
export function shareNear({ data, width }: GreyPicture, { left, top, right, bottom }: PixelBox, level: number, within: number): number {
  let near = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) if (Math.abs((data[at] as number) - level) <= within) near++;
  }
  return near / Math.max(1, (right - left) * (bottom - top));
}
