import { describe, expect, test } from "vitest";
import { newSets, parseReportedSet, reportedSet } from "../../../src/core/duplicates/reported-sets.ts";
import { content, pair, setsOf } from "../../library-fixtures.ts";

const AT = "2026-11-29T03:00:00.000Z";
/** One set of these contents, each at so many places, the first the keeper. */
function setOf(...members: readonly (readonly [id: number, photos?: number, folder?: string])[]) {
  const contents = members.map(([id, photos = 1, folder = "photos"], index) =>
    content(id, {
      paths: Array.from({ length: photos }, (_, copy) => `/${folder}/${id}-${copy}.jpg`),
      width: 4000 - index,
      bytes: 9000 - index,
    }),
  );
  const ids = members.map(([id]) => id);
  const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => pair(one, other, 0.95)));
  const [set, ...more] = setsOf(contents, pairs);
  if (set === undefined || more.length > 0) throw new Error("Expected one set");
  return set;
}
const isNewAfter = (set: ReturnType<typeof setOf>, ...listed: readonly ReturnType<typeof setOf>[]) =>
  newSets(
    [set],
    listed.map((one) => parseReportedSet(JSON.parse(JSON.stringify(reportedSet(one, AT))))),
  ).length > 0;

describe("a set is new", () => {
  test("where nothing was listed before", () => {
    expect(isNewAfter(setOf([1], [2]))).toBe(true);
  });

  test("where another photo has joined it, as the one that stays too", () => {
    expect(isNewAfter(setOf([1], [2], [3]), setOf([1], [2]))).toBe(true);
    expect(isNewAfter(setOf([3], [1], [2]), setOf([1], [2]))).toBe(true);
  });

  test("where there are more files with the same bytes", () => {
    expect(isNewAfter(setOf([1, 3]), setOf([1, 2]))).toBe(true);
    expect(isNewAfter(setOf([1], [2, 2]), setOf([1], [2]))).toBe(true);
    expect(isNewAfter(setOf([1, 2], [2]), setOf([1], [2]))).toBe(true);
  });

  test("where two sets have become one", () => {
    expect(isNewAfter(setOf([1], [2], [3], [4]), setOf([1], [2]), setOf([3], [4]))).toBe(true);
  });
});

describe("a set is not new", () => {
  test("where it was listed, or what is in it was moved or renamed", () => {
    expect(isNewAfter(setOf([1], [2, 2]), setOf([1], [2, 2]))).toBe(false);
    expect(isNewAfter(setOf([1, 1, "elsewhere"], [2, 2]), setOf([1], [2, 2]))).toBe(false);
  });

  test("where it only lost members, the one that stayed too", () => {
    expect(isNewAfter(setOf([1], [3]), setOf([1], [2], [3]))).toBe(false);
    expect(isNewAfter(setOf([2], [3]), setOf([1], [2], [3]))).toBe(false);
    expect(isNewAfter(setOf([1, 2]), setOf([1, 3]))).toBe(false);
  });

  test("where another of its photos stays now", () => {
    expect(isNewAfter(setOf([2], [1]), setOf([1], [2]))).toBe(false);
  });

  test("where each of its pairs was listed at some time", () => {
    expect(isNewAfter(setOf([1], [2], [3]), setOf([1], [2]), setOf([1], [3]))).toBe(false);
  });
});
