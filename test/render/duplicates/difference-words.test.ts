import { expect, test } from "vitest";
import type { Region } from "../../../src/core/look/verdict.ts";
import { differenceWords } from "../../../src/render/duplicates/difference-words.ts";
import { content, looksAt, pair, setsOf } from "../../library-fixtures.ts";

/** What is said of the extra of two photos of which the first stays. */
function wordsOf(regions: readonly Region[]): string {
  const pairs = [pair(1, 2, 0.95)];
  const [set] = setsOf(
    [content(1, {}), content(2, { bytes: 1000 })],
    pairs,
    {},
    [],
    looksAt(pairs, { "1 2": { verdict: "altered", regions } }),
  );
  const extra = set?.extras[0];
  if (set === undefined || extra === undefined) throw new Error("Expected a set");
  return differenceWords(set.keeper, extra);
}

const at = (x: number, y: number, captioned: Region["captioned"] = null): Region => {
  const box = { x, y, width: 0.1, height: 0.05 };
  return { one: box, other: box, captioned };
};

test("up to three places that are altered are named, each once, and more of them are counted", () => {
  expect(wordsOf([at(0.1, 0.5), at(0.1, 0.45), at(0.8, 0.9)])).toBe("altered at the left and at the bottom right");
  expect(wordsOf([at(0.1, 0.1), at(0.45, 0.1), at(0.8, 0.1)])).toBe("altered at the top left, at the top and at the top right");
  expect(wordsOf([0.02, 0.12, 0.3, 0.5, 0.7, 0.85, 0.9].map((x) => at(x, x)))).toMatch(/^altered in 7 places/);
});

test("a caption is told of the one that has it", () => {
  expect(wordsOf([at(0.45, 0.94, "other"), at(0.1, 0.5)])).toBe("caption at the bottom, altered at the left");
});
