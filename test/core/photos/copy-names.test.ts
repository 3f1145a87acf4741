import { describe, expect, test } from "vitest";
import { editedFrom, marksOfCopy } from "../../../src/core/photos/copy-names.ts";

describe("a name", () => {
  test.each([
    "IMG_1 (1)",
    "IMG_1(2)",
    "IMG_1 copy",
    "IMG_1 copy 2",
    "IMG_1 - Copy",
    "IMG_1 - Copy (3)",
    "Copy of IMG_1",
    "IMG_1 Kopie",
    "Kopie von IMG_1",
    "IMG_1 - Kopie (2)",
    "Copie de IMG_1",
    "IMG_1 - copia",
    "Cópia de IMG_1",
    "Co\u0301pia de IMG_1",
    "IMG_1 - копия",
    "IMG_1のコピー",
    "IMG_1副本",
    "IMG_1 kopyası",
    "PXL_1~2",
    "IMG_1-edited",
    "IMG_1-bearbeitet",
    "IMG_1-modifié",
    "IMG-20190321-WA0007",
    "WhatsApp Image 2019-03-21 at 11.04.22",
    "IMG_E1234",
    "Screenshot_20190321-110422",
    "Bildschirmfoto 2019-03-21 um 11.04.22",
    "IMG_1-export",
    "IMG_1_resized_800",
  ])("%s is a copy's", (name) => {
    expect(marksOfCopy(`/photos/${name}.jpg`)).toBe(1);
  });

  test.each([
    "IMG_1234",
    "DSC_0001",
    "DSCF0001",
    "PXL_20210704_210352894",
    "20190321_110422",
    "IMG_EDGE",
    "copy",
    "Photocopy",
    "Copenhagen",
    "Edited",
    "Kopiergerät",
    "Screens",
    "IMG-20190321",
    "Anna (Strand)",
    "2019-03-21 11.04.22",
  ])("%s is nobody's copy", (name) => {
    expect(marksOfCopy(`/photos/${name}.jpg`)).toBe(0);
  });

  test("has as many marks as were put on it", () => {
    expect(
      ["Screenshot_1-export", "IMG-20190321-WA0007 (1)", "Kopie von IMG_1-edited (2)"].map((name) => marksOfCopy(`/a/${name}.jpg`)),
    ).toEqual([2, 2, 3]);
  });

  test("is looked at without its folder and its extension", () => {
    expect(marksOfCopy("/photos/Copy of 2019/Screenshot/IMG_1.jpg")).toBe(0);
    expect(marksOfCopy("/photos/IMG_1.jpg.copy")).toBe(0);
  });
});

test("an edited photo names what it was made of, and no other name does", () => {
  expect(["IMG_1-edited", "IMG_1-bearbeitet", "IMG_1-modifie\u0301", "IMG_1"].map(editedFrom)).toEqual(["IMG_1", "IMG_1", "IMG_1", null]);
});
