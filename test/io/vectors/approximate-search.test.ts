/**
 * Pairs that an index of nearest neighbours proposes: of all pairs only some, each of them exact, and how many are missed is told truly.
 */
import { describe, expect, test } from "vitest";
import { cosineOfRows, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { Pair } from "../../../src/core/library/contents.ts";
import type { SearchPairs, VectorMatrix } from "../../../src/core/library/vectors.ts";
import { addApproximations, NOTHING_APPROXIMATE, sampledRows } from "../../../src/core/pairs/approximation.ts";
import { comparePending } from "../../../src/core/pairs/compare-pending.ts";
import { createApproximateSearch } from "../../../src/io/vectors/approximate-search.ts";
import { createPairSearch } from "../../../src/io/vectors/pair-search.ts";
import { idOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 64;
const FLOOR = 0.45;

/** Rows about centres, a few of each. */
function clustered(count: number, comparedRows = 0): VectorMatrix {
  const random = seededRandom(count);
  const centres = Array.from({ length: count / 6 }, () => Array.from({ length: DIMENSIONS }, () => random() - 0.5));
  const values = new Float32Array(count * DIMENSIONS);
  for (let row = 0; row < count; row++) {
    const centre = centres[Math.floor(random() * centres.length)] as number[];
    const apart = 1.4 * random();
    values.set(toUnitLength(centre.map((value) => value + apart * (random() - 0.5))), row * DIMENSIONS);
  }
  return { values, dimensions: DIMENSIONS, contentIds: Array.from({ length: count }, (_, row) => idOf(row)), comparedRows };
}

async function compared(matrix: VectorMatrix, by: SearchPairs): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for await (const block of comparePending(matrix, by, FLOOR)) pairs.push(...block.pairs);
  return pairs.sort((one, other) => one.a - other.a || one.b - other.b);
}

describe("an approximate comparison", () => {
  test.each([0, 1500])(
    "finds nearly all pairs of the rows from %i on, none twice, and each as exactly as comparing all",
    async (comparedRows) => {
      const matrix = clustered(3000, comparedRows);
      let measured = NOTHING_APPROXIMATE;
      const onMeasured = (row: typeof measured) => {
        measured = addApproximations(measured, row);
      };
      const found = await compared(matrix, createApproximateSearch({ threads: 1, onMeasured, comparisonsAPhoto: 0 }));
      const all = await compared(matrix, createPairSearch(1));
      const nameOf = ({ a, b, similarity }: Pair) => `${a} ${b} ${similarity}`;
      const exact = new Set(all.map(nameOf));
      const names = found.map(nameOf);
      expect(names.filter((name) => !exact.has(name))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
      expect(found.length).toBeGreaterThan(0.9 * all.length);

      const rows = new Set(sampledRows(matrix).map(idOf));
      expect(measured).toEqual({
        photos: 100,
        pairs: all.filter(({ a }) => rows.has(a)).length,
        found: found.filter(({ a }) => rows.has(a)).length,
      });
    },
  );

  test("compares exactly where little is new, and where every pair is wanted, and measures nothing then", async () => {
    const matrix = clustered(600);
    const onMeasured = () => {
      throw new Error("Expected an exact comparison");
    };
    expect(await compared(matrix, createApproximateSearch({ threads: 1, onMeasured }))).toEqual(
      await compared(matrix, createPairSearch(1)),
    );
    let pairs = 0;
    for await (const { candidates } of createApproximateSearch({ threads: 1, onMeasured, comparisonsAPhoto: 0 })(matrix, FLOOR)) {
      for (const [row, column] of candidates) if (cosineOfRows(matrix.values, DIMENSIONS, row, column) >= FLOOR) pairs++;
    }
    expect(pairs).toBeGreaterThan(0);
  });
});
