/**
 * Photos on a drive that is mounted elsewhere from day to day, or on another machine.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openLibrary } from "../../../src/index.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** A drive with a photo and its copy, and a library beside it. */
function drive() {
  const folder = temporaryFolder();
  const at = (path: string) => join(folder, path);
  for (const [path, photo] of Object.entries({
    "one/2019/a.jpg": PHOTOS.falcon,
    "one/2020/a.jpg": PHOTOS.falcon,
    "one/b.jpg": PHOTOS.flower,
  })) {
    mkdirSync(dirname(at(path)), { recursive: true });
    copyFileSync(photo, at(path));
  }
  const on = (mount: string) => ["--db", at("library.db"), "--volume", `nas=${at(mount)}`];
  const scan = (mount: string, ...args: readonly string[]) => dupfindJson<ScanJson>(["scan", at(mount), ...args, ...on(mount)]);
  const pathsOf = ({ sets }: ReportJson) => sets.map(({ keeper, extras }) => [keeper, ...extras].map(({ path }) => path));
  const report = async (mount: string) => pathsOf(await dupfindJson<ReportJson>(["report", ...on(mount)]));
  return { at, on, scan, report };
}

test("photos of a volume are known wherever it is mounted, and read once", async () => {
  const { at, scan, report } = drive();
  expect(await scan("one")).toMatchObject({ found: 3, embedded: 2 });
  renameSync(at("one"), at("two"));
  expect(await report("two")).toEqual([[at("two/2019/a.jpg"), at("two/2020/a.jpg")]]);
  expect(await scan("two")).toMatchObject({ found: 3, unchanged: 3, missing: 0 });
  expect(await report("two")).toEqual([[at("two/2019/a.jpg"), at("two/2020/a.jpg")]]);
});

test("what was scanned before the volume had a name is known by it from the next scan on", async () => {
  const { at, on, scan, report } = drive();
  await dupfindJson(["scan", at("one"), "--db", at("library.db")]);
  expect(await scan("one")).toMatchObject({ found: 3, unchanged: 3, missing: 0 });
  renameSync(at("one"), at("two"));
  expect(await report("two")).toEqual([[at("two/2019/a.jpg"), at("two/2020/a.jpg")]]);
  const { roots } = await dupfindJson<{ readonly roots: readonly unknown[] }>(["roots", ...on("two")]);
  expect(roots).toEqual([expect.objectContaining({ path: at("two"), photos: 3, isHere: true })]);
});

test("extras on a volume go to the trash and come back, wherever it is mounted", async () => {
  const { at, on, scan, report } = drive();
  await scan("one");
  renameSync(at("one"), at("two"));
  await dupfind(["report", "--plan", at("plan.json"), ...on("two")]);
  mkdirSync(at("trash"));
  expect(await dupfind(["apply", at("plan.json"), "--action", "move", "--to", at("trash"), "--yes", ...on("two")])).toMatchObject({
    code: 0,
  });
  expect([existsSync(at("two/2019/a.jpg")), existsSync(at("two/2020/a.jpg"))].filter(Boolean)).toHaveLength(1);
  expect(await scan("two")).toMatchObject({ found: 2 });
  expect(await dupfind(["undo", ...on("two")])).toMatchObject({ code: 0 });
  await scan("two");
  expect(await report("two")).toEqual([[at("two/2019/a.jpg"), at("two/2020/a.jpg")]]);
});

test("a volume within a scanned folder is scanned with it, and one that is away is not gone", async () => {
  const { at, on } = drive();
  mkdirSync(at("card"));
  renameSync(at("one"), at("card/one"));
  copyFileSync(PHOTOS.forest, at("card/c.jpg"));
  const scanned = ["scan", at("card"), ...on("card/one")];
  expect(await dupfindJson<ScanJson>(scanned)).toMatchObject({ found: 4, embedded: 3 });
  const within = await dupfindJson<ReportJson>(["report", at("card"), ...on("card/one")]);
  expect(within.sets).toHaveLength(1);
  renameSync(at("card/one"), at("away"));
  mkdirSync(at("card/one"));
  expect(await dupfindJson<ScanJson>(scanned)).toMatchObject({ found: 1, missing: 0, emptyRoots: [at("card/one")] });
  renameSync(at("away"), at("elsewhere"));
  expect(await dupfindJson<ScanJson>(["scan", at("elsewhere"), ...on("elsewhere")])).toMatchObject({ found: 3, unchanged: 3 });
});

test("a machine that does not know the volume tells its name, and loses nothing of it", async () => {
  const { at, scan, report } = drive();
  await scan("one");
  const { stdout } = await dupfind(["roots", "--db", at("library.db")]);
  expect(stdout).toMatch(/^\/volume:nas\n {2}3 photos, .*missing or empty now\n$/);
  await dupfind(["prune", "--db", at("library.db")]);
  expect(await report("one")).toHaveLength(1);
});

test("a program names volumes as it opens the library", async () => {
  const { at, scan } = drive();
  await scan("one");
  renameSync(at("one"), at("two"));
  const library = await openLibrary(at("library.db"), { volumes: { nas: at("two") } });
  expect((await library.status()).roots).toEqual([at("two")]);
  expect((await library.findDuplicates()).sets).toHaveLength(1);
});

test.each([["nas"], ["nas=photos"], ["../nas=/mnt"]])("%s names no volume", async (volume) => {
  const { at } = drive();
  const { code, stderr } = await dupfind(["scan", at("one"), "--db", at("library.db"), "--volume", volume]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("--volume nas=/mnt/nas") });
});
