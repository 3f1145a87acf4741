import { describe, expect, test } from "vitest";
import { setsTouching } from "../../../src/core/duplicates/confine.ts";
import { type SetOrder, sortSets } from "../../../src/core/duplicates/set-order.ts";
import { isoCaptureTime } from "../../../src/core/photos/capture-time.ts";
import { parseCaptureTime } from "../../../src/core/photos/exposure.ts";
import { content, frame, looksAt, pair, setsOf } from "../../library-fixtures.ts";

const pairs = [pair(1, 2, 0.95), pair(3, 4, 0.91), pair(5, 6, 0.99), pair(7, 8, 0.92)];
const sets = setsOf(
  [
    content(1, { paths: ["/b/1.jpg"], exposure: frame("2020:01:01 00:00:00") }),
    content(2, { paths: ["/x/2.jpg"], width: 100, bytes: 3000 }),
    content(3, { paths: ["/c/3.jpg"], exposure: frame("2010:01:01 00:00:00") }),
    content(4, { paths: ["/x/4.jpg"], width: 100, bytes: 2000 }),
    content(5, { paths: ["/a/5.jpg"] }),
    content(6, { paths: ["/y/6.jpg"], width: 100, bytes: 1000 }),
    content(7, { paths: ["/0/7.jpg"] }),
    content(8, { paths: ["/y/8.jpg"], width: 100, bytes: 9000 }),
  ],
  pairs,
  {},
  [],
  looksAt(pairs, { "7 8": { verdict: "altered" } }),
);

describe("sets by", () => {
  test.each<readonly [SetOrder, readonly number[]]>([
    ["size", [1, 3, 5, 7]],
    ["similarity", [3, 1, 5, 7]],
    ["date", [3, 1, 5, 7]],
    ["folder", [5, 1, 3, 7]],
  ])("%s: those of one kind stay together", (order, expected) => {
    expect(sortSets([...sets].reverse(), order).map(({ keeper }) => keeper.content.id)).toEqual(expected);
  });

  test("the folder that they touch are whole", () => {
    expect(setsTouching(sets, ["/y"]).map(({ keeper, extras }) => [keeper.content.id, extras.length])).toEqual([
      [5, 1],
      [7, 1],
    ]);
    expect(setsTouching(sets, [])).toBe(sets);
  });
});

describe("a capture time", () => {
  test.each([
    [["2019:03:21 11:04:22", "348", "+09:30"], "2019-03-21T11:04:22.348+09:30"],
    [["2019:03:21 11:04:22", "", "-03:00"], "2019-03-21T11:04:22-03:00"],
    [["2019:03:21 11:04:22"], "2019-03-21T11:04:22"],
    [["2019-03-21T11:04:22Z"], "2019-03-21T11:04:22+00:00"],
  ])("of %j is %s", (written, iso) => {
    const [time = "", fraction, offset] = written;
    expect(isoCaptureTime(parseCaptureTime(time, fraction, offset) as NonNullable<ReturnType<typeof parseCaptureTime>>)).toBe(iso);
  });
});
