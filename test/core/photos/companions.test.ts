import { describe, expect, test } from "vitest";
import { CompanionIndex } from "../../../src/core/photos/companions.ts";
import { companionFile } from "../../library-fixtures.ts";

function companionsOf(photo: string, files: readonly string[]): readonly string[] {
  return new CompanionIndex(files.map(companionFile)).of(photo).map(({ path }) => path);
}

describe("companions of /trip/IMG_1.HEIC", () => {
  test.each([
    "IMG_1.MOV",
    "IMG_1.AAE",
    "img_1.xmp",
    "IMG_1.HEIC.json",
    "img_1.heic.XMP",
    "IMG_1.HEIC.supplemental-metadata.json",
    "IMG_1.DNG",
  ])("hold %s", (name) => {
    expect(companionsOf("/trip/IMG_1.HEIC", [`/trip/${name}`])).toEqual([`/trip/${name}`]);
  });

  test.each(["/trip/IMG_10.MOV", "/trip/IMG_.MOV", "/trip/IMG_1 (1).MOV", "/trip/IMG_10.HEIC.json", "/trip/1.MOV"])(
    "do not hold %s, another photo's",
    (path) => {
      expect(companionsOf("/trip/IMG_1.HEIC", [path])).toEqual([]);
    },
  );

  test.each(["/IMG_1.MOV", "/trip/raw/IMG_1.MOV", "/trip2/IMG_1.MOV", "/other/IMG_1.MOV"])(
    "do not hold %s, which lies in another folder",
    (path) => {
      expect(companionsOf("/trip/IMG_1.HEIC", [path])).toEqual([]);
    },
  );

  test("stand in path order, each once", () => {
    const files = ["/trip/img_1.xmp", "/trip/IMG_1.MOV", "/trip/IMG_1.HEIC.json", "/trip/IMG_1.AAE"];
    expect(companionsOf("/trip/IMG_1.HEIC", files)).toEqual([
      "/trip/IMG_1.AAE",
      "/trip/IMG_1.HEIC.json",
      "/trip/IMG_1.MOV",
      "/trip/img_1.xmp",
    ]);
  });
});

describe("companions", () => {
  test("of a name with dots are found by the whole name before the extension", () => {
    const files = ["/trip/2019.03.21.mov", "/trip/2019.03.22.mov"];
    expect(companionsOf("/trip/2019.03.21.jpg", files)).toEqual(["/trip/2019.03.21.mov"]);
  });

  test("are found whichever way an accent is spelled", () => {
    expect(companionsOf("/trip/café.jpg", ["/trip/cafe\u0301.xmp"])).toEqual(["/trip/cafe\u0301.xmp"]);
  });

  test("are shared by the two photos of one shot", () => {
    const index = new CompanionIndex([companionFile("/trip/IMG_1.MOV")]);
    expect([index.of("/trip/IMG_1.HEIC").length, index.of("/trip/IMG_1.jpg").length]).toEqual([1, 1]);
  });

  test("that name another photo in full are that photo's alone", () => {
    expect(companionsOf("/trip/IMG_1.jpg", ["/trip/IMG_1.HEIC.json"])).toEqual([]);
  });

  test("are no files whose name goes on behind a dot", () => {
    expect(companionsOf("/trip/2019.jpg", ["/trip/2019.03.21.mov"])).toEqual([]);
  });

  test("of a photo that has none are none", () => {
    expect(companionsOf("/trip/IMG_2.jpg", ["/trip/IMG_1.MOV"])).toEqual([]);
  });
});
