import { describe, expect, test } from "vitest";
import { byteSize, counted, grouped, printablePath, shownPath, shownSimilarity } from "../../src/render/words.ts";

test.each([
  [0, "0 photos"],
  [1, "1 photo"],
  [2, "2 photos"],
  [10_000, "10,000 photos"],
])("%d is counted as %s", (count, words) => {
  expect(counted(count, "photo")).toBe(words);
});

test("an irregular plural is given", () => {
  expect([counted(1, "entry", "entries"), counted(3, "entry", "entries")]).toEqual(["1 entry", "3 entries"]);
});

test.each([
  [999, "999"],
  [1000, "1,000"],
  [123_456, "123,456"],
  [1_234_567, "1,234,567"],
])("%d has its thousands apart: %s", (count, words) => {
  expect(grouped(count)).toBe(words);
});

describe("a size", () => {
  test.each([
    [0, "0 B"],
    [812, "812 B"],
    [999, "999 B"],
    [1000, "1 kB"],
    [4_213_000, "4.21 MB"],
    [42_130_000, "42.1 MB"],
    [999_499, "999 kB"],
    [999_500, "1 MB"],
    [3_000_000_000, "3 GB"],
    [2.5e15, "2500 TB"],
  ])("of %d bytes is %s", (bytes, words) => {
    expect(byteSize(bytes)).toBe(words);
  });

  test("never has more than three digits below a thousand terabytes", () => {
    for (let bytes = 1; bytes < 9e14; bytes = Math.ceil(bytes * 1.003)) {
      expect(byteSize(bytes)).toMatch(/^(\d{1,3}|\d\.\d{1,2}|\d{2}\.\d) (B|kB|MB|GB|TB)$/);
    }
  });
});

describe("a similarity", () => {
  test.each([
    [1, "1.000"],
    [0.9999, "0.999"],
    [0.65, "0.650"],
    [-0.1234, "-0.124"],
    [0, "0.000"],
  ])("of %d is shown as %s", (value, words) => {
    expect(shownSimilarity(value)).toBe(words);
  });

  test("of so many thousandths is shown as just that", () => {
    for (let thousandths = -1000; thousandths <= 1000; thousandths++) {
      expect(Number(shownSimilarity(thousandths / 1000))).toBeCloseTo(thousandths / 1000, 9);
    }
  });
});

describe("a path", () => {
  test("is shown below the working folder where it lies there", () => {
    expect(shownPath("/home/me/trip/a.jpg", "/home/me")).toBe("trip/a.jpg");
    expect(shownPath("/home/me/trip/a.jpg", "/home/me/")).toBe("trip/a.jpg");
    expect(shownPath("/home/me2/a.jpg", "/home/me")).toBe("/home/me2/a.jpg");
    expect(shownPath("/home/me", "/home/me")).toBe("/home/me");
  });

  test("keeps letters of every language, spaces and quotes", () => {
    const path = '/photos/Été 2019/写真 "best" \\ 1.jpg';
    expect(printablePath(path)).toBe(path);
  });

  test("shows a line break and a terminal's control codes escaped", () => {
    expect(printablePath("/a\nb\t\u001b[31mc.jpg")).toBe("/a\\nb\\t\\u001b[31mc.jpg");
  });

  test("shows every control character escaped", () => {
    const codes = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i)];
    const raw = codes.map((code) => String.fromCharCode(code)).filter((character) => printablePath(character).includes(character));
    expect(raw.map((character) => character.charCodeAt(0).toString(16))).toEqual([]);
  });
});
