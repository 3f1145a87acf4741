import { describe, expect, test } from "vitest";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId } from "../../../src/core/library/contents.ts";
import type { ComparedBlock, SearchPairs, VectorMatrix } from "../../../src/core/library/vectors.ts";
import { comparePending, MOST_PAIRS_OF_A_PHOTO } from "../../../src/core/pairs/compare-pending.ts";

const DIMENSIONS = 2;

/** A series: each frame is a degree further, so that the nearest of each are those just before it. */
function series(count: number): VectorMatrix {
  const radians = (degrees: number) => (degrees * Math.PI) / 180 / 10;
  const rows = Array.from({ length: count }, (_, i) => [...toUnitLength([Math.cos(radians(i)), Math.sin(radians(i))])]);
  const contentIds = rows.map((_, i) => (i + 1) as ContentId);
  return { values: Float32Array.from(rows.flat()), dimensions: DIMENSIONS, contentIds, comparedRows: 0 };
}

const everyPair: SearchPairs = async function* ({ contentIds }) {
  const candidates = contentIds.flatMap((_, row) =>
    Array.from({ length: row }, (_unused, column) => [row, column, Number.POSITIVE_INFINITY] as const),
  );
  yield { throughRow: contentIds.length, comparisons: candidates.length, candidates };
};

async function blocks(matrix: VectorMatrix): Promise<readonly ComparedBlock[]> {
  const all: ComparedBlock[] = [];
  for await (const block of comparePending(matrix, everyPair, 0.4)) all.push(block);
  return all;
}

describe("pairs that a photo brings in", () => {
  test("are bounded, so that a series of look-alikes has no more than so many each", async () => {
    const count = 3 * MOST_PAIRS_OF_A_PHOTO;
    const [block] = await blocks(series(count));
    const expected = Array.from({ length: count }, (_, row) => Math.min(row, MOST_PAIRS_OF_A_PHOTO)).reduce((sum, n) => sum + n, 0);
    expect(block?.pairs).toHaveLength(expected);
  });

  test("are those with its nearest", async () => {
    const [block] = await blocks(series(300));
    const ofTheLast = block?.pairs.filter(({ a }) => a === 300).map(({ b }) => b) ?? [];
    expect(Math.min(...ofTheLast)).toBe(300 - MOST_PAIRS_OF_A_PHOTO);
  });
});
