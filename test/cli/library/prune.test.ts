/**
 * Pruning with the built program: what it says it would do, and what it does.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lockLibrary } from "../../../src/io/library/sqlite.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** Two photos, of which one is gone by now. */
async function library() {
  const [photos, place] = [temporaryFolder(), temporaryFolder()];
  mkdirSync(join(photos, "album"));
  copyFileSync(PHOTOS.falcon, join(photos, "album/gone.jpg"));
  copyFileSync(PHOTOS.landscape, join(photos, "stays.jpg"));
  const db = join(place, "library.db");
  await dupfindJson(["scan", photos, "--db", db]);
  rmSync(join(photos, "album/gone.jpg"));
  const files = () => Object.fromEntries(readdirSync(place).map((name) => [name, readFileSync(join(place, name)).toString("base64")]));
  return { photos, db, files };
}

describe("prune --dry-run", () => {
  test("names what would be forgotten, and leaves every byte beside and in the library as it was", async () => {
    const { photos, db, files } = await library();
    const before = files();
    const run = await dupfind(["prune", "--dry-run", "--db", db]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toBe(
      `Would forget 1 missing photo and 1 content that no photo holds. No photo was touched.\n  ${join(photos, "album/gone.jpg")}\n`,
    );
    expect(files()).toEqual(before);
    expect(await dupfindJson(["prune", "--db", db])).toMatchObject({ photos: 1, contents: 1, dryRun: false });
    expect(await dupfindJson(["prune", "--dry-run", "--db", db])).toMatchObject({ photos: 0, contents: 0, dryRun: true });
  });

  test("tells it while another command writes to the library, as any reader can; without it, prune does not begin", async () => {
    const { db } = await library();
    const lock = await lockLibrary(db, async () => {});
    try {
      expect(await dupfindJson(["prune", "--dry-run", "--db", db])).toMatchObject({ photos: 1, contents: 1 });
      expect((await dupfind(["prune", "--db", db])).code).toBe(4);
    } finally {
      lock.release();
    }
    expect(await dupfindJson(["status", "--db", db])).toMatchObject({ contents: 2 });
  });
});
