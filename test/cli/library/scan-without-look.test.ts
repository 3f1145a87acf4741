import { join } from "node:path";
import { expect, test } from "vitest";
import { EXAMPLES } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

test("a scan that looks at nothing leaves it to the first report, which lists what it would have", async () => {
  const folder = temporaryFolder();
  const [looked, left] = [join(folder, "looked.db"), join(folder, "left.db")];
  expect((await dupfind(["scan", EXAMPLES, "--db", looked])).stderr).toBe("");
  expect((await dupfind(["scan", EXAMPLES, "--no-look", "--db", left])).stderr).toBe("");
  const report = async (db: string) => (await dupfindJson<{ readonly sets: readonly unknown[] }>(["report", "--db", db])).sets;
  const sets = await report(looked);
  expect(sets.length).toBeGreaterThan(10);
  expect(await report(left)).toEqual(sets);
});
