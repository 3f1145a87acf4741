import { describe, expect, test } from "vitest";
import { parseExtensions, parseMoment, parseSize } from "../../src/cli/scan-filter.ts";

describe("a size", () => {
  test.each([
    ["2500", 2_500],
    ["0", 0],
    ["100kB", 100_000],
    ["100 kb", 100_000],
    ["1.5M", 1_500_000],
    ["2GiB", 2 * 2 ** 30],
    ["10b", 10],
  ])("%s is %d bytes", (text, bytes) => {
    expect(parseSize("--min-size", text)).toBe(bytes);
  });

  test.each(["", "big", "-1", "1e6", "5 apples", "1,5M", "i"])("%j is none", (text) => {
    expect(() => parseSize("--min-size", text)).toThrow("--min-size takes a size");
  });
});

describe("a moment", () => {
  const NOW = new Date(2024, 6, 31, 12);
  test.each([
    ["2024-07-01", new Date(2024, 6, 1)],
    ["2024-07-01 18:30", new Date(2024, 6, 1, 18, 30)],
    ["2024-02-29T23:59:58", new Date(2024, 1, 29, 23, 59, 58)],
    ["36h", new Date(2024, 6, 30, 0)],
    ["2w", new Date(2024, 6, 17, 12)],
  ])("%s begins where the user is", (text, date) => {
    expect(parseMoment("--newer", text, NOW)).toBe(date.getTime());
  });

  test.each(["", "yesterday", "2023-02-29", "2024-13-01", "2024-07-01T24:00", "30", "1.7.2024"])("%j is none", (text) => {
    expect(() => parseMoment("--newer", text, NOW)).toThrow("--newer takes a date");
  });
});

test("endings may have a dot, blanks and capitals", () => {
  expect(parseExtensions("JPG, .heic")).toEqual(["jpg", "heic"]);
});
