import { describe, expect, test } from "vitest";
import { looksLikePicture } from "../../../src/core/photos/passed-by.ts";

describe("a file that may be a picture by its name", () => {
  test.each([
    "photo.jpg",
    "photo.JPG.1",
    "photo.jif",
    "photo.jpg_original",
    "photo.mpo",
    "photo.jpeg~",
    "photo.png (2)",
    "photo.heic.bak",
    "drawing.psd",
    "raw.CR3",
    "noextension",
    "2019.07/noextension",
    ".hidden.jpg",
  ])("is %s", (name) => expect(looksLikePicture(`/photos/${name}`)).toBe(true));

  test.each(["notes.txt", "photo.jpg.txt", "letter.pdf", "film.mp4", "photo.jpg.xmp", "._photo.jpg", "album.jpg.zip", "my.jpgs.db"])(
    "is not %s",
    (name) => expect(looksLikePicture(`/photos/${name}`)).toBe(false),
  );
});
