import { describe, expect, test } from "vitest";
import { cosineOfRows, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { emptyNeighbourTable, keepNearest, outlierScores } from "../../../src/core/search/neighbour-table.ts";
import { idOf, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const ROWS = 40;
const DIMENSIONS = 3;

/** Rows with few different values, so that many are equally near. */
function rows(seed: number) {
  const random = seededRandom(seed);
  const vector = () => toUnitLength(Array.from({ length: DIMENSIONS }, () => Math.floor(random() * 3) - 0.5));
  const values = Float32Array.from(Array.from({ length: ROWS }, vector).flatMap((one) => [...one]));
  return { values, dimensions: DIMENSIONS, contentIds: Array.from({ length: ROWS }, (_, row) => idOf(row)) };
}

/** All other rows, the most similar first, of equal ones the first in the matrix. */
function ranked(matrix: ReturnType<typeof rows>, row: number) {
  return matrix.contentIds
    .filter((other) => other !== row)
    .map((other) => ({ other, similarity: cosineOfRows(matrix.values, DIMENSIONS, row, other) as number }))
    .sort((one, two) => two.similarity - one.similarity || one.other - two.other);
}

describe("the neighbour table", () => {
  test("holds for each row the nearest others, as sorting all of them finds them, in whatever order they come", () => {
    for (let seed = 0; seed < 6; seed++) {
      const matrix = rows(seed);
      const count = 1 + 2 * seed;
      const table = emptyNeighbourTable(ROWS, count);
      for (const row of matrix.contentIds) {
        keepNearest(table, matrix, row, shuffled(matrix.contentIds, seededRandom(seed + row)));
        const nearest = ranked(matrix, row).slice(0, count);
        expect([...table.rows.subarray(row * count, (row + 1) * count)]).toEqual(nearest.map(({ other }) => other));
        expect([...table.similarities.subarray(row * count, (row + 1) * count)]).toEqual(nearest.map(({ similarity }) => similarity));
      }
    }
  });

  test("refuses fewer candidates than it holds neighbours", () => {
    expect(() => keepNearest(emptyNeighbourTable(ROWS, 3), rows(1), 0, [0, 1, 2])).toThrow("Expected 3 neighbours of row 0, got 2");
  });
});

describe("the outlier score", () => {
  test("is the mean distance to the nearest others", () => {
    const matrix = rows(3);
    const table = emptyNeighbourTable(ROWS, 5);
    for (const row of matrix.contentIds) keepNearest(table, matrix, row, matrix.contentIds);
    for (const [row, score] of outlierScores(table).entries()) {
      const nearest = ranked(matrix, row).slice(0, 5);
      expect(score).toBeCloseTo(nearest.reduce((sum, { similarity }) => sum + 1 - similarity, 0) / 5, 12);
    }
  });

  test("stays high for an outlier that has a copy", () => {
    const angles = [0, 1, 2, 3, 4, 5, 90, 90.01];
    const values = Float32Array.from(
      angles.flatMap((degrees) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]),
    );
    const matrix = { values, dimensions: 2, contentIds: angles.map((_, row) => idOf(row)) };
    const table = emptyNeighbourTable(angles.length, 3);
    for (const row of matrix.contentIds) keepNearest(table, matrix, row, matrix.contentIds);
    const scores = outlierScores(table);
    expect(Math.min(...scores.subarray(6))).toBeGreaterThan(100 * Math.max(...scores.subarray(0, 6)));
  });

  test("is unknown where there are no neighbours", () => {
    expect(outlierScores(emptyNeighbourTable(1, 0))).toHaveLength(0);
  });
});
