import { describe, expect, test } from "vitest";
import { beginsAsPhoto, contentKind } from "../../../src/core/photos/content-kind.ts";

const kindOf = (text: string) => contentKind(Buffer.from(text, "latin1"));

describe("a file's first bytes tell", () => {
  test.each([
    ["JPEG images", "\xff\xd8\xff\xe0"],
    ["TIFF images", "MM\0*\0\0\0\x08"],
    ["TIFF images", "II+\0\x08\0\0\0"],
    ["WebP images", "RIFF\x10\0\0\0WEBPVP8 "],
    ["HEIC images", "\0\0\0\x1cftypheic\0\0\0\0"],
    ["JPEG XL images", "\xff\x0a\xfa\x1f"],
    ["JPEG XL images", "\0\0\0\x0cJXL \r\n\x87\n"],
    ["BMP images", "BM\xc6\x5f\x01\0\0\0\0\0\x36\0\0\0\x28\0\0\0"],
    ["PNM images", "P6\n# by a program\n3 2\n255\n"],
    ["JPEG 2000 images", "\0\0\0\x0cjP  \r\n\x87\n"],
    ["Photoshop images", "8BPS\0\x01"],
    ["icons", "\0\0\x01\0\x02\0\x20\x20\0\0"],
    ["Canon CR2 originals", "II*\0\x10\0\0\0CR\x02\0"],
  ])("what is decoded: %s", (name, text) => {
    expect(kindOf(text)).toMatchObject({ name, is: "decoded" });
  });

  test.each([
    ["AVIF sequences", "\0\0\0\x2cftypavis\0\0\0\0"],
    ["HEIF images of other codecs", "\0\0\0\x18ftypmif2\0\0\0\0mif1"],
    ["OpenEXR images", "v/1\x01\x02\0\0\0"],
    ["SVG images", '<?xml version="1.0"?>\n<!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])("pictures that are not decoded: %s", (name, text) => {
    expect(kindOf(text)).toMatchObject({ name, is: "undecoded" });
  });

  test.each([
    ["web pages", "<!DOCTYPE html><html><body>404"],
    ["videos", "\0\0\0\x18ftypmp42"],
    ["PDF documents", "%PDF-1.7"],
  ])("what is no picture: %s", (name, text) => {
    expect(kindOf(text)).toMatchObject({ name, is: "other" });
  });

  test.each(["", "hello", "BMW is a make of cars and no bitmap", "\0\0\0\0"])("nothing, of %j", (text) => {
    expect(kindOf(text)).toBeNull();
  });
});

describe("a file whose name does not tell what it is", () => {
  test.each(["\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "P6\n# by a program\n3 2\n255\n", "P4 3 2\n"])("is a photo: %j", (text) => {
    expect(beginsAsPhoto(Buffer.from(text, "latin1"))).toBe(true);
  });

  test.each([
    "",
    "\0\0\0\0",
    "P1 is the first of our printers",
    "%PDF-1.7",
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "\0\0\0\x18ftypmp42",
  ])("is none: %j", (text) => {
    expect(beginsAsPhoto(Buffer.from(text, "latin1"))).toBe(false);
  });
});
