import { expect, test } from "vitest";
import { PairIndex } from "../../../src/core/duplicates/pair-index.ts";
import type { ContentId, Pair } from "../../../src/core/library/contents.ts";
import { idOf, pair, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

test("finds each pair by its contents in either order, and by rank those that are worse, the best first", () => {
  const random = seededRandom(3);
  for (let graph = 0; graph < 100; graph++) {
    const ids = shuffled(
      Array.from({ length: Math.floor(random() * 30) }, (_, i) => idOf(1 + 7 * i)),
      random,
    );
    const couples = ids.flatMap((one, i) => ids.slice(i + 1).map((other) => [one, other] as const));
    const made = couples.filter(() => random() < 0.3).map(([a, b]) => (random() < 0.5 ? pair(a, b, random()) : pair(b, a, random())));
    const index = new PairIndex(ids, shuffled(made, random));
    const between =
      (one: ContentId, other: ContentId) =>
      ({ a, b }: Pair) =>
        (a === one && b === other) || (a === other && b === one);
    for (const [one, other] of couples) {
      expect(index.find(one, other)).toBe(made.find(between(one, other)));
      expect(index.find(other, one)).toBe(made.find(between(one, other)));
    }
    for (const [rank, id] of ids.entries()) {
      const worse = [...ids.keys()].filter((other) => other > rank && made.some(between(id, ids[other] as ContentId)));
      expect([...index.worseThan(rank)]).toEqual(worse);
    }
    expect(index.find(idOf(1), idOf(2))).toBeUndefined();
  }
});
