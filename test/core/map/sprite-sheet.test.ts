import { describe, expect, test } from "vitest";
import { evenOrder, joinTiles, sheetColumns, tileEdge } from "../../../src/core/map/sprite-sheet.ts";

describe("the order of thumbnails", () => {
  test("has every photo once", () => {
    for (const count of [0, 1, 2, 13, 1000])
      expect([...evenOrder(count)].sort((one, other) => one - other)).toEqual([...Array(count).keys()]);
  });

  test("is spread evenly at every beginning: no gap is three times the mean", () => {
    const order = evenOrder(5000);
    for (const taken of [10, 100, 777, 3000]) {
      const places = [-1, ...order.slice(0, taken).sort((one, other) => one - other), 5000];
      const gaps = places.slice(1).map((place, i) => place - (places[i] as number));
      expect(Math.max(...gaps)).toBeLessThan((3 * 5000) / taken);
    }
  });
});

describe("a tile", () => {
  test("is as large as there is room for, and never below 64 pixels", () => {
    expect([1, 1000, 3000, 10_000, 50_000].map((count) => tileEdge(count, 15_000_000))).toEqual([192, 192, 128, 64, 64]);
  });

  test("stands in its square of the sheet, row by row", () => {
    const edge = 512;
    const columns = sheetColumns(edge);
    const tile = (value: number, width: number, height: number) => ({
      data: new Uint8Array(width * height * 3).fill(value),
      width,
      height,
    });
    const tiles = [tile(1, 3, 2), tile(2, edge, edge), tile(3, 1, 1), tile(4, 1, 1), tile(5, 2, 4)];
    const sheet = joinTiles(tiles, edge);
    expect([sheet.width, sheet.height]).toEqual([columns * edge, 2 * edge]);
    const at = (x: number, y: number) => sheet.data[(y * sheet.width + x) * 3 + 2];
    expect([at(0, 0), at(2, 1), at(3, 1), at(2, 2)]).toEqual([1, 1, 128, 128]);
    expect([at(edge, 0), at(2 * edge - 1, edge - 1), at(2 * edge, 0), at(3 * edge, 0)]).toEqual([2, 2, 3, 4]);
    expect([at(0, edge), at(1, edge + 3), at(2, edge), at(edge, edge)]).toEqual([5, 5, 128, 128]);
  });

  test("alone makes a sheet of its size", () => {
    expect(joinTiles([{ data: new Uint8Array(12).fill(9), width: 2, height: 2 }], 64)).toMatchObject({ width: 64, height: 64 });
  });
});
