/**
 * The nearest of each row, one or several, by matrix products in single precision, against comparing all with all.
 */
import { describe, expect, test } from "vitest";
import { cosineOfRows, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { VectorRows } from "../../../src/core/library/vectors.ts";
import { createNearestSearch } from "../../../src/io/vectors/nearest-neighbours.ts";
import { idOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

function rows(count: number, dimensions: number, value: (row: number, i: number) => number): VectorRows {
  const vectors = Array.from({ length: count }, (_, row) => toUnitLength(Array.from({ length: dimensions }, (_, i) => value(row, i))));
  return {
    values: Float32Array.from(vectors.flatMap((vector) => [...vector])),
    dimensions,
    contentIds: vectors.map((_, row) => idOf(row)),
  };
}

/** The greatest similarities with other rows. */
function greatest({ values, dimensions }: VectorRows, row: number, columns: Iterable<number>, count: number): readonly number[] {
  const found = [...columns].filter((column) => column !== row).map((column) => cosineOfRows(values, dimensions, row, column) as number);
  return found.sort((one, other) => other - one).slice(0, count);
}

async function expectNearest(matrix: VectorRows, asked: readonly number[], counts: readonly number[] = [1, 7]): Promise<void> {
  const all = matrix.contentIds.map((_, row) => row);
  for (const count of counts) {
    const found = new Map<number, readonly number[]>();
    let last = 0;
    for await (const { done, candidates } of createNearestSearch(1)(matrix, asked, count)) {
      for (const { row, columns } of candidates) found.set(row, columns);
      last = done;
    }
    expect(last).toBe(asked.length);
    for (const row of asked) expect(greatest(matrix, row, found.get(row) ?? [], count)).toEqual(greatest(matrix, row, all, count));
    expect([...found.values()].filter((columns) => new Set(columns).size < columns.length)).toEqual([]);
  }
}

describe("the search for the nearest has them among its candidates", () => {
  test.each([2, 15, 16, 17, 33, 500])("in %i random rows, for every row and for some", async (count) => {
    const random = seededRandom(count);
    const matrix = rows(count, 24, () => random() - 0.5);
    const all = matrix.contentIds.map((_, row) => row);
    await expectNearest(matrix, all);
    await expectNearest(
      matrix,
      all.filter((row) => row % 3 === 1),
    );
  });

  test("where several blocks of rows are asked for and compared with", async () => {
    const random = seededRandom(1);
    const matrix = rows(8192 + 100, 8, () => random() - 0.5);
    await expectNearest(
      matrix,
      Array.from({ length: 1100 }, (_, i) => i * 7),
      [14],
    );
  });

  test("where all rows point away from each other, so that a row that is not there would be nearer", async () => {
    await expectNearest(
      rows(19, 18, (row, i) => (row === i ? 18 : -1)),
      [0, 5, 18],
    );
  });

  test("where rows are equal, or differ by less than single precision tells", async () => {
    const random = seededRandom(2);
    const base = Array.from({ length: 64 }, () => random() - 0.5);
    await expectNearest(
      rows(200, 64, (row, i) => (base[i] as number) + (row % 5 === 0 ? 0 : 1e-7 * random())),
      Array.from({ length: 200 }, (_, row) => row),
    );
  });

  test("and has none for a row that is alone", async () => {
    const matrix = rows(1, 8, () => 1);
    for await (const { candidates } of createNearestSearch(1)(matrix, [0], 1)) expect([...candidates]).toEqual([{ row: 0, columns: [0] }]);
  });
});
