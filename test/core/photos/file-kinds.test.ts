import { describe, expect, test } from "vitest";
import { companionKind, type FileKind, fileKind, isRaw } from "../../../src/core/photos/file-kinds.ts";

describe("a file's name", () => {
  test.each<readonly [string, FileKind]>([
    ["/a/IMG_1.jpg", "photo"],
    ["/a/IMG_1.JPEG", "photo"],
    ["/a/IMG_1.HEIC", "photo"],
    ["/a/IMG_1.tif", "photo"],
    ["/a/archive.zip.png", "photo"],
    ["/a/stereo.MPO", "photo"],
    ["/a/IMG_1.jpg_original", "photo"],
    ["/a/IMG_1.JPG.1", "photo"],
    ["/a/IMG_1.CR2.1", "other"],
    ["/a/2019.07", "other"],
    ["/a/drawing.psd", "photo"],
    ["/a/scan.JP2", "photo"],
    ["/a/light.exr", "undecodable"],
    ["/a/IMG_1.jxl", "photo"],
    ["/a/IMG_1.CR2", "companion"],
    ["/a/IMG_1.mov", "companion"],
    ["/a/IMG_1.jpg.xmp", "companion"],
    ["/a/IMG_1.jpg.dop", "companion"],
    ["/a/IMG_1.jpg.pp3", "companion"],
    ["/a/PXL_1.MP", "companion"],
    ["/a/notes.txt", "other"],
    ["/a/jpg", "other"],
    ["/a/.jpg", "other"],
    ["/a.jpg/readme", "other"],
    ["/a/IMG_1.jpg~", "other"],
  ])("%s promises: %s", (path, kind) => {
    expect(fileKind(path)).toBe(kind);
  });

  test("tells camera originals, whatever their case", () => {
    expect(["/a/1.NEF", "/a/1.dng", "/a/1.x3f"].map(isRaw)).toEqual([true, true, true]);
  });

  test("tells what a companion gives to its photo", () => {
    const names = ["1.NEF", "1.MOV", "1.mp", "1.AAE", "1.jpg.dop", "1.wav", "1.jpg.json", "1.thm"];
    expect(names.map(companionKind)).toEqual(["raw", "film", "film", "edits", "edits", "sound", "facts", "thumbnail"]);
    expect(() => companionKind("/a/1.jpg")).toThrow("Expected the path of a companion");
  });

  test("tells that other side files and photos are no camera originals", () => {
    expect(["/a/1.mov", "/a/1.xmp", "/a/1.jpg", "/a/raw"].map(isRaw)).toEqual([false, false, false, false]);
  });
});
