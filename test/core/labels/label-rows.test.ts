import { describe, expect, test } from "vitest";
import type { UserError } from "../../../src/core/errors.ts";
import { readLabels } from "../../../src/core/labels/label-rows.ts";
import type { CsvRow } from "../../../src/core/text/csv-rows.ts";
import { photoPath } from "../../../src/core/units.ts";

type Lines = readonly (readonly string[])[];
const rows = (lines: Lines): readonly CsvRow[] => lines.map((fields, index) => ({ line: index + 1, fields }));
const readAll = (lines: Lines) => readLabels(rows(lines), "labels.csv", (path) => photoPath(`/photos/${path}`));
const read = (...lines: Lines) => readAll(lines);
const BOTH = [
  ["x", "y", "1"],
  ["x", "z", "0"],
] as const;

function faultOf(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    return error as UserError;
  }
  throw new Error("Expected a fault");
}

describe("labelled pairs", () => {
  test.each([
    [["path_a", "path_b", "same"]],
    [["a", "b", "label"]],
    [["First", "Second", "Duplicate"]],
    [["file1", "file2", "is_duplicate"]],
    [["left", "right", "match"]],
    [["Image 1", "Image 2", "is-match"]],
    [["photo_a", "photo_b", "verdict"]],
    [["1", "2", "SAME"]],
    [["img1_path", "img2_path", "same_image"]],
    [["filename_a", "filename_b", "is_dupe"]],
    [["Original", "Copy", "Duplicate?"]],
    [["source", "target", "ground_truth"]],
  ])("are found under the header %j", (header) => {
    const pairs = read(header, ...BOTH);
    expect(pairs.map(({ a, b, same }) => [a, b, same])).toEqual([
      ["/photos/x", "/photos/y", true],
      ["/photos/x", "/photos/z", false],
    ]);
  });

  test("stand in any columns, among others", () => {
    const [pair] = read(["note", "same", "b", "by", "a"], ["?", "yes", "two", "me", "one"], ["", "no", "three", "me", "one"]);
    expect(pair).toEqual({ a: "/photos/one", b: "/photos/two", same: true, line: 2 });
  });

  test.each([
    ["1", "0"],
    ["true", "false"],
    ["Yes", "NO"],
    ["same", "different"],
    ["Duplicate", "distinct"],
    ["match", "no match"],
    ["dup", "not-duplicate"],
    ["the same", "not the same"],
    ["1.0", "0.0"],
    ["+1", "-1"],
  ])("are called the same by %j and different by %j", (same, different) => {
    expect(read(["a", "b", "same"], ["x", "y", same], ["x", "z", different]).map((pair) => pair.same)).toEqual([true, false]);
  });

  test("count once when they are labelled twice the same way, whichever photo is named first", () => {
    expect(read(["a", "b", "same"], ...BOTH, ["y", "x", "yes"], ["x", "y", "1"])).toHaveLength(2);
  });

  test("that contradict each other are an error that names both lines", () => {
    const fault = faultOf(() => read(["a", "b", "same"], ...BOTH, ["y", "x", "0"]));
    expect(fault.message).toContain("line 4: calls a pair different that line 2 calls the same");
  });

  test("that cannot be used are listed by line, the first twenty, and the others counted", () => {
    const bad = [["x", "y"], ["x", "x", "1"], ["x", "w", "perhaps"], ["", "w", "1"], ...Array.from({ length: 18 }, () => ["x", "v", ""])];
    const fault = faultOf(() => read(["a", "b", "same"], ...BOTH, ...bad));
    expect(fault.message.split("\n  ")).toEqual([
      "22 of the rows in labels.csv cannot be used:",
      "line 4: has 2 columns, the first line has 3",
      "line 5: both paths are /photos/x",
      'line 6: the label "perhaps" is neither same nor different',
      "line 7: a path is missing",
      ...Array.from({ length: 16 }, (_, i) => `line ${i + 8}: the label "" is neither same nor different`),
      "and 2 more",
    ]);
  });

  test("need a header, and the error shows one", () => {
    const fault = faultOf(() => read(["x.jpg", "y.jpg", "1"], ...BOTH));
    expect(fault.message).toContain('got "x.jpg,y.jpg,1"');
    expect(fault.code).toBe("label-columns-unknown");
    expect(() => read()).toThrow("must name two columns");
  });

  test("need both answers", () => {
    expect(() => read(["a", "b", "same"], ["x", "y", "1"])).toThrow(
      "All pairs in labels.csv that a threshold decides are labelled the same, none different",
    );
    expect(() => read(["a", "b", "same"], ["x", "y", "0"])).toThrow("labelled different, none the same");
    expect(() => read(["a", "b", "same"])).toThrow("There is no pair in labels.csv");
  });

  test("are read by the hundred thousand", () => {
    const many = Array.from({ length: 100_000 }, (_, i) => [`${i}`, `${i}'`, i % 2 === 0 ? "yes" : "no"]);
    expect(readAll([["a", "b", "same"], ...many])).toHaveLength(100_000);
  });
});
