/**
 * A library that is moved to another place, with all that it knows.
 */
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXAMPLES, PHOTOS } from "../../photos.ts";
import { describeWithPostgres } from "../../postgres.ts";
import { dupfind, dupfindJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

interface CopyJson {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly hash: string }[];
  readonly decisions: number;
}

async function scanned(): Promise<{ readonly photos: string; readonly db: string }> {
  const photos = temporaryFolder();
  for (const [name, photo] of Object.entries({ a: PHOTOS.landscape, b: PHOTOS.landscape, c: PHOTOS.falcon }))
    copyFileSync(photo, join(photos, `${name}.jpg`));
  writeFileSync(join(photos, "broken.jpg"), "no picture");
  const db = join(temporaryFolder(), "library.db");
  await dupfindJson<ScanJson>(["scan", photos, "--db", db]);
  return { photos, db };
}

const report = async (db: string) => (await dupfind(["report", "--format", "json", "--db", db])).stdout;

describe("a library that is copied to another file", () => {
  test("answers there as it did, and goes on there", async () => {
    const { photos, db } = await scanned();
    const decided = join(temporaryFolder(), "decided.csv");
    writeFileSync(decided, `a,b,same\n${join(photos, "a.jpg")},${join(photos, "c.jpg")},0\n`);
    expect((await dupfind(["decisions", "import", decided, "--db", db])).code).toBe(0);
    const copy = join(temporaryFolder(), "copy.db");
    const told = await dupfind(["copy-library", db, copy]);
    expect(told.stdout).toBe(
      `Copied 3 photos, 2 contents, 0 pairs and 1 decision of yours to ${copy}. All rows were read back and are the same.\n`,
    );
    expect(await report(copy)).toBe(await report(db));
    copyFileSync(PHOTOS.flower, join(photos, "d.jpg"));
    expect(await dupfindJson<ScanJson>(["scan", photos, "--db", copy])).toMatchObject({ found: 5, unchanged: 3, embedded: 1, skipped: 1 });
  });

  test("is not copied over another, nor onto itself, and none is made where there is nothing to copy", async () => {
    const { db } = await scanned();
    const other = await scanned();
    const before = await report(other.db);
    const refused = await dupfind(["copy-library", db, other.db]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("holds a library already")]);
    expect(await report(other.db)).toBe(before);
    expect((await dupfind(["copy-library", db, db])).stderr).toContain("cannot be copied onto itself");
    const nothing = await dupfind(["copy-library", `${db}.none`, `${db}.copy`]);
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining("there is no such file")]);
  });
});

describeWithPostgres("a library that is copied to a server and back", (postgres) => {
  test("comes back as it went, row by row", async () => {
    const db = join(temporaryFolder(), "library.db");
    const server = postgres.newDatabase();
    const back = join(temporaryFolder(), "back.db");
    await dupfindJson<ScanJson>(["scan", EXAMPLES, "--db", db]);
    expect((await dupfind(["calibrate", "--synthetic", "40", "--precision", "0.7", "--db", db])).code).toBeLessThan(2);
    const there = await dupfindJson<CopyJson>(["copy-library", db, server]);
    const again = await dupfindJson<CopyJson>(["copy-library", server, back]);
    expect(again.tables).toEqual(there.tables);
    const rows = Object.fromEntries(there.tables.map(({ table, rows }) => [table, rows]));
    expect(rows).toMatchObject({ encoder: 1, content: 46, photo: 48, embedding: 46, root: 1, canary_check: 1 });
    expect(Math.min(rows["pair"] ?? 0, rows["look"] ?? 0, rows["canary"] ?? 0, rows["side_file"] ?? 0)).toBeGreaterThan(0);
    expect(await report(server)).toBe(await report(db));
    expect(await report(back)).toBe(await report(db));
    for (const asked of [["search", PHOTOS.landscape], ["search", PHOTOS.landscape, EXAMPLES, "--min", "0.3"], ["neighbours"]]) {
      const answer = async (library: string) => (await dupfind([...asked, "--json", "--db", library])).stdout;
      expect((await answer(db)).length).toBeGreaterThan(200);
      expect(await answer(server)).toBe(await answer(db));
    }
    // What is new there is numbered behind what was copied.
    const photos = temporaryFolder();
    copyFileSync(PHOTOS.avif10Bit, join(photos, "new.avif"));
    expect(await dupfindJson<ScanJson>(["scan", photos, "--db", server])).toMatchObject({ embedded: 1, compared: true });
  });
});
