import { describe, expect, test } from "vitest";
import { type FileKind, fileKind, isRaw } from "../../../src/core/photos/file-kinds.ts";

describe("a file's name", () => {
  test.each<readonly [string, FileKind]>([
    ["/a/IMG_1.jpg", "photo"],
    ["/a/IMG_1.JPEG", "photo"],
    ["/a/IMG_1.HEIC", "photo"],
    ["/a/IMG_1.tif", "photo"],
    ["/a/archive.zip.png", "photo"],
    ["/a/drawing.psd", "undecodable"],
    ["/a/scan.JP2", "undecodable"],
    ["/a/IMG_1.jxl", "undecodable"],
    ["/a/IMG_1.CR2", "companion"],
    ["/a/IMG_1.mov", "companion"],
    ["/a/IMG_1.jpg.xmp", "companion"],
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

  test("tells that other side files and photos are no camera originals", () => {
    expect(["/a/1.mov", "/a/1.xmp", "/a/1.jpg", "/a/raw"].map(isRaw)).toEqual([false, false, false, false]);
  });
});
