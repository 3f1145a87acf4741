import { describe, expect, test } from "vitest";
import { foldPictures } from "../../../src/core/statistics/picture-folds.ts";
import { seededRandom } from "../../seeded-random.ts";

const FOLDS = 5;

function inFolds(pairs: readonly { readonly a: string; readonly b: string }[], seed: number) {
  const foldOf = foldPictures(pairs, FOLDS, seededRandom(seed));
  const within = pairs.filter(({ a, b }) => foldOf.get(a) === foldOf.get(b));
  const ends = Array.from({ length: FOLDS }, () => 0);
  for (const { a, b } of pairs) for (const end of [a, b]) ends[foldOf.get(end) as number] = (ends[foldOf.get(end) as number] as number) + 1;
  return { foldOf, within, ends };
}

describe("pictures parted into folds", () => {
  test("each stand in one, and folds are about as large, for any pairs", () => {
    const random = seededRandom(3);
    for (let round = 0; round < 50; round++) {
      const pictures = 30 + Math.floor(random() * 100);
      const name = () => `picture-${Math.floor(random() * pictures)}`;
      const pairs = Array.from({ length: 4 * pictures }, () => ({ a: name(), b: name() }));
      const { foldOf, ends } = inFolds(pairs, round);
      expect([...foldOf.keys()].sort()).toEqual([...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort());
      expect(Math.max(...ends)).toBeLessThan(((2 * pairs.length) / FOLDS) * 1.6);
      expect(Math.min(...ends)).toBeGreaterThan(((2 * pairs.length) / FOLDS) * 0.4);
    }
  });

  test("that no others join lose no pair", () => {
    const pairs = Array.from({ length: 200 }, (_, i) => ({ a: `one-${i}`, b: `other-${i}` }));
    expect(inFolds(pairs, 1).within).toHaveLength(200);
  });

  test("in groups that few pairs join lose few, far fewer than by chance", () => {
    const random = seededRandom(5);
    const picture = (group: number) => `${group}-${Math.floor(random() * 8)}`;
    const pairs = Array.from({ length: 2000 }, () => {
      const group = Math.floor(random() * 60);
      return { a: picture(group), b: picture(random() < 0.05 ? Math.floor(random() * 60) : group) };
    });
    expect(inFolds(pairs, 1).within.length).toBeGreaterThan(0.6 * pairs.length);
  });

  test("are the same at every run", () => {
    const pairs = Array.from({ length: 100 }, (_, i) => ({ a: `p${i % 17}`, b: `p${(i * 7) % 23}` }));
    expect(inFolds(pairs, 4).foldOf).toEqual(inFolds(pairs, 4).foldOf);
  });
});
