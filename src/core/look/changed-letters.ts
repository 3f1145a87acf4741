/**
 * One letter that is another, in a text whose copy is clean: a clock that moved on by a minute takes a hundredth of a cell, and drowns in it.
 */
import { correlation, isCovered, unexplained } from "./cell-agreement.ts";
import type { Layers } from "./layers.ts";
import type { Overlay } from "./overlay.ts";
import { type CellRegion, joinedCells } from "./regions.ts";

/** Edge of a window in pixels of a page that is read, a letter or two; windows lie half on each other. */
const STEP = 6;
const WINDOW = 2 * STEP;
/** Standard deviation of the brightness from which on there is a letter in a window. */
const LETTER_FROM = 8;
/**
 * What one picture has in a window and the other does not explain, as a deviation of the brightness: four of five windows with letters lie
 * below it in a clean copy. Of 140 copies of pages and screens of `bench/look.mjs`, half `tune`, those that were photographed or scanned anew
 * come to 3 to 30, and in those up to 4.5 no window agrees by less than 0.9; a digit that is another agrees by 0.85 at most and leaves
 * 3.7 times as much.
 */
const CLEAN_UP_TO = 4.5;
const CLEAN_SHARE = 0.8;
const LEAST_NOISE = 2;
const ABOVE_NOISE = 3.5;
const AGREES_FROM = 0.87;
/** Windows that touch: a letter lies in several, a speck in one. */
const FEWEST_TOGETHER = 2;
const FEWEST_WINDOWS = 20;

/** @returns where letters are others, as regions of the cells, the largest first; none where the copy is too poor to tell */
export function changedLetters({ overlay, cells }: Layers): readonly CellRegion[] {
  const windows = compareWindows(overlay);
  const rests = Float32Array.from([...windows.rest].filter((rest) => !Number.isNaN(rest))).sort();
  const noise = Math.max(LEAST_NOISE, rests[Math.floor(CLEAN_SHARE * (rests.length - 1))] ?? 0);
  if (rests.length < FEWEST_WINDOWS || noise > CLEAN_UP_TO) return [];
  const isChanged = (at: number) =>
    (windows.rest[at] as number) >= ABOVE_NOISE * noise &&
    (windows.agreement[at] as number) < AGREES_FROM &&
    isCertain(overlay, (at % windows.columns) * STEP, Math.floor(at / windows.columns) * STEP);
  const groups = joinedCells(windows.columns, windows.rows, isChanged).filter(({ length }) => length >= FEWEST_TOGETHER);
  const changed = new Set(
    groups.flat().map((at) => {
      const cellAt = (pixel: number, from: number, count: number) =>
        Math.min(count - 1, Math.max(0, Math.floor((pixel + STEP - from) / cells.edge)));
      const column = cellAt((at % windows.columns) * STEP, cells.left, cells.columns);
      return cellAt(Math.floor(at / windows.columns) * STEP, cells.top, cells.rows) * cells.columns + column;
    }),
  );
  return joinedCells(cells.columns, cells.rows, (cell) => changed.has(cell)).map((of) => ({ cells: of, isAtEdge: false }));
}

interface Windows {
  readonly columns: number;
  readonly rows: number;
  /** Normalised correlation of each window, and what it leaves unexplained; NaN where there is no letter. */
  readonly agreement: Float32Array;
  readonly rest: Float32Array;
}

/** From sums over squares of `STEP` pixels, four of which make a window: every pixel is read once. */
function compareWindows({ width, height, one, other, covered }: Overlay): Windows {
  const [across, down] = [Math.floor(width / STEP), Math.floor(height / STEP)];
  const sums = new Float64Array(across * down * SUMS);
  for (let y = 0; y < down * STEP; y++) {
    const line = Math.floor(y / STEP) * across * SUMS;
    for (let column = 0, at = y * width; column < across; column++) {
      let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
      for (const end = at + STEP; at < end; at++) {
        const [p, q] = [one[at] as number, other[at] as number];
        a += p;
        b += q;
        aa += p * p;
        bb += q * q;
        ab += p * q;
      }
      const to = line + column * SUMS;
      sums[to] = (sums[to] as number) + a;
      sums[to + 1] = (sums[to + 1] as number) + b;
      sums[to + 2] = (sums[to + 2] as number) + aa;
      sums[to + 3] = (sums[to + 3] as number) + bb;
      sums[to + 4] = (sums[to + 4] as number) + ab;
    }
  }
  const [columns, rows] = [Math.max(0, across - 1), Math.max(0, down - 1)];
  const agreement = new Float32Array(columns * rows).fill(Number.NaN);
  const rest = new Float32Array(columns * rows).fill(Number.NaN);
  const below = across * SUMS;
  const means: number[] = [0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!isCovered(covered, width, column * STEP, row * STEP, WINDOW)) continue;
      const first = (row * across + column) * SUMS;
      const [second, third, fourth] = [first + SUMS, first + below, first + below + SUMS];
      for (let k = 0; k < SUMS; k++) {
        const sum = (sums[first + k] as number) + (sums[second + k] as number) + (sums[third + k] as number) + (sums[fourth + k] as number);
        means[k] = sum / (WINDOW * WINDOW);
      }
      const [a, b, aa, bb, ab] = means as unknown as readonly [number, number, number, number, number];
      const [ofOne, ofOther] = [Math.sqrt(Math.max(0, aa - a * a)), Math.sqrt(Math.max(0, bb - b * b))];
      const contrast = Math.max(ofOne, ofOther);
      if (contrast < LETTER_FROM) continue;
      // Two grey levels of noise, as between cells.
      const agrees = Math.max(0, (ab - a * b) / (ofOne * ofOther + 2));
      agreement[row * columns + column] = agrees;
      rest[row * columns + column] = unexplained(contrast, agrees);
    }
  }
  return { columns, rows, agreement, rest };
}

const SUMS = 5;

/** Away from the edge of what both show, and not a pixel off. */
function isCertain(overlay: Overlay, x: number, y: number): boolean {
  const { covered, width, height } = overlay;
  const [left, top, edge] = [x - STEP, y - STEP, WINDOW + 2 * STEP];
  if (left < 0 || top < 0 || left + edge > width || top + edge > height || !isCovered(covered, width, left, top, edge)) return false;
  const shifts = [-1, 0, 1];
  return shifts.every((dy) => shifts.every((dx) => correlation(overlay, x, y, WINDOW, dx, dy) < AGREES_FROM));
}
