/**
 * Matrix products in two precisions that propose pairs, against comparing all with all: no pair may be lost, and none may differ.
 */
import { describe, expect, test } from "vitest";
import { cosineOfRows, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { Pair } from "../../../src/core/library/contents.ts";
import type { VectorMatrix } from "../../../src/core/library/vectors.ts";
import { comparePending, MOST_PAIRS_OF_A_PHOTO } from "../../../src/core/pairs/compare-pending.ts";
import { createPairSearch } from "../../../src/io/vectors/pair-search.ts";
import { idOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

/** From here on the product in whole numbers goes first. */
const MANY = 1100;

function matrixOf(count: number, dimensions: number, value: (row: number, i: number) => number, comparedRows = 0): VectorMatrix {
  const values = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    values.set(toUnitLength(Array.from({ length: dimensions }, (_, i) => value(row, i))), row * dimensions);
  }
  return { values, dimensions, contentIds: Array.from({ length: count }, (_, row) => idOf(row)), comparedRows };
}

/** Rows about centres: some far from theirs, some hardly apart. */
function clustered(count: number, dimensions: number, seed: number, comparedRows = 0): VectorMatrix {
  const random = seededRandom(seed);
  const centres = Array.from({ length: 40 }, () => Array.from({ length: dimensions }, () => random() - 0.5));
  const places = Array.from({ length: count }, () => ({
    centre: centres[Math.floor(random() * centres.length)] as number[],
    apart: 2 * random() ** 2,
  }));
  const value = (row: number, i: number) => (places[row]?.centre[i] ?? 0) + (places[row]?.apart ?? 0) * (random() - 0.5);
  return matrixOf(count, dimensions, value, comparedRows);
}

function byPlace(one: Pair, other: Pair): number {
  return one.a - other.a || one.b - other.b;
}

/** Every new row with every earlier one; of each its nearest, of equally near ones those that come first. */
function bruteForce({ values, dimensions, contentIds, comparedRows }: VectorMatrix, floor: number): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let row = comparedRows; row < contentIds.length; row++) {
    const found: Pair[] = [];
    for (let column = 0; column < row; column++) {
      const similarity = cosineOfRows(values, dimensions, row, column);
      if (similarity >= floor) found.push({ a: idOf(row), b: idOf(column), similarity });
    }
    pairs.push(...found.sort((one, other) => other.similarity - one.similarity || one.b - other.b).slice(0, MOST_PAIRS_OF_A_PHOTO));
  }
  return pairs.sort(byPlace);
}

async function compared(matrix: VectorMatrix, floor: number): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for await (const block of comparePending(matrix, createPairSearch(1), floor)) pairs.push(...block.pairs);
  return pairs.sort(byPlace);
}

async function expectExactly(matrix: VectorMatrix, floor: number): Promise<readonly Pair[]> {
  const expected = bruteForce(matrix, floor);
  expect(await compared(matrix, floor)).toEqual(expected);
  return expected;
}

describe("the pairs that are found are those of comparing all with all, digit for digit", () => {
  test.each([1, 2, 7, 33, 100, 512, 768])("among few and many rows at %i dimensions", async (dimensions) => {
    for (const count of [2, 17]) await expectExactly(clustered(count, dimensions, count), 0.45);
    expect((await expectExactly(clustered(MANY, dimensions, 1), 0.45)).length).toBeGreaterThan(MANY);
  });

  test("where hardly any pair comes near the floor", async () => {
    const random = seededRandom(8);
    await expectExactly(
      matrixOf(MANY, 256, () => random() - 0.5),
      0.2,
    );
  });

  test("where a pair lies at the floor itself, and where the next one lies just below", async () => {
    const matrix = clustered(MANY, 64, 3);
    const similarities = [...new Set(bruteForce(matrix, 0.45).map(({ similarity }) => similarity as number))].sort((a, b) => a - b);
    for (const at of [0, 1, similarities.length >> 1]) {
      const floor = similarities[at] as number;
      const pairs = await expectExactly(matrix, floor);
      expect(Math.min(...pairs.map(({ similarity }) => similarity))).toBe(floor);
    }
  });

  test("where all rows are equal, and where all are alike: of each its nearest", async () => {
    const random = seededRandom(4);
    const base = Array.from({ length: 48 }, () => random() - 0.5);
    await expectExactly(
      matrixOf(MANY, 48, (_, i) => base[i] as number),
      0.45,
    );
    for (const apart of [1e-8, 1e-4, 0.1]) {
      const pairs = await expectExactly(
        matrixOf(MANY, 48, (_, i) => (base[i] as number) + apart * random()),
        0.45,
      );
      expect(pairs).toHaveLength(
        (MOST_PAIRS_OF_A_PHOTO * (MOST_PAIRS_OF_A_PHOTO - 1)) / 2 + MOST_PAIRS_OF_A_PHOTO * (MANY - MOST_PAIRS_OF_A_PHOTO),
      );
    }
  });

  test("where one number of a row holds all of it, and rows point away from each other", async () => {
    await expectExactly(
      matrixOf(MANY, 64, (row, i) => (i === row % 64 ? (row % 3) - 1 || 0.5 : 0)),
      0.45,
    );
  });

  test("in the rows that are new alone, over several blocks of them", async () => {
    await expectExactly(clustered(9000, 16, 9, 7500), 0.97);
    await expectExactly(clustered(3000, 16, 10, 2990), 0.9);
  });
});

describe("a search that is not told how many are enough", () => {
  test("has every pair among its candidates", async () => {
    const random = seededRandom(6);
    const matrix = matrixOf(MANY, 8, () => 1 + 0.2 * random());
    let found = 0;
    for await (const { candidates } of createPairSearch(1)(matrix, 0.45)) {
      for (const [row, column] of candidates) if (cosineOfRows(matrix.values, 8, row, column) >= 0.45) found++;
    }
    expect(found).toBe((MANY * (MANY - 1)) / 2);
  });
});
