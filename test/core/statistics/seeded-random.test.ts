import { describe, expect, test } from "vitest";
import { drawWithout, type Random, seededRandom, shuffled } from "../../../src/core/statistics/seeded-random.ts";

const DRAWS = 10_000;
const ITEMS = Array.from({ length: 20 }, (_, i) => i);
/** Of chi-square with 19 degrees of freedom: one run in a thousand lies above. */
const AT_MOST = 43.82;

/** How far counts are from equal ones (Pearson 1900), in units that a fair draw keeps at or below {@link AT_MOST}. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function countItems(draw: (random: Random) => readonly number[]): readonly number[] {
  const random = seededRandom(20);
  const counts = ITEMS.map(() => 0);
  for (let i = 0; i < DRAWS; i++) for (const item of draw(random)) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

describe("seeded numbers", () => {
  test("fall into twenty equal parts of [0, 1) alike", () => {
    const counts = countItems((random) => [Math.floor(random() * ITEMS.length)]);
    expect(counts).toHaveLength(ITEMS.length);
    expect(chiSquare(counts)).toBeLessThan(AT_MOST);
  });
});

describe("a sample", () => {
  test("has each item as likely as any other, the first ones no more than the last", () => {
    // Without replacement an item's counts vary by 1 - 5/20 of what independent draws would: the bound is generous.
    expect(chiSquare(countItems((random) => drawWithout(ITEMS, 5, random)))).toBeLessThan(AT_MOST);
  });

  test("has as many items as asked for, in the order they had, none twice", () => {
    for (const count of [0, 1, 7, 19, 20, 30]) {
      const drawn = drawWithout(ITEMS, count, seededRandom(count));
      expect(drawn).toHaveLength(Math.min(count, ITEMS.length));
      expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual(drawn);
    }
    expect(drawWithout([], 3, seededRandom(1))).toEqual([]);
  });
});

describe("a shuffle", () => {
  test("puts each item into the first place as often as any other, and into the last", () => {
    expect(chiSquare(countItems((random) => shuffled(ITEMS, random).slice(0, 1)))).toBeLessThan(AT_MOST);
    expect(chiSquare(countItems((random) => shuffled(ITEMS, random).slice(-1)))).toBeLessThan(AT_MOST);
  });

  test("keeps every item and leaves the list as it was", () => {
    const before = [...ITEMS];
    expect(shuffled(ITEMS, seededRandom(3)).sort((a, b) => a - b)).toEqual(before);
    expect(ITEMS).toEqual(before);
  });
});
