import { describe, expect, test } from "vitest";
import type { DecidedPairs } from "../../../src/core/duplicates/decided-pairs.ts";
import type { DuplicateSet } from "../../../src/core/duplicates/duplicate-sets.ts";
import { DEFAULT_RULES } from "../../../src/core/duplicates/keeper.ts";
import type { PixelsHash } from "../../../src/core/units.ts";
import { content, frame, pair, setsOf } from "../../library-fixtures.ts";

const FRAME_A = frame("2019:03:21 11:04:22", "10");
const FRAME_B = frame("2019:03:21 11:04:22", "35");

/** Kind, keeper and extras by path. */
const outline = (sets: readonly DuplicateSet[]) =>
  sets.map(({ kind, keeper, extras }) => [kind, keeper.photo.path, ...extras.map(({ photo }) => photo.path)]);

describe("copies", () => {
  test("near ones are a set: what stays, why, and what would be freed", () => {
    const [set, ...others] = setsOf([content(1), content(2, { width: 1000, bytes: 100_000 })], [pair(1, 2, 0.9)]);
    expect(others).toEqual([]);
    expect(set).toMatchObject({ kind: "copies", keeperReason: { rule: "resolution" }, lowestSimilarity: 0.9, reclaimableBytes: 100_000 });
    expect(outline(set ? [set] : [])).toEqual([["copies", "/photos/1.jpg", "/photos/2.jpg"]]);
    expect(set?.extras[0]).toMatchObject({ class: "same-picture", similarity: 0.9 });
  });

  test("same bytes are a set without any pair", () => {
    const [set] = setsOf([content(1, { paths: ["/photos/b.jpg", "/photos/a.jpg", "/photos/c/a.jpg"], bytes: 500 })], []);
    expect(set).toMatchObject({ kind: "copies", keeperReason: { rule: "path-order" }, lowestSimilarity: 1, reclaimableBytes: 1000 });
    expect(set?.keeper.photo.path).toBe("/photos/a.jpg");
    expect(set?.extras.map(({ class: name, similarity }) => [name, similarity])).toEqual(Array(2).fill(["same-bytes", 1]));
  });

  test("the same bytes as the keeper and near ones are one set, the closest first", () => {
    const contents = [
      content(1, { paths: ["/photos/1.jpg", "/photos/1-copy.jpg"] }),
      content(2, { width: 100 }),
      content(3, { width: 90 }),
    ];
    const [set] = setsOf(contents, [pair(1, 2, 0.8), pair(1, 3, 0.9)]);
    expect(set?.extras.map(({ photo, class: name }) => [photo.path, name])).toEqual([
      ["/photos/1-copy.jpg", "same-bytes"],
      ["/photos/3.jpg", "same-picture"],
      ["/photos/2.jpg", "same-picture"],
    ]);
  });

  test("every photo of an extra's content is an extra", () => {
    const contents = [content(1), content(2, { width: 100, bytes: 10, paths: ["/photos/x.jpg", "/photos/y.jpg"] })];
    const sets = setsOf(contents, [pair(1, 2, 0.9)]);
    expect(outline(sets)).toEqual([["copies", "/photos/1.jpg", "/photos/x.jpg", "/photos/y.jpg"]]);
    expect(sets[0]?.reclaimableBytes).toBe(20);
  });

  test("the lowest similarity is that of any two members, below the threshold too", () => {
    const contents = [content(1), content(2, { width: 100 }), content(3, { width: 90 })];
    expect(setsOf(contents, [pair(1, 2, 0.8), pair(1, 3, 0.9)])[0]?.lowestSimilarity).toBe(0.4);
  });

  test("the reason that is printed is true of the keeper", () => {
    const contents = [content(1, { width: 4000 }), content(2, { width: 3000 }), content(3, { width: 1000 })];
    for (const { keeper, extras, keeperReason } of setsOf(contents, [pair(1, 2, 0.7), pair(2, 3, 0.95)])) {
      expect(keeperReason).toEqual({ rule: "resolution" });
      for (const extra of extras) expect(keeper.content.facts.width).toBeGreaterThan(extra.content.facts.width);
    }
  });

  test("nearly empty pictures are held to same bytes", () => {
    const blank = { detail: 0.01 };
    expect(setsOf([content(1, blank), content(2, blank), content(3)], [pair(1, 2, 1), pair(2, 3, 0.9)])).toEqual([]);
    expect(outline(setsOf([content(1, { ...blank, paths: ["/a.jpg", "/b.jpg"] }), content(2, blank)], [pair(1, 2, 1)]))).toEqual([
      ["copies", "/a.jpg", "/b.jpg"],
    ]);
  });

  test("the set with most to gain stands first, then the first by path, and bursts last", () => {
    const small = { bytes: 10, width: 100 };
    const contents = [content(1), content(2, small), content(3), content(4, small), content(5), content(6, { bytes: 20, width: 100 })];
    const burst = [content(7, { exposure: FRAME_A, paths: ["/photos/0.jpg"] }), content(8, { exposure: FRAME_B })];
    const sets = setsOf([...contents, ...burst].reverse(), [pair(7, 8, 0.99), pair(3, 4, 0.9), pair(1, 2, 0.9), pair(5, 6, 0.9)]);
    expect(sets.map(({ keeper }) => keeper.photo.path)).toEqual(["/photos/5.jpg", "/photos/1.jpg", "/photos/3.jpg", "/photos/0.jpg"]);
  });

  test("a pair with a photo outside the library asked for is no duplicate", () => {
    expect(setsOf([content(1)], [pair(1, 2, 0.9)])).toEqual([]);
  });
});

