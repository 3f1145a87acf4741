/**
 * A picture in grey, as the look compares it: made smaller, blurred, and read between its pixels.
 */

/** Row-major, [height, width], 0 for black to 255. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export function longerEdge({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(width, height);
}

/** To `scale` of its size: by the mean of the area where it shrinks, between four pixels where it grows. */
export function resize(picture: GreyPicture, scale: number): GreyPicture {
  return resample(picture, scaled(picture.width, scale), scaled(picture.height, scale));
}

function scaled(edge: number, scale: number): number {
  return Math.max(1, Math.round(edge * scale));
}

/** @returns a new picture of exactly that size */
export function resample({ data, width, height }: GreyPicture, newWidth: number, newHeight: number): GreyPicture {
  const across = taps(width, newWidth);
  const down = taps(height, newHeight);
  const rows = new Float32Array(newWidth * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0, tap = 0; x < newWidth; x++) {
      let sum = 0;
      const first = row + (across.first[x] as number);
      const count = across.count[x] as number;
      for (let k = 0; k < count; k++) sum += (data[first + k] as number) * (across.weights[tap++] as number);
      rows[y * newWidth + x] = sum;
    }
  }
  const result = new Uint8Array(newWidth * newHeight);
  const sums = new Float32Array(newWidth);
  for (let y = 0, tap = 0; y < newHeight; y++) {
    sums.fill(0.5);
    const count = down.count[y] as number;
    for (let k = 0; k < count; k++) {
      const weight = down.weights[tap++] as number;
      const row = ((down.first[y] as number) + k) * newWidth;
      for (let x = 0; x < newWidth; x++) sums[x] = (sums[x] as number) + weight * (rows[row + x] as number);
    }
    for (let x = 0; x < newWidth; x++) result[y * newWidth + x] = sums[x] as number;
  }
  return { width: newWidth, height: newHeight, data: result };
}

/** For each new pixel along one edge: the old ones that it is made of, and their weights, which sum to 1. */
function taps(length: number, newLength: number) {
  const step = length / newLength;
  const reach = Math.max(1, step);
  const first = new Int32Array(newLength);
  const count = new Int32Array(newLength);
  const weights: number[] = [];
  for (let i = 0; i < newLength; i++) {
    const centre = (i + 0.5) * step - 0.5;
    const from = Math.max(0, Math.ceil(centre - (reach + 1) / 2));
    const to = Math.min(length - 1, Math.floor(centre + (reach + 1) / 2));
    // A box as wide as the step, met with the pixel's own width: a trapezium, a triangle where the picture grows.
    const parts: number[] = [];
    for (let k = from; k <= to; k++) parts.push(Math.max(0, Math.min(1, (reach + 1) / 2 - Math.abs(k - centre))));
    const sum = parts.reduce((total, part) => total + part, 0);
    first[i] = from;
    count[i] = parts.length;
    for (const part of parts) weights.push(part / sum);
  }
  return { first, count, weights: Float32Array.from(weights) };
}

/** Turned over from left to right. */
export function mirrored({ data, width, height }: GreyPicture): GreyPicture {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) result[y * width + x] = data[y * width + width - 1 - x] as number;
  }
  return { width, height, data: result };
}

/** Blurred by three passes of a box, which come near a Gaussian of that standard deviation, in pixels; a copy where there is none. */
export function blur(values: Float32Array, width: number, height: number, deviation: number): Float32Array {
  const radius = boxRadius(deviation);
  const blurred = Float32Array.from(values);
  if (radius < 1) return blurred;
  const spare = new Float32Array(values.length);
  for (let pass = 0; pass < 3; pass++) {
    boxAcross(blurred, spare, width, height, radius);
    boxDown(spare, blurred, width, height, radius);
  }
  return blurred;
}

/** In pixels; deviations of one radius blur alike. Three boxes of radius r have a variance of 3 (w² - 1) / 12 with w = 2 r + 1. */
export function boxRadius(deviation: number): number {
  return Math.round((Math.sqrt(4 * deviation * deviation + 1) - 1) / 2);
}

/** What lies beyond the ends of a line is as its ends are. */
function boxAcross(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const scale = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const first = y * width;
    const last = first + width - 1;
    let sum = (from[first] as number) * (radius + 1);
    for (let i = 1; i <= radius; i++) sum += from[Math.min(last, first + i)] as number;
    for (let at = first; at <= last; at++) {
      to[at] = sum * scale;
      const [enters, leaves] = [at + radius + 1, at - radius];
      sum += (from[enters > last ? last : enters] as number) - (from[leaves < first ? first : leaves] as number);
    }
  }
}

/** Row by row, with a sum for each column: memory is read in its order. */
function boxDown(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const scale = 1 / (2 * radius + 1);
  const sums = new Float32Array(width);
  const row = (y: number) => Math.min(height - 1, Math.max(0, y)) * width;
  for (let y = -radius; y <= radius; y++) {
    const start = row(y);
    for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + (from[start + x] as number);
  }
  for (let y = 0; y < height; y++) {
    const [start, enters, leaves] = [y * width, row(y + radius + 1), row(y - radius)];
    for (let x = 0; x < width; x++) {
      const sum = sums[x] as number;
      to[start + x] = sum * scale;
      sums[x] = sum + (from[enters + x] as number) - (from[leaves + x] as number);
    }
  }
}
