/**
 * Paints points as dots straight into pixels: with fifty thousand of them several times as fast as one call a dot.
 */
import type { Camera, Viewport } from "./camera.ts";

export interface Dots {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Points in the order in which they are painted: the last ones lie on top. */
  readonly order: Uint32Array;
  /** 0xBBGGRR of each point, indexed as `x`. */
  readonly colors: Uint32Array;
}

/** Share of a dot's colour that covers what lies below: where many dots meet one sees that they are many. */
const OPACITY = 0.86;

/**
 * @param pixels RGBA of width × height device pixels, each 0xAABBGGRR; filled with the background, then painted over
 * @param radius of a dot, in device pixels
 * @param ratio device pixels for one CSS pixel
 */
export function paintDots(
  pixels: Uint32Array,
  dots: Dots,
  camera: Camera,
  { width, height }: Viewport,
  background: number,
  radius: number,
  ratio: number,
): void {
  pixels.fill(0xff000000 | background);
  const across = Math.round(width * ratio);
  const down = Math.round(height * ratio);
  const stamp = makeStamp(radius, across);
  const scale = camera.scale * ratio;
  const left = across / 2 - camera.x * scale - stamp.reach;
  const top = down / 2 - camera.y * scale - stamp.reach;
  for (const point of dots.order) {
    const atX = Math.round((dots.x[point] as number) * scale + left);
    const atY = Math.round((dots.y[point] as number) * scale + top);
    if (atX <= -stamp.edge || atY <= -stamp.edge || atX >= across || atY >= down) continue;
    const color = dots.colors[point] as number;
    const isWhole = atX >= 0 && atY >= 0 && atX + stamp.edge <= across && atY + stamp.edge <= down;
    if (isWhole) paintWhole(pixels, stamp, atY * across + atX, color);
    else paintPart(pixels, across, down, stamp, atX, atY, color);
  }
}

/** How much of each pixel a dot covers, 0 to 256. */
interface Stamp {
  readonly edge: number;
  readonly reach: number;
  readonly cover: Uint16Array;
  /** The covered pixels alone: how far each lies behind the stamp's first pixel in the picture, and how much of it is covered. */
  readonly offsets: Uint32Array;
  readonly covers: Uint16Array;
}

function makeStamp(radius: number, across: number): Stamp {
  const reach = Math.ceil(radius);
  const edge = 2 * reach + 1;
  const cover = new Uint16Array(edge * edge);
  for (let i = 0; i < cover.length; i++) {
    const distance = Math.hypot((i % edge) - reach, Math.floor(i / edge) - reach);
    cover[i] = Math.round(Math.min(1, Math.max(0, radius + 0.5 - distance)) * OPACITY * 256);
  }
  const covered = [...cover.keys()].filter((i) => cover[i] !== 0);
  return {
    edge,
    reach,
    cover,
    offsets: Uint32Array.from(covered, (i) => Math.floor(i / edge) * across + (i % edge)),
    covers: Uint16Array.from(covered, (i) => cover[i] as number),
  };
}

function paintWhole(pixels: Uint32Array, { offsets, covers }: Stamp, first: number, color: number): void {
  for (let i = 0; i < offsets.length; i++) {
    const at = first + (offsets[i] as number);
    pixels[at] = mix(pixels[at] as number, color, covers[i] as number);
  }
}

/** At the edge of the picture. */
function paintPart(pixels: Uint32Array, across: number, down: number, stamp: Stamp, atX: number, atY: number, color: number): void {
  const { edge, cover } = stamp;
  const lastRow = Math.min(edge, down - atY);
  const lastColumn = Math.min(edge, across - atX);
  for (let row = Math.max(0, -atY); row < lastRow; row++) {
    for (let column = Math.max(0, -atX); column < lastColumn; column++) {
      const share = cover[row * edge + column] as number;
      if (share === 0) continue;
      const at = (atY + row) * across + atX + column;
      pixels[at] = mix(pixels[at] as number, color, share);
    }
  }
}

/** Red and blue at once, in the two halves of one number. */
function mix(below: number, color: number, share: number): number {
  const redBlue = ((below & 0xff00ff) * (256 - share) + (color & 0xff00ff) * share) >>> 8;
  const green = ((below & 0x00ff00) * (256 - share) + (color & 0x00ff00) * share) >>> 8;
  return 0xff000000 | (redBlue & 0xff00ff) | (green & 0x00ff00);
}
