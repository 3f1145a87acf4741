import { describe, expect, test } from "vitest";
import type { Ranked } from "../../../src/core/search/search-store.ts";
import { TopK } from "../../../src/core/search/top-k.ts";
import { similarity } from "../../../src/core/units.ts";
import { idOf, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const compareRanked = (one: Ranked, other: Ranked) => other.similarity - one.similarity || one.content - other.content;

/** Few different similarities, so that ties are many. */
function randomOffers(seed: number): readonly Ranked[] {
  const random = seededRandom(seed);
  const count = Math.floor(random() * 200);
  return Array.from({ length: count }, (_, content) => ({
    content: idOf(content),
    similarity: similarity(Math.floor(random() * 20) / 20),
  }));
}

function bestOf(offers: Iterable<Ranked>, size: number): readonly Ranked[] {
  const best = new TopK(size, compareRanked);
  for (const offer of offers) best.add(offer);
  return best.sorted();
}

describe("the best of many", () => {
  test("are the first of them all sorted, however many are kept and whatever their order", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seededRandom(seed);
      const offers = randomOffers(seed);
      const size = 1 + Math.floor(random() * 40);
      expect(bestOf(shuffled(offers, random), size)).toEqual([...offers].sort(compareRanked).slice(0, size));
    }
  });

  test("are the same whether or not one asks before each offer", () => {
    for (let seed = 0; seed < 50; seed++) {
      const best = new TopK(7, compareRanked);
      for (const offer of randomOffers(seed)) if (best.wouldKeep(offer)) best.add(offer);
      expect(best.sorted()).toEqual(bestOf(randomOffers(seed), 7));
    }
  });

  test("are none where nothing was offered, and all where few were", () => {
    expect(bestOf([], 3)).toEqual([]);
    expect(bestOf([{ content: idOf(4), similarity: similarity(0.1) }], 3)).toHaveLength(1);
  });
});
