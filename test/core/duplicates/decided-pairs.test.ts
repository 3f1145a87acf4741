import { describe, expect, test } from "vitest";
import { type Decision, standingDecisions, type Verdict } from "../../../src/core/decisions/decisions.ts";
import { LINKAGES } from "../../../src/core/duplicates/clustering.ts";
import { decidedPairs } from "../../../src/core/duplicates/decided-pairs.ts";
import type { ContentId, HeldContent } from "../../../src/core/library/contents.ts";
import { type ContentHash, contentHash, photoPath } from "../../../src/core/units.ts";
import { content, pair, setsOf } from "../../library-fixtures.ts";

const hashOf = (id: number) => contentHash(id.toString(16).padStart(64, "0"));
const decision = (a: number, b: number, verdict: Verdict): Decision => {
  const photo = (id: number) => ({ sha256: hashOf(id), path: photoPath(`/${id}.jpg`) });
  return { a: photo(a), b: photo(b), verdict, at: "2026-11-29T00:00:00Z" };
};
const HELD: ReadonlyMap<ContentHash, HeldContent> = new Map(
  [1, 2, 3].map((id) => [hashOf(id), { id: id as ContentId, pixelsHash: null, photos: [] }]),
);
const decided = (...decisions: readonly Decision[]) => decidedPairs(standingDecisions(decisions), HELD);
const three = [1, 2, 3].map((id) => content(id, { paths: [`/${id}.jpg`] }));
const members = (...args: Parameters<typeof setsOf>) =>
  setsOf(...args).map(({ keeper, extras }) => [keeper, ...extras].map(({ photo }) => photo.path).sort());

describe("decisions", () => {
  test("stand by the last word on a pair, whichever photo is named first", () => {
    expect(standingDecisions([decision(1, 2, "same"), decision(2, 1, "not-duplicates")]).map(({ verdict }) => verdict)).toEqual([
      "not-duplicates",
    ]);
    expect(standingDecisions([decision(1, 2, "same"), decision(1, 2, "withdrawn")])).toEqual([]);
    const pairs = decided(decision(2, 1, "same"), decision(1, 9, "same"));
    expect(pairs.same.length).toBe(1);
    expect(pairs.verdictOf(1 as ContentId, 2 as ContentId)).toBe("same");
    expect(pairs.verdictOf(1 as ContentId, 3 as ContentId)).toBeNull();
  });

  test.each(LINKAGES)("keep what is no duplicate out of one set, by %s linkage", (linkage) => {
    const pairs = [pair(1, 2, 0.95), pair(2, 3, 0.94), pair(1, 3, 0.93)];
    expect(members(three, pairs, { linkage })).toEqual([["/1.jpg", "/2.jpg", "/3.jpg"]]);
    const sets = members(three, pairs, { linkage, decided: decided(decision(1, 2, "not-duplicates")) });
    expect(sets.filter((set) => ["/1.jpg", "/2.jpg"].every((path) => set.some((member) => member === path)))).toEqual([]);
    expect(sets.length).toBe(1);
  });

  test.each(LINKAGES)("join what is the same however unlike it is, by %s linkage", (linkage) => {
    const [one, other, third] = three as [(typeof three)[0], (typeof three)[0], (typeof three)[0]];
    const empty = { ...other, detail: 0 };
    expect(members([one, empty, third], [], { linkage })).toEqual([]);
    expect(members([one, empty, third], [], { linkage, decided: decided(decision(1, 2, "same")) })).toEqual([["/1.jpg", "/2.jpg"]]);
  });
});
