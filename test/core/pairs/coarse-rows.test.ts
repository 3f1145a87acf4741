import { describe, expect, test } from "vitest";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { coarseBase, coarseQueries, productToExceed } from "../../../src/core/pairs/coarse-rows.ts";
import { seededRandom } from "../../seeded-random.ts";

const TILE = 8;
const QUERY_ZERO = 128;

/** Unit rows, some of which the edge cases ask for. */
function matrix(count: number, dimensions: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const rows = Array.from({ length: count }, (_, row) => {
    if (row % 7 === 0) return Array.from({ length: dimensions }, (_unused, i) => (i === row % dimensions ? 1 : 0)); // one number holds all
    if (row % 7 === 1) return Array.from({ length: dimensions }, () => (random() < 0.5 ? -1 : 1)); // all hold as much
    return Array.from({ length: dimensions }, () => random() - 0.5);
  });
  return Float32Array.from(rows.flatMap((row) => [...toUnitLength(row)]));
}

describe("rows in whole numbers", () => {
  test.each([1, 2, 3, 16, 100, 512, 768])("never rule out a pair that reaches the floor, at %i dimensions", (dimensions) => {
    const count = 40;
    const values = matrix(count, dimensions, dimensions);
    const queries = coarseQueries(values, dimensions, 0, count);
    const base = coarseBase(values, dimensions, 0, count, TILE);
    let spared = 0;
    for (let one = 0; one < count; one++) {
      for (let other = 0; other < count; other++) {
        let exact = 0;
        let product = 0;
        for (let i = 0; i < dimensions; i++) {
          exact += (values[one * dimensions + i] as number) * (values[other * dimensions + i] as number);
          const code = base.codes[(Math.floor(other / TILE) * dimensions + i) * TILE + (other % TILE)] as number;
          product += ((queries.codes[one * dimensions + i] as number) - QUERY_ZERO) * code;
        }
        // The highest floor that the pair still reaches.
        expect(product).toBeGreaterThan(productToExceed(exact - dimensions * 2 ** -23, queries, base));
        if (product <= productToExceed(exact + 0.2, queries, base)) spared++;
      }
    }
    if (dimensions > 100) expect(spared).toBeGreaterThan(0);
  });

  test("stay within the numbers that 16 bits add up without a loss", () => {
    const values = matrix(50, 64, 5);
    const { codes } = coarseBase(values, 64, 0, 50, TILE);
    const queries = coarseQueries(values, 64, 0, 50);
    expect(2 * Math.max(...queries.codes) * Math.max(...codes.map(Math.abs))).toBeLessThan(2 ** 15);
    expect(Math.min(...queries.codes)).toBeGreaterThan(0);
  });

  test("tell nothing where a row has no direction or is no number", () => {
    const good = matrix(2, 4, 1);
    const base = coarseBase(good, 4, 0, 2, TILE);
    const least = (row: readonly number[]) => productToExceed(0.4, coarseQueries(Float32Array.from(row), 4, 0, 1), base);
    expect(least([Number.NaN, 0, 0, 1])).toBe(-(2 ** 31));
    expect(least([Number.POSITIVE_INFINITY, 0, 0, 1])).toBe(-(2 ** 31));
    expect(least([0, 0, 0, 0])).toBeGreaterThan(0); // it is like nothing
  });
});
