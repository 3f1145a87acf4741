/**
 * What a scan is told to read, and what that means for what the library knows from other scans.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

function library(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const at = (path: string) => join(folder, path);
  for (const [path, photo] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    copyFileSync(photo, at(path));
  }
  const db = at("library.db");
  const run = (...args: readonly string[]) => dupfind([...args, "--db", db]);
  const json = <Answer>(...args: readonly string[]) => dupfindJson<Answer>([...args, "--db", db]);
  const scan = (...args: readonly string[]) => json<ScanJson & { readonly nowExcluded: number }>("scan", ...args);
  const status = () => json<Status>("status", "--left-out");
  return { at, db, run, json, scan, status };
}

interface Status {
  readonly roots: readonly string[];
  readonly photos: number;
  readonly missing: number;
  readonly leftOutFiles: readonly { readonly path: string; readonly reason: string }[];
}

interface RootsJson {
  readonly roots: readonly Record<string, unknown>[];
}

const FILES = { "lib/a.jpg": PHOTOS.falcon, "lib/2020/b.jpg": PHOTOS.flower, "lib/2020/c.png": PHOTOS.forest };

test("--ann compares exactly where little is new, and says that nothing is missed", async () => {
  const { at, scan } = library({ ...FILES, "lib/copy.jpg": PHOTOS.falcon });
  expect(await scan(at("lib"), "--ann")).toMatchObject({ found: 4, copied: 1, compared: true, approximation: null });
});

describe("a filter of one scan", () => {
  test.each<[string, readonly string[]]>([
    ["--ext", ["--ext", "png"]],
    ["--include", ["--include", "*.png"]],
    ["--include below the folder", ["--include", "2020/*.png"]],
    ["--newer", ["--newer", "2021-06-01"]],
  ])("%s takes in what fits, and leaves what it passes by as it was", async (_title, filter) => {
    const { at, scan, status } = library(FILES);
    for (const name of ["lib/a.jpg", "lib/2020/b.jpg"]) utimesSync(at(name), new Date("2020-01-01"), new Date("2020-01-01"));
    utimesSync(at("lib/2020/c.png"), new Date("2022-01-01"), new Date("2022-01-01"));
    await scan(at("lib/a.jpg"));
    expect(await scan(at("lib"), ...filter)).toMatchObject({
      found: 1,
      embedded: 1,
      missing: 0,
      nowExcluded: 0,
      finished: true,
      excluded: { "by-filter": 2 },
    });
    expect(await status()).toMatchObject({ photos: 2, missing: 0, leftOutFiles: [{ path: at("lib/2020/b.jpg"), reason: "by-filter" }] });
    expect(await scan(at("lib"))).toMatchObject({ found: 3, unchanged: 2, embedded: 1 });
    expect((await status()).leftOutFiles).toEqual([]);
  });

  test("forgets nothing that it does not speak of, and misses what is gone", async () => {
    const { at, scan, status } = library(FILES);
    await scan(at("lib"));
    rmSync(at("lib/2020/c.png"));
    expect(await scan(at("lib"), "--max-size", "1")).toMatchObject({ found: 0, missing: 1, nowExcluded: 0, finished: true });
    expect(await status()).toMatchObject({ photos: 2, missing: 1, leftOutFiles: [] });
  });

  test("is told in the answer", async () => {
    const { at, run } = library(FILES);
    const { stdout } = await run("scan", at("lib"), "--ext", "jpg");
    expect(stdout).toContain("1 file or folder by the filter of this scan");
    expect((await run("report")).stdout).toContain("1 file or folder passed by that may hold pictures (1 by a filter of the scan).");
  });

  test("is kept by reindex: what it passed by is not read", async () => {
    const { at, run, status, scan } = library(FILES);
    await scan(at("lib"), "--ext", "png");
    await scan(at("lib/a.jpg"));
    const { code } = await run("reindex", "--model", "dupfind-lite", "--rebuild");
    expect(code).toBe(0);
    expect((await status()).photos).toBe(2);
  });
});

describe("photos that are named one by one", () => {
  test("are read, and their folder is not scanned by that", async () => {
    const { at, json, scan, status } = library(FILES);
    expect(await scan(at("lib/a.jpg"), at("lib/2020/b.jpg"))).toMatchObject({ found: 2, embedded: 2, finished: true });
    expect(await status()).toMatchObject({ photos: 2, roots: [] });
    expect((await json<RootsJson>("roots")).roots).toEqual([]);
    expect(await scan(at("lib"))).toMatchObject({ found: 3, unchanged: 2, embedded: 1 });
  });

  test("come from a list, where one that is gone stops nothing", async () => {
    const { at, db, status } = library(FILES);
    const input = [at("lib/a.jpg"), at("lib/gone.jpg"), at("lib/2020/c.png")].map((path) => `${path}\0`).join("");
    const run = await dupfind(["scan", "--files0-from", "-", "--json", "--db", db], { input });
    expect(JSON.parse(run.stdout)).toMatchObject({ found: 2, embedded: 2, skipped: 1 });
    expect((await status()).leftOutFiles).toEqual([{ path: at("lib/gone.jpg"), reason: "vanished", detail: "ENOENT" }]);
    writeFileSync(at("list"), `${at("lib/2020/b.jpg")}\0`);
    expect(JSON.parse((await dupfind(["scan", "--files0-from", at("list"), "--json", "--db", db])).stdout)).toMatchObject({ found: 1 });
    const lines = await dupfind(["scan", "--files0-from", "-", "--db", db], { input: `${at("lib/a.jpg")}\n` });
    expect([lines.code, lines.stderr]).toEqual([2, expect.stringContaining("find -print0")]);
  });

  test("move to another encoder's vectors with reindex, and are forgotten by their name", async () => {
    const { at, run, json, scan, status } = library(FILES);
    await scan(at("lib/a.jpg"), at("lib/2020/b.jpg"));
    expect((await run("reindex", "--model", "dupfind-lite", "--rebuild")).code).toBe(0);
    expect(await json("forget", at("lib/a.jpg"))).toMatchObject({ photos: 1, contents: 1, roots: [] });
    expect(await status()).toMatchObject({ photos: 1, missing: 0 });
  });

  test("one that is not there is a mistake", async () => {
    const { at, run } = library(FILES);
    const { code, stderr } = await run("scan", at("lib/nothing.jpg"));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`There is no file or folder ${at("lib/nothing.jpg")}`)]);
  });
});

describe(".dupfindignore", () => {
  test("leaves out what it names, as git would, below its own folder", async () => {
    const { at, scan, status } = library({ ...FILES, "lib/drafts/d.jpg": PHOTOS.landscape, "lib/2020/drafts/e.jpg": PHOTOS.landscape });
    writeFileSync(at("lib/.dupfindignore"), "# not for sharing\n*.png\n/drafts/\n");
    writeFileSync(at("lib/2020/.dupfindignore"), "!c.png\n");
    expect(await scan(at("lib"))).toMatchObject({ found: 4, excluded: { "by-choice": 1 } });
    expect((await status()).leftOutFiles).toEqual([{ path: at("lib/drafts"), reason: "by-choice", detail: "" }]);
  });

  test("takes a known photo out of the library without calling it gone, and lets it back", async () => {
    const { at, scan, status } = library(FILES);
    await scan(at("lib"));
    writeFileSync(at("lib/.dupfindignore"), "2020/b.jpg\n");
    expect(await scan(at("lib"))).toMatchObject({ found: 2, missing: 0, nowExcluded: 1 });
    expect(await status()).toMatchObject({ photos: 2, missing: 1 });
    rmSync(at("lib/.dupfindignore"));
    expect(await scan(at("lib"))).toMatchObject({ unchanged: 3, embedded: 0 });
  });
});

/** A folder on another device than the one for temporary files, where there is one. */
const OTHER_DISK = "/dev/shm";
const hasOtherDisk =
  statSync(OTHER_DISK, { throwIfNoEntry: false })?.dev !== undefined && statSync(OTHER_DISK).dev !== statSync(tmpdir()).dev;

