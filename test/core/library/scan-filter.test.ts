import { describe, expect, test } from "vitest";
import { NO_FILTER, passesFilter, type ScanFilter } from "../../../src/core/library/scan-filter.ts";

const FILE = { path: "/photos/holiday.JPG", bytes: 1_000, modifiedMs: 5_000 };
const passes = (filter: Partial<ScanFilter>, file = FILE) => passesFilter({ ...NO_FILTER, ...filter }, file);

describe("a scan's filter", () => {
  test.each<[string, Partial<ScanFilter>, boolean]>([
    ["none", {}, true],
    ["its ending, in any case", { extensions: ["heic", "jpg"] }, true],
    ["other endings", { extensions: ["heic"] }, false],
    ["its size as the least", { minBytes: 1_000 }, true],
    ["a byte more", { minBytes: 1_001 }, false],
    ["its size as the most", { maxBytes: 1_000 }, true],
    ["a byte less", { maxBytes: 999 }, false],
    ["since its moment", { newerMs: 5_000 }, true],
    ["since a later one", { newerMs: 5_001 }, false],
    ["before its moment, so that one moment parts all files in two", { olderMs: 5_000 }, false],
    ["before a later one", { olderMs: 5_001 }, true],
    ["one of two that does not hold", { extensions: ["jpg"], minBytes: 2_000 }, false],
  ])("%s", (_title, filter, isIn) => {
    expect(passes(filter)).toBe(isIn);
  });

  test("lets through what could not be looked at: its fault is told", () => {
    expect(passesFilter({ ...NO_FILTER, minBytes: 1, olderMs: 1 }, { path: "/photos/a.jpg", bytes: null, modifiedMs: null })).toBe(true);
  });
});
