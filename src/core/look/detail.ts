/**
 * Whether a picture was only made larger: it has more pixels than its copy, and shows nothing finer.
 */
import type { GreyPicture } from "./grey-picture.ts";

/** Pixels along the edge of the part that is looked at, from the middle of a picture, as it is stored. */
export const PART_EDGE = 1024;

/** How much larger than the other a picture has to be: between smaller steps a lens blurs as much as an enlargement. */
export const ENLARGED_FROM = 1.75;
/**
 * Mean power of what only the larger picture can show, beside that of the octave below it. Of 149 files of 100 cameras at full size 3 %
 * come to less at a scale of 2 and 1 % at 3; of enlargements saved as JPEG at 80 and 95, half and four of five.
 */
const LACKING_BELOW = 0.035;
/** Power below which nothing is to be seen in a part: sky, a wall. */
const FLAT_BELOW = 40;

const LINE = 128;
const EVERY = 5;

/**
 * @param part pixels of the larger picture, neither shrunk nor enlarged
 * @param scale edges of the larger picture to those of the smaller, where they show the same; from `ENLARGED_FROM`
 * @returns whether the larger shows no more than the smaller can; false where nothing tells
 */
export function isMerelyEnlarged(part: GreyPicture, scale: number): boolean {
  const power = powerByFrequency(part);
  if (power === null) return false;
  // In shares of the highest frequency that the larger picture can hold; the smaller one ends at 1 / scale.
  const mean = (from: number, to: number) => {
    const band = power.subarray(Math.ceil(from * (LINE / 2)), Math.floor(to * (LINE / 2)) + 1);
    return band.reduce((sum, value) => sum + value, 0) / band.length;
  };
  const [beyond, below] = [mean(1.12 / scale, Math.min(1, 1.6 / scale)), mean(0.5 / scale, 0.85 / scale)];
  return below >= FLAT_BELOW && beyond < LACKING_BELOW * below;
}

/** Mean power of lines across and down, each faded out at its ends; null for a part that is smaller than a line. */
function powerByFrequency({ data, width, height }: GreyPicture): Float64Array | null {
  const sum = new Float64Array(LINE / 2 + 1);
  const line = new Float64Array(LINE);
  let lines = 0;
  const add = (from: number, step: number) => {
    let mean = 0;
    for (let i = 0; i < LINE; i++) mean += data[from + i * step] as number;
    mean /= LINE;
    for (let i = 0; i < LINE; i++) line[i] = ((data[from + i * step] as number) - mean) * (FADE[i] as number);
    addPower(line, sum);
    lines++;
  };
  for (let y = 0; y < height; y += EVERY) for (let x = 0; x + LINE <= width; x += LINE / 2) add(y * width + x, 1);
  for (let x = 0; x < width; x += EVERY) for (let y = 0; y + LINE <= height; y += LINE / 2) add(y * width + x, width);
  return lines === 0 ? null : sum.map((power) => power / lines);
}

/** Hann's window. */
const FADE = Float64Array.from({ length: LINE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / LINE));
const COSINES = Float64Array.from({ length: LINE }, (_, i) => Math.cos((2 * Math.PI * i) / LINE));
const SINES = Float64Array.from({ length: LINE }, (_, i) => Math.sin((2 * Math.PI * i) / LINE));
const REVERSED = Uint8Array.from({ length: LINE }, (_, i) =>
  Number.parseInt(i.toString(2).padStart(Math.log2(LINE), "0").split("").reverse().join(""), 2),
);

/** Adds the power of each frequency of a line, by the fast Fourier transform of Cooley and Tukey (1965). */
function addPower(line: Float64Array, sum: Float64Array): void {
  const real = Float64Array.from(line, (_, i) => line[REVERSED[i] as number] as number);
  const imaginary = new Float64Array(LINE);
  for (let size = 2; size <= LINE; size *= 2) {
    for (let from = 0; from < LINE; from += size) {
      for (let k = 0; k < size / 2; k++) {
        const turn = (k * LINE) / size;
        const [a, b] = [from + k, from + k + size / 2];
        const [c, s] = [COSINES[turn] as number, -(SINES[turn] as number)];
        const x = (real[b] as number) * c - (imaginary[b] as number) * s;
        const y = (real[b] as number) * s + (imaginary[b] as number) * c;
        real[b] = (real[a] as number) - x;
        imaginary[b] = (imaginary[a] as number) - y;
        real[a] = (real[a] as number) + x;
        imaginary[a] = (imaginary[a] as number) + y;
      }
    }
  }
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (real[i] as number) ** 2 + (imaginary[i] as number) ** 2;
}