test.skipIf(!hasOtherDisk)("--one-file-system stays on the folder's disk, and leaves what is known of another as it was", async () => {
  const { at, scan, status } = library(FILES);
  const elsewhere = mkdtempSync(join(OTHER_DISK, "dupfind-test-"));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  copyFileSync(PHOTOS.landscape, join(elsewhere, "d.jpg"));
  symlinkSync(elsewhere, at("lib/linked"));
  const linked = ["--follow-links"];
  expect(await scan(at("lib"), ...linked, "--one-file-system")).toMatchObject({ found: 3, excluded: { "by-filter": 1 } });
  expect((await status()).leftOutFiles).toEqual([{ path: at("lib/linked"), reason: "by-filter", detail: "" }]);
  expect(await scan(at("lib"), ...linked)).toMatchObject({ found: 4 });
  expect(await scan(at("lib"), ...linked, "--one-file-system")).toMatchObject({ found: 3, missing: 0, nowExcluded: 0, unsure: 0 });
  expect(await status()).toMatchObject({ photos: 4, missing: 0 });
});

describe("a folder inside a known one", () => {
  test("is scanned as a part of it, by its rules, and is no second one", async () => {
    const { at, json, scan } = library({ ...FILES, "lib/2020/drafts/d.jpg": PHOTOS.landscape });
    await scan(at("lib"), "--exclude", "2020/drafts");
    copyFileSync(PHOTOS.landscape, at("lib/2020/new.jpg"));
    rmSync(at("lib/2020/b.jpg"));
    expect(await scan(at("lib/2020"))).toMatchObject({ found: 2, embedded: 1, missing: 1, excluded: { "by-choice": 1 } });
    expect((await json<RootsJson>("roots")).roots).toEqual([
      {
        path: at("lib"),
        exclude: ["2020/drafts"],
        followLinks: false,
        photos: 3,
        scannedAt: expect.any(String),
        isWalked: true,
        isHere: true,
      },
    ]);
  });

  test("that the known one leaves out becomes one of its own", async () => {
    const { at, scan, status } = library({ ...FILES, "lib/drafts/d.jpg": PHOTOS.landscape });
    await scan(at("lib"), "--exclude", "drafts");
    await scan(at("lib/drafts"));
    expect(await status()).toMatchObject({ photos: 4, roots: [at("lib"), at("lib/drafts")] });
  });
});

test("roots lists what is scanned, as it was scanned last, and what is away", async () => {
  const { at, run, scan } = library({ ...FILES, "usb/u.jpg": PHOTOS.landscape });
  await scan(at("lib"), "--exclude", "*.png");
  await scan(at("usb"));
  rmSync(at("usb"), { recursive: true });
  const { stdout } = await run("roots");
  expect(stdout).toMatch(/lib\n {2}2 photos, last scanned \d{4}-\d\d-\d\d \d\d:\d\d UTC, without \*\.png\n/);
  expect(stdout).toMatch(/usb\n {2}1 photo, last scanned .* UTC, missing or empty now\n/);
});

test("a scan names the two most useful next steps, and none where there is nothing to go on with", async () => {
  const { at, db, run } = library(FILES);
  const { stdout } = await run("scan", at("lib"));
  expect(stdout.split("\n").at(-2)).toBe(
    `Next: dupfind review --db ${db} to go through the duplicates, or dupfind report -o report.html --db ${db} for a page of them.`,
  );
  mkdirSync(at("empty"));
  expect((await run("scan", at("empty"))).stdout).not.toContain("Next:");
  expect((await run("scan", at("lib"), "--quiet")).stdout).toBe("");
});
