import { describe, expect, test } from "vitest";
import { comparePaths, extension, fileName, folderOf, folderPrefix, isWithin, stem } from "../../src/core/paths.ts";
import { shuffled } from "../library-fixtures.ts";
import { seededRandom } from "../seeded-random.ts";

describe("the parts of a path", () => {
  test.each([
    ["/trip/IMG_1.HEIC", "/trip", "IMG_1.HEIC", "IMG_1", "heic"],
    ["/IMG_1.jpg", "", "IMG_1.jpg", "IMG_1", "jpg"],
    ["/trip/IMG_1.jpg.xmp", "/trip", "IMG_1.jpg.xmp", "IMG_1.jpg", "xmp"],
    ["/trip.2019/cover", "/trip.2019", "cover", "cover", ""],
    ["/trip/.hidden", "/trip", ".hidden", ".hidden", ""],
    ["/trip/odd.", "/trip", "odd.", "odd", ""],
    ["C:\\trip\\IMG_1.JPG", "C:\\trip", "IMG_1.JPG", "IMG_1", "jpg"],
    ["IMG_1.jpg", "", "IMG_1.jpg", "IMG_1", "jpg"],
  ])("of %s", (path, folder, name, bare, ending) => {
    expect([folderOf(path), fileName(path), stem(path), extension(path)]).toEqual([folder, name, bare, ending]);
  });
});

describe("a path is within a folder", () => {
  test.each([
    ["/trip/a.jpg", "/trip"],
    ["/trip/a.jpg", "/trip/"],
    ["/trip/day/a.jpg", "/trip"],
    ["/trip", "/trip"],
    ["/trip/a.jpg", "/"],
    ["C:\\trip\\a.jpg", "C:\\trip"],
    ["C:\\trip\\a.jpg", "C:\\"],
  ])("%s in %s", (path, folder) => {
    expect(isWithin(path, folder)).toBe(true);
  });

  test.each([
    ["/trip2/a.jpg", "/trip"],
    ["/trip", "/trip/day"],
    ["/TRIP/a.jpg", "/trip"],
    ["C:\\trip2\\a.jpg", "C:\\trip"],
  ])("but %s not in %s", (path, folder) => {
    expect(isWithin(path, folder)).toBe(false);
  });

  test("whatever its prefix says: one separator at the end", () => {
    expect(["/trip", "/trip/", "/", "C:\\trip", "C:\\"].map(folderPrefix)).toEqual(["/trip/", "/trip/", "/", "C:\\trip\\", "C:\\"]);
  });
});

test("paths have one order everywhere: by code unit, upper case first", () => {
  const sorted = ["/A", "/B", "/a", "/a/b", "/a1", "/b", "/é"];
  expect(shuffled(sorted, seededRandom(1)).sort(comparePaths)).toEqual(sorted);
  expect(comparePaths("/a", "/a")).toBe(0);
});
