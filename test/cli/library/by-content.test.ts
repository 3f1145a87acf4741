/**
 * A photo whose name does not say that it is one, from the scan to the folder that it is moved to.
 */
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

test("a copy without an ending is in a set, in a plan and gone after it, and met again by no second scan", async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, "photos", name);
  mkdirSync(at("backup"), { recursive: true });
  copyFileSync(PHOTOS.landscape, at("ridge.jpg"));
  copyFileSync(PHOTOS.landscape, at("backup/5a1c6f0e2b9d4478"));
  const db = ["--db", join(folder, "library.db")];
  expect((await dupfind(["scan", at(""), ...db])).code).toBe(0);
  expect((await dupfind(["scan", at(""), ...db])).stdout).toContain("2 unchanged");
  const plan = join(folder, "plan.json");
  const report = await dupfindJson<ReportJson>(["report", "--plan", plan, ...db]);
  expect(report.sets.map(({ keeper, extras }) => [keeper.path, ...extras.map(({ path }) => path)])).toEqual([
    [at("ridge.jpg"), at("backup/5a1c6f0e2b9d4478")],
  ]);
  expect((await dupfind(["apply", plan, "--yes", "--action", "move", "--to", join(folder, "moved"), ...db])).code).toBe(0);
  expect([existsSync(at("ridge.jpg")), existsSync(at("backup/5a1c6f0e2b9d4478"))]).toEqual([true, false]);
});
