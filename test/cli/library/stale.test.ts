/**
 * What a library knows of files that are not what they were any more.
 */
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const LONG_AGO = new Date("2020-01-02T03:04:05Z");

/** Two pages of one size and one time, and a copy of the first. */
async function writePages(folder: string): Promise<void> {
  mkdirSync(folder);
  const [width, height] = [300, 200];
  for (const [name, photo] of Object.entries({ page1: PHOTOS.falcon, page2: PHOTOS.flower })) {
    const pixels = await sharp(photo)
      .resize(width, height, { fit: "fill" })
      .removeAlpha()
      .toColourspace("srgb")
      .tiff({ compression: "none" })
      .toBuffer();
    writeFileSync(join(folder, `${name}.tif`), pixels);
  }
  copyFileSync(join(folder, "page1.tif"), join(folder, "copy.tif"));
  for (const name of ["page1", "page2", "copy"]) utimesSync(join(folder, `${name}.tif`), LONG_AGO, LONG_AGO);
}

describe("a page that took another one's name, with its size and its time", () => {
  test("is no copy of what bore that name before: not in a report before the next scan, and not after it", async () => {
    const folder = temporaryFolder();
    const [pages, db] = [join(folder, "pages"), join(folder, "library.db")];
    await writePages(pages);
    await dupfindJson(["scan", pages, "--db", db]);
    expect((await dupfindJson<ReportJson>(["report", "--db", db])).sets).toMatchObject([{ extras: [{ class: "same-bytes" }] }]);
    expect(statSync(join(pages, "page1.tif")).size).toBe(statSync(join(pages, "page2.tif")).size);
    renameSync(join(pages, "page2.tif"), join(pages, "page1.tif"));

    expect(await dupfindJson(["report", "--db", db])).toMatchObject({ sets: [], stale: { changed: 1, absent: 0 } });
    const told = await dupfind(["report", "--db", db, "--strict"]);
    expect([told.code, told.stdout]).toEqual([3, expect.stringContaining("No duplicates so far among 3 photos")]);
    expect(told.stdout).toContain("1 photo changed since the scan and left out; dupfind scan reads them again.");
    expect(await dupfindJson<ScanJson>(["scan", pages, "--db", db])).toMatchObject({ known: 1, embedded: 0, unchanged: 1, missing: 1 });
    expect(await dupfindJson(["report", "--db", db])).toMatchObject({ photos: 2, sets: [], stale: { changed: 0, absent: 0 } });
  });
});

describe("a keeper that was removed", () => {
  test("leaves its last copy out of the extras", async () => {
    const folder = temporaryFolder();
    const [photos, db] = [join(folder, "photos"), join(folder, "library.db")];
    mkdirSync(photos);
    copyFileSync(PHOTOS.falcon, join(photos, "a.jpg"));
    copyFileSync(PHOTOS.falcon, join(photos, "b.jpg"));
    await dupfindJson(["scan", photos, "--db", db]);
    const [set] = (await dupfindJson<ReportJson>(["report", "--db", db])).sets;
    expect((await dupfind(["report", "-0", "--db", db])).stdout).toBe(`${set?.extras[0]?.path}\0`);
    rmSync(set?.keeper.path as string);
    expect((await dupfind(["report", "-0", "--db", db])).stdout).toBe("");
    expect((await dupfind(["report", "--db", db])).stdout).toContain("1 photo missing now and left out; dupfind scan looks again.");
  });
});

describe("a file with other rights than before", () => {
  test("is read again and not decoded", async () => {
    const folder = temporaryFolder();
    const [photos, db] = [join(folder, "photos"), join(folder, "library.db")];
    mkdirSync(photos);
    copyFileSync(PHOTOS.falcon, join(photos, "a.jpg"));
    await dupfindJson(["scan", photos, "--db", db]);
    chmodSync(join(photos, "a.jpg"), 0o600);
    expect(await dupfindJson<ScanJson>(["scan", photos, "--db", db])).toMatchObject({ known: 1, embedded: 0, unchanged: 0 });
    expect(await dupfindJson<ScanJson>(["scan", photos, "--db", db])).toMatchObject({ known: 0, embedded: 0, unchanged: 1 });
  });
});
