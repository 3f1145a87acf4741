import { expect, test } from "vitest";
import { pairsOfHubs } from "../../../src/core/duplicates/hubs.ts";
import type { Pair } from "../../../src/core/library/contents.ts";
import { idOf, pair } from "../../library-fixtures.ts";

const SCREENSHOT = idOf(1);
const ORIGINAL = idOf(2);
const SMALL = idOf(3);
const CROP = idOf(4);
/** Four versions of one photo; the screenshot is the keeper until somebody looks. */
const CLUSTER = { keeper: SCREENSHOT, extras: [ORIGINAL, SMALL, CROP] };

/** @param ofScreenshot its similarity to each of the others, of which the original is nearest to both others */
function pairs(ofScreenshot: number): readonly Pair[] {
  return [
    pair(SCREENSHOT, ORIGINAL, ofScreenshot),
    pair(SCREENSHOT, SMALL, ofScreenshot),
    pair(SCREENSHOT, CROP, ofScreenshot),
    pair(ORIGINAL, SMALL, 0.98),
    pair(ORIGINAL, CROP, 0.9),
    pair(SMALL, CROP, 0.85),
  ];
}

const KEEPER_FIRST = ["1 2", "1 3", "1 4"];
const ORIGINAL_FIRST = ["1 2", "2 3", "2 4"];

function lookedAt(...given: Parameters<typeof pairsOfHubs>): readonly string[] {
  return pairsOfHubs(...given).map(({ a, b }) => `${a} ${b}`);
}

test("a cluster is looked at first from the picture that is much nearer to all others than its keeper", () => {
  expect(lookedAt([CLUSTER], pairs(0.7), pairs(0.7))).toEqual(ORIGINAL_FIRST);
});

test("from its keeper where that is about as near", () => {
  expect(lookedAt([CLUSTER], pairs(0.9), pairs(0.9))).toEqual(KEEPER_FIRST);
});

test("from its keeper once that picture was looked at with all others", () => {
  const unseen = pairs(0.7).filter(({ a, b }) => a !== ORIGINAL && b !== ORIGINAL);
  expect(lookedAt([CLUSTER], pairs(0.7), unseen)).toEqual(["1 3", "1 4"]);
});

test("still from that picture while some of its looks are left", () => {
  const unseen = pairs(0.7).filter(({ a, b }) => a !== ORIGINAL || b !== SMALL);
  expect(lookedAt([CLUSTER], pairs(0.7), unseen)).toEqual(["1 2", "2 4"]);
});

test("from its keeper where it is small: at most one look is wasted", () => {
  const small = { keeper: SCREENSHOT, extras: [ORIGINAL, SMALL] };
  expect(lookedAt([small], pairs(0.7), pairs(0.7))).toEqual(["1 2", "1 3"]);
});

test("what lies in other clusters makes no picture nearer, and is not looked at", () => {
  const other = { keeper: idOf(5), extras: [idOf(6)] };
  const across = [1, 2, 3].map((id) => pair(idOf(id), idOf(5), 0.99));
  const all = [...pairs(0.9), ...across, pair(idOf(5), idOf(6), 0.95)];
  expect(lookedAt([CLUSTER, other], all, all)).toEqual([...KEEPER_FIRST, "5 6"]);
});
