import { describe, expect, test } from "vitest";
import { joinPairSets } from "../../../src/core/calibration/joined-pairs.ts";
import type { ReviewablePair } from "../../../src/core/pairs/labelled-pair.ts";
import type { ScoredPairSet } from "../../../src/core/synthetic/scored-pair-set.ts";
import { photoPath } from "../../../src/core/units.ts";
import { scoredPair } from "../../library-fixtures.ts";

/** A pair of photos that are named by themselves, unless another origin is said. */
function pair(one: string, other: string, same: boolean, value: number, origins = [one, other]): ReviewablePair {
  const picture = (name: string) => ({ name, photo: photoPath(`/${name}`) });
  return { ...scoredPair(`/${origins[0]}`, `/${origins[1]}`, same, value), pictures: [picture(one), picture(other)] };
}

function set(pairs: readonly ReviewablePair[], sketch: Partial<ScoredPairSet> = {}): ScoredPairSet {
  return {
    pairs,
    labelled: [],
    unlisted: 0,
    excluded: { sameBytes: 0, nearlyEmpty: 0, differentExposures: 0, seenDifferent: 0 },
    synthetic: null,
    ...sketch,
  };
}

const said = [pair("a", "b", true, 0.7, ["a", "a"]), pair("c", "d", false, 0.8)];
const made = [pair("a", "a", true, 0.9), pair("b", "a", false, 0.7), pair("d", "c", false, 0.8), pair("b", "e", false, 0.3)];
const joined = joinPairSets(set(said, { labelled: said }), set(made, { unlisted: 7 }));

describe("labels on top of synthetic pairs", () => {
  test("count all, beside the edits", () => {
    expect(joined.pairs.slice(0, 2)).toEqual(said);
    expect(joined.labelled).toEqual(said);
    expect(joined.pairs.filter(({ same }) => same)).toHaveLength(2);
    expect(joined.unlisted).toBe(7);
  });

  test("overrule what is taken for different, and no pair counts twice", () => {
    expect(joined.pairs.filter(({ same }) => !same).map(({ a, b }) => [a, b])).toEqual([
      ["/c", "/d"],
      ["/a", "/e"], // b was called the same picture as a
    ]);
  });
});
