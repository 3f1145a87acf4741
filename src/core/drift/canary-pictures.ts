/**
 * Pictures that dupfind draws itself, the same at every run: encoded once and kept, they show whether a photo still comes to
 * the same vector. Between them they have smooth and hard edges, colour, grain and strokes, larger and smaller than what
 * encoders ask for, upright and wide.
 */
import type { RgbPixels } from "../photos/photo.ts";

export const CANARY_FILE_FORMATS = ["jpeg", "png", "webp", "avif"] as const;
export type CanaryFileFormat = (typeof CANARY_FILE_FORMATS)[number];

export interface CanaryDrawing {
  readonly name: string;
  readonly format: CanaryFileFormat;
  readonly pixels: RgbPixels;
}

type Colour = readonly [red: number, green: number, blue: number];
/** The colour at a place, each channel in 0..255; fractions are rounded. */
type Painter = (x: number, y: number) => Colour;

/** The files' pictures. Sizes are such that every file format is shrunk, one is enlarged and one is cut by a centre crop. */
export function drawCanaries(): readonly CanaryDrawing[] {
  return [
    { name: "scene, large", format: "jpeg", pixels: draw(960, 720, scene) },
    { name: "gradients", format: "jpeg", pixels: draw(640, 427, gradients) },
    { name: "grain, small", format: "jpeg", pixels: draw(120, 90, grain) },
    { name: "strokes, upright", format: "png", pixels: draw(480, 640, strokes) },
    { name: "blocks", format: "png", pixels: draw(500, 333, blocks) },
    { name: "scene", format: "webp", pixels: draw(640, 480, scene) },
    { name: "scene, small", format: "avif", pixels: draw(320, 240, scene) },
  ];
}

/**
 * What an encoder is shown without any decoder before it: its vector moves with the runtime alone.
 * @param edge of the encoder's input, in pixels
 */
export function drawEncoderInput(edge: number): RgbPixels {
  return draw(edge, edge, (x, y) => blocks((x * 500) / edge, (y * 333) / edge));
}

function draw(width: number, height: number, paint: Painter): RgbPixels {
  const data = new Uint8ClampedArray(width * height * 3); // rounds, and keeps what is stored in 0..255
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(paint(x, y), (y * width + x) * 3);
  return { data: new Uint8Array(data.buffer), width, height };
}

const gradients: Painter = (x, y) => [(x * 255) / 640, (y * 255) / 427, 255 - ((x + y) * 255) / 1067];

/** Flat rectangles of many colours with hard edges between them. */
const blocks: Painter = (x, y) => {
  const cell = scatter(Math.floor(x / 37), Math.floor(y / 29));
  return [cell & 0xe0, (cell >>> 8) & 0xe0, (cell >>> 16) & 0xe0];
};

/** Another colour at every pixel, around grey. */
const grain: Painter = (x, y) => {
  const cell = scatter(x, y);
  return [64 + (cell & 127), 64 + ((cell >>> 8) & 127), 64 + ((cell >>> 16) & 127)];
};

/** Lines of dark marks on white, as a page of text. */
const strokes: Painter = (x, y) => {
  const [line, column] = [Math.floor(y / 22), Math.floor(x / 9)];
  const mark = scatter(column, line);
  const isSpace = mark % 6 === 0 || x < 40 || x >= 440 || y < 44 || y >= 600;
  const isInk = !isSpace && y % 22 < 14 && ((mark >>> (4 + (x % 9))) & (mark >>> (14 + ((y % 22) >> 2))) & 1) === 1;
  return isInk ? [24, 24, 32] : [250, 250, 246];
};

/** A sky, a sun, hills of different slopes and a wall of coloured blocks. */
const scene: Painter = (x, y) => {
  const hill = 150 + Math.abs((x % 260) - 130) / 2;
  if (y > 380) return blocks(x, y);
  if (y > hill + 90) return [70 + (x % 60) / 2, 120 - y / 8, 60];
  if (y > hill) return [96, 104 + ((x + y) % 24), 120 - y / 5];
  if ((x - 210) ** 2 + (y - 70) ** 2 < 1600) return [255, 236, 150];
  return [110 + y / 2, 160 + y / 4, 250 - y / 6];
};

/** 32 bits that look random and belong to the place: the finalizer of MurmurHash3 (Austin Appleby, public domain). */
function scatter(x: number, y: number): number {
  let mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
