/**
 * Two pictures laid on each other, pixel on pixel, at the finest scale that both have.
 */
import { blur, boxRadius, type GreyPicture, resize } from "./grey-picture.ts";
import { compose, invert, scaleAt, scaling, type Transform } from "./transform.ts";

/** Where both pictures have something to say. */
export interface Overlay {
  readonly width: number;
  readonly height: number;
  /** Brightness of the one and of the other, [height, width]; equally sharp. */
  readonly one: Float32Array;
  readonly other: Float32Array;
  /** 1 where the other picture covers the one's pixel. */
  readonly covered: Uint8Array;
  /** From pixels of here to pixels of the one picture, as it was given. */
  readonly toOne: Transform;
  /** To pixels of the other. */
  readonly toOther: Transform;
}

/** Blurs both, so that noise and blocks of JPEG do not count. */
const LEAST_BLUR = 1;
/** Standard deviations that the sharper picture is blurred by, until it is as soft as the other. */
const BLURS = [0.8, 1.2, 1.8, 2.5, 3.5, 5];
const MOST_BLUR = 7;

/** Pixels along its edges in which a picture does not count: blur brings in what is beyond them. */
const RIM = 2;

/**
 * @param onto from pixels of the other picture to pixels of the one
 * @returns null where the map turns a picture over itself or away
 */
export function overlay(one: GreyPicture, other: GreyPicture, onto: Transform): Overlay | null {
  const scale = scaleAt(onto, other.width / 2, other.height / 2);
  const back = invert(onto);
  if (back === null || !(scale > 0)) return null;
  // The coarser picture's own pixels are the frame: the finer one is brought to its scale, and nothing is made up.
  if (scale > 1) {
    const laid = layOn(other, one, back, 1 / scale);
    return laid === null
      ? null
      : {
          ...laid.size,
          ...equallySharp(laid.moved, laid.base, laid.covered, laid.size),
          covered: laid.covered,
          toOne: laid.toMoved,
          toOther: scaling(1),
        };
  }
  const laid = layOn(one, other, onto, scale);
  return laid === null
    ? null
    : {
        ...laid.size,
        ...equallySharp(laid.base, laid.moved, laid.covered, laid.size),
        covered: laid.covered,
        toOne: scaling(1),
        toOther: laid.toMoved,
      };
}

function layOn(base: GreyPicture, moving: GreyPicture, onto: Transform, scale: number) {
  const shrunk = scale < 0.95 ? resize(moving, scale) : moving;
  const [sx, sy] = [shrunk.width / moving.width, shrunk.height / moving.height];
  // Pixel centres: (x + 0.5) * s - 0.5.
  const toShrunk: Transform = [sx, 0, (sx - 1) / 2, 0, sy, (sy - 1) / 2, 0, 0, 1];
  const toMoved = invert(onto);
  if (toMoved === null) return null;
  const sampled = sample(shrunk, compose(toShrunk, toMoved), base.width, base.height);
  return { base: Float32Array.from(base.data), ...sampled, toMoved, size: { width: base.width, height: base.height } };
}

/** Between four pixels. */
function sample({ data, width, height }: GreyPicture, map: Transform, newWidth: number, newHeight: number) {
  const moved = new Float32Array(newWidth * newHeight);
  const covered = new Uint8Array(newWidth * newHeight);
  const [a, b, c, d, e, f, g, h, i] = map;
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      const w = g * x + h * y + i;
      const su = (a * x + b * y + c) / w;
      const sv = (d * x + e * y + f) / w;
      // Beyond its edges the picture goes on as it ends, so that no blur draws a dark rim into it.
      const u = su < 0 ? 0 : su > width - 1.001 ? width - 1.001 : su;
      const v = sv < 0 ? 0 : sv > height - 1.001 ? height - 1.001 : sv;
      const left = u | 0;
      const top = v | 0;
      const at = top * width + left;
      const du = u - left;
      const dv = v - top;
      const upper = (data[at] as number) * (1 - du) + (data[at + 1] as number) * du;
      const lower = (data[at + width] as number) * (1 - du) + (data[at + width + 1] as number) * du;
      moved[y * newWidth + x] = upper * (1 - dv) + lower * dv;
      if (w > 0 && su >= RIM && sv >= RIM && su <= width - 1 - RIM && sv <= height - 1 - RIM) covered[y * newWidth + x] = 1;
    }
  }
  return { moved, covered };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A blurred copy agrees with its original as soon as that is as blurred. */
function equallySharp(one: Float32Array, other: Float32Array, covered: Uint8Array, size: Size) {
  const band = middleBand(covered, size);
  const [ofOne, ofOther] = [one, other].map((values) => bandSharpness(values, covered, size, band, LEAST_BLUR)) as [number, number];
  const isOneSharper = ofOne > ofOther;
  const aim = Math.min(ofOne, ofOther) * 1.1;
  const most = Math.max(ofOne, ofOther);
  const known = new Map([[boxRadius(LEAST_BLUR), most]]);
  const sharpnessAt = (deviation: number) => {
    const radius = boxRadius(deviation);
    const sharpness = known.get(radius) ?? bandSharpness(isOneSharper ? one : other, covered, size, band, deviation);
    known.set(radius, sharpness);
    return sharpness;
  };
  const tried = BLURS.map((deviation) => Math.hypot(deviation, LEAST_BLUR));
  const needed = most <= aim ? LEAST_BLUR : (tried.find((deviation) => sharpnessAt(deviation) <= aim) ?? MOST_BLUR);
  const { width, height } = size;
  return {
    one: blur(one, width, height, isOneSharper ? needed : LEAST_BLUR),
    other: blur(other, width, height, isOneSharper ? LEAST_BLUR : needed),
  };
}

interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** Rows that tell how sharp a picture is: across the middle of what is covered, a fraction of the whole. */
const BAND_ROWS = 160;

function middleBand(covered: Uint8Array, { width, height }: Size): Band {
  const middle = Math.floor((covered.indexOf(1) + covered.lastIndexOf(1)) / 2 / width);
  return { top: Math.max(0, middle - BAND_ROWS / 2), bottom: Math.min(height, middle + BAND_ROWS / 2) };
}

function bandSharpness(values: Float32Array, covered: Uint8Array, { width }: Size, { top, bottom }: Band, deviation: number): number {
  const band = blur(values.subarray(top * width, bottom * width), width, bottom - top, deviation);
  return sharpness(band, covered.subarray(top * width, bottom * width), width);
}

/** Squared gradients to variance, where both pictures are: no change of brightness or contrast changes it. */
function sharpness(values: Float32Array, covered: Uint8Array, width: number): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  let gradients = 0;
  for (let at = 0; at < values.length - width; at++) {
    if (covered[at] === 0 || covered[at + 1] === 0 || covered[at + width] === 0) continue;
    const value = values[at] as number;
    const dx = (values[at + 1] as number) - value;
    const dy = (values[at + width] as number) - value;
    count++;
    sum += value;
    squares += value * value;
    gradients += dx * dx + dy * dy;
  }
  const variance = squares - (sum * sum) / Math.max(1, count);
  return gradients / (variance + 1);
}
