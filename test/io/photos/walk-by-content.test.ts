/**
 * Files whose names leave open what they are: a walk looks at their first bytes, and at those of no others.
 */
import { copyFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { createWalk } from "../../../src/io/photos/walk.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

async function met(folder: string, followLinks = false): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for await (const entry of createWalk([{ path: folder, exclude: [], followLinks }])()) {
    if (entry.kind === "photo") found[basename(entry.file.path)] = "photo";
    if (entry.kind === "passed-by") found[basename(entry.passedBy.path)] = entry.passedBy.reason;
    if (entry.kind === "excluded") found[basename(entry.path)] = entry.because;
  }
  return found;
}

test("what begins as a photo is one, under a hash, without an ending, and with something behind a photo's name", async () => {
  const folder = temporaryFolder();
  const names = ["5a1c6f0e2b9d4478a3d1c0ffee", "IMG_1234", "photo.jpg~", "photo.JPG.bak", "photo.jpeg (2)", "picture.pic"];
  for (const name of names) copyFileSync(PHOTOS.landscape, join(folder, name));
  copyFileSync(PHOTOS.heic, join(folder, "phone"));
  expect(await met(folder)).toEqual(Object.fromEntries([...names, "phone"].map((name) => [name, "photo"])));
});

test("what begins otherwise stays listed, and an ending that names something else is believed", async () => {
  const folder = temporaryFolder();
  for (const name of ["Makefile", "photo.jpg~", "IMG_1"]) writeFileSync(join(folder, name), "all: build\n");
  writeFileSync(join(folder, "drawing"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, "empty"), "");
  for (const name of ["cache.db", "photo.jpg.txt"]) copyFileSync(PHOTOS.landscape, join(folder, name));
  expect(await met(folder)).toEqual({
    Makefile: "other-name",
    "photo.jpg~": "other-name",
    IMG_1: "other-name",
    drawing: "other-name",
    empty: "other-name",
    "cache.db": "other-file",
    "photo.jpg.txt": "other-file",
  });
});

test("a link is looked through only where links are followed, and to files alone", async () => {
  const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
  copyFileSync(PHOTOS.landscape, join(elsewhere, "original"));
  symlinkSync(join(elsewhere, "original"), join(folder, "linked"));
  symlinkSync("/dev/zero", join(folder, "device"));
  expect(await met(folder)).toEqual({ linked: "link", device: "link" });
  expect(await met(folder, true)).toEqual({ original: "photo", device: "other-file" });
});
