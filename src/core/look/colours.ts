/**
 * Whether two pictures that lie on each other have the same colours.
 */
import { apply, type Transform } from "./transform.ts";
import type { Colour, Side } from "./verdict.ts";

/** A picture in few pixels. Interleaved RGB, [height, width, 3], 0 to 255. */
export interface ColourPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface ColourComparison {
  readonly colour: Readonly<Record<Side, Colour>>;
  /** Whether the colours are others, and not the same with another tint: another thing of the same shape, or a hue that was turned. */
  readonly areOthers: boolean;
}

/** Mean distance from grey, in levels of Cb and Cr, up to which a picture has no colours. */
const GREY_UP_TO = 3;
const COLOURFUL_FROM = 6;
/** Mean distance of the colours from which on they were changed. */
const TONED_FROM = 9;
/** Correlation of the colours below which they are others, where they differ strongly within both pictures. */
const OTHERS_BELOW = 0.35;
const STRONG_FROM = 9;

/** @param onto in widths and heights, from the other picture to the one */
export function compareColours(one: ColourPicture, other: ColourPicture, onto: Transform): ColourComparison {
  let [count, greyOfOne, greyOfOther, apart] = [0, 0, 0, 0];
  const chromas: [number, number, number, number][] = [];
  for (let y = 0; y < other.height; y++) {
    for (let x = 0; x < other.width; x++) {
      const there = apply(onto, (x + 0.5) / other.width, (y + 0.5) / other.height);
      if (!(there.x >= 0 && there.y >= 0 && there.x < 1 && there.y < 1)) continue;
      const [cb, cr] = chroma(one, Math.floor(there.x * one.width), Math.floor(there.y * one.height));
      const [db, dr] = chroma(other, x, y);
      count++;
      greyOfOne += Math.hypot(cb, cr);
      greyOfOther += Math.hypot(db, dr);
      apart += Math.hypot(cb - db, cr - dr);
      chromas.push([cb, cr, db, dr]);
    }
  }
  const [a, b, distance] = [greyOfOne, greyOfOther, apart].map((sum) => sum / Math.max(1, count)) as [number, number, number];
  const same = { colour: { one: "as-the-other", other: "as-the-other" }, areOthers: false } as const;
  if (a <= GREY_UP_TO && b >= COLOURFUL_FROM) return { ...same, colour: { one: "grey", other: "as-the-other" } };
  if (b <= GREY_UP_TO && a >= COLOURFUL_FROM) return { ...same, colour: { one: "as-the-other", other: "grey" } };
  if (distance < TONED_FROM) return same;
  return { colour: { one: "toned", other: "toned" }, areOthers: haveOtherColours(chromas) };
}

/** About their means: a tint over everything, sepia too, leaves what differs in colour as it was. */
function haveOtherColours(chromas: readonly (readonly [number, number, number, number])[]): boolean {
  const mean = (channel: 0 | 1 | 2 | 3) => chromas.reduce((sum, chroma) => sum + chroma[channel], 0) / chromas.length;
  const [a, b, c, d] = [mean(0), mean(1), mean(2), mean(3)];
  let [ofOne, ofOther, product] = [0, 0, 0];
  for (const [cb, cr, db, dr] of chromas) {
    ofOne += (cb - a) ** 2 + (cr - b) ** 2;
    ofOther += (db - c) ** 2 + (dr - d) ** 2;
    product += (cb - a) * (db - c) + (cr - b) * (dr - d);
  }
  const [deviationOfOne, deviationOfOther] = [Math.sqrt(ofOne / chromas.length), Math.sqrt(ofOther / chromas.length)];
  const areStrong = Math.min(deviationOfOne, deviationOfOther) >= STRONG_FROM;
  return areStrong && product / Math.sqrt(ofOne * ofOther) < OTHERS_BELOW;
}

/** Cb and Cr of ITU-R BT.601, about zero. */
function chroma({ data, width }: ColourPicture, x: number, y: number): readonly [number, number] {
  const at = (y * width + x) * 3;
  const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
  return [-0.169 * r - 0.331 * g + 0.5 * b, 0.5 * r - 0.419 * g - 0.081 * b];
}
