/**
 * Folders inside folders, hidden ones and excluded ones: each keeps what it was asked for.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { FAMILIES, fixtureFolder, writeTinyLock } from "../../models.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

function library(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const at = (path: string) => join(folder, path);
  for (const [path, photo] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    copyFileSync(photo, at(path));
  }
  const db = at("library.db");
  const scan = (...args: readonly string[]) => dupfindJson<ScanJson>(["scan", ...args, "--db", db]);
  const status = () => dupfindJson<Record<string, unknown>>(["status", "--db", db]);
  return { folder, at, db, scan, status };
}

describe("a hidden folder", () => {
  const FILES = { "lib/pub/y.jpg": PHOTOS.falcon, "lib/.private/x.jpg": PHOTOS.falcon, "lib/.private/x.nef": PHOTOS.flower };

  test("that is named beside its parent is scanned", async () => {
    const { at, db, scan } = library(FILES);
    expect(await scan(at("lib"), at("lib/.private"))).toMatchObject({ found: 2, excluded: { hidden: 0 } });
    expect((await dupfindJson<ReportJson>(["report", "--db", db])).sets).toHaveLength(1);
  });

  test("that was scanned by itself is not gone when its parent is scanned", async () => {
    const { at, scan, status } = library(FILES);
    await scan(at("lib/.private"));
    expect(await scan(at("lib"))).toMatchObject({ found: 1, missing: 0, nowExcluded: 0, unsure: 0, emptyRoots: [] });
    expect(await status()).toMatchObject({ photos: 2, missing: 0, unwalked: [], roots: [at("lib"), at("lib/.private")] });
  });
});

describe("what is excluded now", () => {
  test("is out of the library, said so and not called gone, and back without being read", async () => {
    const { at, db, scan, status } = library({ "lib/a.jpg": PHOTOS.falcon, "lib/drafts/b.jpg": PHOTOS.flower });
    await scan(at("lib"));
    const run = await dupfind(["scan", at("lib"), "--exclude", "drafts", "--db", db]);
    expect(run.stdout).toContain("1 known photo now excluded by name or glob");
    expect(run.stdout).not.toContain("missing");
    expect(await status()).toMatchObject({ photos: 1, missing: 1 });
    expect(await scan(at("lib"))).toMatchObject({ unchanged: 2, embedded: 0, nowExcluded: 0 });
  });

  test("stays where a folder of its own was asked for", async () => {
    const { at, scan, status } = library({ "lib/a.jpg": PHOTOS.falcon, "lib/drafts/b.jpg": PHOTOS.flower });
    await scan(at("lib/drafts"));
    expect(await scan(at("lib"), "--exclude", "drafts")).toMatchObject({ found: 1, missing: 0, nowExcluded: 0 });
    expect(await status()).toMatchObject({ photos: 2, missing: 0 });
  });
});

describe("reindex", () => {
  test("reads every folder as it was asked for, also one inside another with other rules", async () => {
    const { folder, at, db, scan, status } = library({
      "lib/a.jpg": PHOTOS.falcon,
      "lib/2020/drafts/b.jpg": PHOTOS.flower,
      "lib/2020/c.png": PHOTOS.forest,
      "lib/.private/d.jpg": PHOTOS.landscape,
    });
    await scan(at("lib"), "--exclude", "drafts");
    await scan(at("lib/2020"), "--exclude", "*.png");
    await scan(at("lib/.private"));
    expect(await status()).toMatchObject({ photos: 4, missing: 0 });
    const environment = { DUPFIND_MODELS: join(folder, "models"), DUPFIND_LOCK: join(folder, "lock.json") };
    const [family] = FAMILIES;
    if (family === undefined) throw new Error("there is no second encoder");
    writeTinyLock(join(folder, "lock.json"));
    await dupfind(["models", "import", fixtureFolder(family)], { environment });
    const run = await dupfind(["reindex", "--model", family.id, "--db", db], { environment });
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining("4 photos embedded")]);
    expect(await status()).toMatchObject({ photos: 4, missing: 0, unwalked: [] });
  });
});
