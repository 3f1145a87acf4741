/**
 * Thumbnails side by side in one picture: a page opens a few of these faster than thousands of files.
 */
import type { RgbPixels } from "../photos/photo.ts";

/** SpriteSheets as a page holds them. */
export interface SpriteSheets {
  /** Edge of each tile's square, in pixels. */
  readonly edge: number;
  readonly sheets: readonly Sheet[];
  /** Photos whose thumbnail found no room. */
  readonly droppedCount: number;
}

export interface Sheet {
  readonly jpeg: Uint8Array;
  /** Row by row, `sheetColumns` beside each other. */
  readonly tiles: readonly Tile[];
}

export interface Tile {
  /** Index of the photo that it shows. */
  readonly index: number;
  /** The part of the square that the photo fills, from its upper left corner, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Longest edge of a sheet: browsers on phones open pictures of that size without shrinking them. */
const SHEET_EDGE = 2048;
const EDGES = [192, 160, 128, 96, 64] as const;
/** Of a sheet: measured 0.17 on the Caltech-101 photos, with room for photos that have more to see. */
const BYTES_PER_PIXEL = 0.25;

/** The largest edge at which all thumbnails are likely to fit, or the smallest there is. */
export function tileEdge(count: number, roomBytes: number): number {
  return EDGES.find((edge) => count * edge * edge * BYTES_PER_PIXEL <= roomBytes) ?? 64;
}

export function sheetColumns(edge: number): number {
  return Math.floor(SHEET_EDGE / edge);
}

/**
 * An order of 0 … count - 1 of which every beginning is spread evenly over the whole: by the fractional parts of multiples of the
 * golden ratio (Knuth, TAOCP 3, section 6.4, theorem S). What then finds no room is missing evenly too.
 */
export function evenOrder(count: number): readonly number[] {
  const golden = (Math.sqrt(5) - 1) / 2;
  const place = Float64Array.from({ length: count }, (_, i) => (i * golden) % 1);
  // The k-th to be taken is the one whose place in the row has the k-th turn: its rank among the fractions.
  const byPlace = Array.from({ length: count }, (_, i) => i).sort((one, other) => (place[one] as number) - (place[other] as number));
  const order = new Array<number>(count);
  for (const [rank, turn] of byPlace.entries()) order[turn] = rank;
  return order;
}

/** @param tiles each at most `edge` wide and high */
export function joinTiles(tiles: readonly RgbPixels[], edge: number): RgbPixels {
  const columns = sheetColumns(edge);
  const width = Math.min(tiles.length, columns) * edge;
  const height = Math.ceil(tiles.length / columns) * edge;
  const data = new Uint8Array(width * height * 3).fill(128);
  for (const [i, tile] of tiles.entries()) {
    const left = (i % columns) * edge;
    const top = Math.floor(i / columns) * edge;
    for (let row = 0; row < tile.height; row++) {
      data.set(tile.data.subarray(row * tile.width * 3, (row + 1) * tile.width * 3), ((top + row) * width + left) * 3);
    }
  }
  return { data, width, height };
}