describe("exposures", () => {
  const a = content(1, { exposure: FRAME_A });
  const b = content(2, { exposure: FRAME_B });
  const stripped = content(3, { width: 800, height: 600, bytes: 90_000 });

  test("frames of one second that differ in sub-seconds alone are a burst, and nothing is to gain", () => {
    const [set] = setsOf([a, b], [pair(1, 2, 0.99)]);
    expect(set).toMatchObject({ kind: "burst", reclaimableBytes: 0, lowestSimilarity: 0.99 });
  });

  test("a stripped small copy of one frame joins that frame, near as it is to the other", () => {
    const pairs = [pair(1, 2, 0.97), pair(1, 3, 0.95), pair(2, 3, 0.93)];
    expect(outline(setsOf([a, b, stripped], pairs))).toEqual([
      ["copies", "/photos/1.jpg", "/photos/3.jpg"],
      ["burst", "/photos/1.jpg", "/photos/2.jpg"],
    ]);
    const [joined] = setsOf([a, b, stripped], [pair(1, 2, 0.97), pair(1, 3, 0.93), pair(2, 3, 0.95)]);
    expect(joined?.keeper.photo.path).toBe("/photos/2.jpg");
  });

  test("a stripped copy that is the best keeper takes one frame, never both", () => {
    const large = content(3, { width: 8000 });
    const rules = [{ rule: "resolution" }, ...DEFAULT_RULES] as const;
    const [copies, ...others] = setsOf([a, b, large], [pair(1, 2, 0.97), pair(1, 3, 0.95), pair(2, 3, 0.93)], { rules });
    expect(outline(copies ? [copies] : [])).toEqual([["copies", "/photos/3.jpg", "/photos/1.jpg"]]);
    expect(others).toEqual([]);
  });

  test.each(["star", "complete", "single"] as const)("with %s linkage no set of copies holds two frames", (linkage) => {
    const between = [pair(1, 3, 0.95), pair(2, 3, 0.95), pair(1, 2, 0.97)];
    for (const set of setsOf([a, b, stripped], between, { linkage }).filter(({ kind }) => kind === "copies")) {
      expect([set.keeper, ...set.extras].filter(({ content: { facts } }) => facts.exposure.takenAt !== null)).toHaveLength(1);
    }
  });

  test("a copy that lost its sub-seconds is a copy", () => {
    const edited = content(2, { exposure: frame("2019:03:21 11:04:22"), width: 800 });
    expect(outline(setsOf([a, edited], [pair(1, 2, 0.9)]))).toEqual([["copies", "/photos/1.jpg", "/photos/2.jpg"]]);
  });

  describe("a copy of which the clock was corrected, pixel for pixel,", () => {
    const pixelsHash = "f".repeat(64) as PixelsHash;
    const [taken, corrected] = [frame("2019:03:21 11:04:22"), frame("2020:03:21 11:04:22")];
    const kept = content(1, { exposure: taken, pixelsHash });
    const redated = content(2, { exposure: corrected, pixelsHash, width: 3900 });
    const smaller = content(3, { exposure: taken, width: 2000 });

    test.each([
      ["first", 0.99, 0.98],
      ["last", 0.98, 0.99],
    ])("that joins %s does not keep another copy out", (_, ofRedated, ofSmaller) => {
      const sets = setsOf([kept, redated, smaller], [pair(1, 2, ofRedated), pair(1, 3, ofSmaller), pair(2, 3, 0.97)]);
      const [first, second] = ofRedated > ofSmaller ? [2, 3] : [3, 2];
      expect(outline(sets.slice(0, 1))).toEqual([["copies", "/photos/1.jpg", `/photos/${first}.jpg`, `/photos/${second}.jpg`]]);
    });

    test("lets in nothing that the keeper itself cannot tell, and nothing that a person called another picture", () => {
      const undated = content(1, { pixelsHash });
      const sets = setsOf([undated, redated, smaller], [pair(1, 2, 0.99), pair(1, 3, 0.98), pair(2, 3, 0.97)]);
      expect(outline(sets.filter(({ kind }) => kind === "copies"))).toEqual([["copies", "/photos/2.jpg", "/photos/1.jpg"]]);
      const areParted = (...ids: readonly number[]) => ids.includes(2) && ids.includes(3);
      const decided: DecidedPairs = { verdictOf: (one, other) => (areParted(one, other) ? "not-duplicates" : null), same: [] };
      const [parted] = setsOf([kept, redated, smaller], [pair(1, 2, 0.99), pair(1, 3, 0.98), pair(2, 3, 0.97)], { decided });
      expect(parted?.extras.map(({ photo }) => photo.path)).toEqual(["/photos/2.jpg"]);
    });
  });

  test("photos of the same local time in different zones are no copies", () => {
    const zoned = ["+01:00", "+09:00"].map((zone, i) => content(i + 1, { exposure: frame("2019:03:21 11:04:22", "", zone) }));
    expect(setsOf(zoned, [pair(1, 2, 0.99)]).map(({ kind }) => kind)).toEqual(["burst"]);
  });

  test("a burst shows each exposure once, though it has copies of the same bytes", () => {
    const twice = [a, b].map(({ id, facts }) =>
      content(id, { exposure: facts.exposure, paths: [`/photos/${id}.jpg`, `/photos/${id}-copy.jpg`] }),
    );
    expect(outline(setsOf(twice, [pair(1, 2, 0.99)]))).toEqual([
      ["copies", "/photos/1.jpg", "/photos/1-copy.jpg"],
      ["copies", "/photos/2.jpg", "/photos/2-copy.jpg"],
      ["burst", "/photos/1.jpg", "/photos/2.jpg"],
    ]);
  });
});
