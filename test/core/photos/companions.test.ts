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

describe("what makers' habits join", () => {
  test.each<readonly [photo: string, companion: string]>([
    ["IMG_1234.HEIC", "IMG_1234_HEVC.MOV"],
    ["IMG_1234.HEIC", "IMG_1234.AAE"],
    ["IMG_1234.HEIC", "IMG_O1234.AAE"],
    ["IMG_E1234.JPG", "IMG_1234.AAE"],
    ["IMG_E1234.JPG", "IMG_O1234.AAE"],
    ["img_e1234.jpg", "IMG_1234.aae"],
    ["DSC_9.JPG", "RAW/DSC_9.NEF"],
    ["DSC_9.JPG", "raw/DSC_9.nef"],
    ["DSC_9.JPG", "NEF/DSC_9.NEF"],
    ["DSC_9.JPG", "RAW/DSC_9.xmp"],
    ["JPG/DSC_9.JPG", "RAW/DSC_9.NEF"],
    ["DSC_9.JPG", "DSC_9.JPG.dop"],
    ["DSC_9.JPG", "DSC_9.JPG.pp3"],
    ["DSC_9.JPG", "DSC_9.JPG.out.pp3"],
    ["DSC_9.JPG", "DSC_9.vrd"],
    ["PXL_1.RAW-01.COVER.jpg", "PXL_1.RAW-02.ORIGINAL.dng"],
    ["PXL_1.RAW-01.MP.COVER.jpg", "PXL_1.RAW-02.ORIGINAL.dng"],
    ["PXL_1.MP.jpg", "PXL_1.MP"],
  ])("%s travels with %s", (photo, companion) => {
    expect(companionsOf(`/trip/${photo}`, [`/trip/${companion}`])).toEqual([`/trip/${companion}`]);
  });

  test.each<readonly [photo: string, companion: string]>([
    ["IMG_E1234.JPG", "IMG_1234.MOV"],
    ["IMG_E1234.HEIC", "IMG_1234.DNG"],
    ["IMG_1234.HEIC", "IMG_E1234.MOV"],
    ["IMG_1234_HEVC.JPG", "IMG_1234.MOV"],
    ["DSC_9.JPG", "RAW/DSC_9.MOV"],
    ["DSC_9.JPG", "DRAWINGS/DSC_9.NEF"],
    ["2020/DSC_9.JPG", "RAW/DSC_9.NEF"],
    ["RAW/JPG/DSC_9.JPG", "RAW/DSC_9.NEF"],
    ["PXL_1.jpg", "PXL_1.RAW-02.ORIGINAL.dng"],
    ["PXL_2.RAW-01.COVER.jpg", "PXL_1.RAW-02.ORIGINAL.dng"],
  ])("%s does not travel with %s", (photo, companion) => {
    expect(companionsOf(`/trip/${photo}`, [`/trip/${companion}`])).toEqual([]);
  });
});

describe("Google's records", () => {
  const LONG = "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2"; // 43 characters
  const records = (photo: string, ...names: readonly string[]) =>
    companionsOf(
      `/takeout/${photo}`,
      names.map((name) => `/takeout/${name}`),
    ).map((path) => path.slice("/takeout/".length));

  test.each<readonly [photo: string, record: string]>([
    ["IMG_1.JPG", "IMG_1.JPG.json"],
    ["IMG_1.JPG", "IMG_1.JPG.supplemental-metadata.json"],
    ["IMG_1(1).JPG", "IMG_1.JPG(1).json"],
    ["IMG_1(2).JPG", "IMG_1.JPG.supplemental-metadata(2).json"],
    ["IMG_1(1).JPG", "IMG_1(1).JPG.json"],
    ["IMG_1-edited.JPG", "IMG_1.JPG.json"],
    ["IMG_1-edited.jpg", "IMG_1.HEIC.supplemental-metadata.json"],
    ["IMG_1-edited(1).JPG", "IMG_1.JPG(1).json"],
    ["IMG_1-bearbeitet.JPG", "IMG_1.JPG.json"],
    ["PXL_20210704_210352894.jpg", "PXL_20210704_210352894.jpg.supplemental-metada.json"],
    ["PXL_20210704_210352894.jpg", "PXL_20210704_210352894.jpg.s.json"],
    ["PXL_20210704_210352894.RAW-01.MP.COVER.jpg", "PXL_20210704_210352894.RAW-01.MP.COVER.jpg.sup.json"],
    [`${LONG}.jpg`, `${LONG}.jp.json`],
    [`${LONG}(1).jpg`, `${LONG}.jp(1).json`],
    [`${LONG}(1).jpg`, `${LONG}(1).json`],
  ])("of %s may be called %s", (photo, record) => {
    expect(records(photo, record)).toEqual([record]);
  });

  test("with a number are those of the photo with the number, and of no other", () => {
    const all = ["IMG_1.JPG.json", "IMG_1.JPG(1).json", "IMG_1.JPG.supplemental-metadata(2).json", "IMG_1.JPG.supplemental-metadata.json"];
    expect(records("IMG_1.JPG", ...all)).toEqual(["IMG_1.JPG.json", "IMG_1.JPG.supplemental-metadata.json"]);
    expect(records("IMG_1(1).JPG", ...all)).toEqual(["IMG_1.JPG(1).json"]);
    expect(records("IMG_1(2).JPG", ...all)).toEqual(["IMG_1.JPG.supplemental-metadata(2).json"]);
    expect(records("IMG_1(3).JPG", ...all)).toEqual([]);
  });

  test.each<readonly [photo: string, record: string]>([
    ["IMG_10.JPG", "IMG_1.JPG.json"],
    ["IMG_1.JPG", "IMG_10.JPG.json"],
    ["IMG_1.JPG", "IMG_1.HEIC.json"],
    ["IMG_1.JPG", "IMG_1.JP.json"],
    ["IMG_1-edited.JPG", "IMG_10.JPG.json"],
    ["IMG_1.JPG", "metadata.json"],
    [`${LONG.replace("2", "3")}.jpg`, `${LONG}.jp.json`],
  ])("of %s are not %s", (photo, record) => {
    expect(records(photo, record)).toEqual([]);
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
