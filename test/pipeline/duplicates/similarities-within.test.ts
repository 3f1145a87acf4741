import { expect, test } from "vitest";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId } from "../../../src/core/library/contents.ts";
import { similaritiesWithin } from "../../../src/pipeline/duplicates/similarities-within.ts";
import { idOf, pair } from "../../library-fixtures.ts";

const ids = [1, 2, 3, 4, 5, 6].map(idOf) as [ContentId, ContentId, ContentId, ContentId, ContentId, ContentId];
const vectorOf = (id: ContentId) => toUnitLength([id, 1, 2]);

test("reads vectors of those clusters alone in which two members are no pair, whichever kind they are", async () => {
  const [a, b, c, d, e, f] = ids;
  const asked: ContentId[] = [];
  const store = {
    vectors: async (wanted: Iterable<ContentId>) => {
      asked.push(...wanted);
      return new Map(asked.map((id) => [id, vectorOf(id)]));
    },
  };
  const clustered = {
    copies: [
      { keeper: a, extras: [b] },
      { keeper: f, extras: [] },
    ],
    altered: [],
    undecided: [],
    burst: [{ keeper: c, extras: [d, e] }],
  };
  const similarityOf = await similaritiesWithin(clustered, [pair(a, b, 0.75), pair(c, d, 0.5), pair(e, c, 0.625), pair(a, f, 0.5)], store);
  expect(asked).toEqual([c, d, e]);
  expect([similarityOf(a, b), similarityOf(b, a), similarityOf(c, d), similarityOf(c, e)]).toEqual([0.75, 0.75, 0.5, 0.625]);
  expect(similarityOf(d, e)).toBe(cosine(vectorOf(d), vectorOf(e)));
});
