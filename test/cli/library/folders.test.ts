/**
 * Folders that narrow or steer an answer: named wrongly, otherwise, or from home.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PROGRAM } from "../../built-program.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

interface Sets {
  readonly sets: readonly {
    readonly keeper: { readonly path: string };
    readonly extras: readonly { readonly path: string }[];
    readonly outside: readonly { readonly path: string }[];
    readonly reclaimableBytes: number;
  }[];
}

const home = lastingFolder();
const db = join(home, "library.db");
const at = (path: string) => join(home, path);

beforeAll(async () => {
  const files = { "Photos/2019/a.jpg": PHOTOS.falcon, "Photos/2020/b.jpg": PHOTOS.flower, "Originals/a.jpg": PHOTOS.falcon };
  for (const [path, photo] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    copyFileSync(photo, at(path));
  }
  await dupfindJson(["scan", at("Photos"), at("Originals"), "--db", db]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const report = (...args: readonly string[]) => dupfind(["report", ...args, "--db", db], { workingFolder: home });
const outline = async (...args: readonly string[]) => {
  const { sets } = JSON.parse((await report(...args, "--json")).stdout) as Sets;
  const names = (photos: readonly { readonly path: string }[]) => photos.map(({ path }) => path.slice(home.length + 1));
  return sets.map(({ keeper, extras, outside }) => [names([keeper]), names(extras), names(outside)]);
};

describe("a folder that holds no known photo", () => {
  test.for([
    ["report", ["report", "Photos/2018"]],
    ["--protect", ["report", "--protect", "Photos/2018"]],
    ["--keep", ["report", "--keep", "folder:Photos/2018,age"]],
    ["search", ["search", PHOTOS.falcon, "--folder", "Photos/2018"]],
    ["neighbours", ["neighbours", "Photos/2018"]],
  ] as const)("is refused by %s, with the nearest that does", async ([, args]) => {
    const { code, stderr } = await dupfind([...args, "--db", db], { workingFolder: home });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`No photo is known in the folder ${at("Photos/2018")}.\n`)]);
    expect(stderr).toContain(`the name most like yours is ${at("Photos/2019")}.`);
  });

  test("for its case alone is answered with the right one", async () => {
    if (existsSync(at("photos"))) return; // the file system looks at no case
    expect((await report("--protect", "photos/2019")).stderr).toContain(`the name most like yours is ${at("Photos/2019")}.`);
  });
});

describe("a folder in another spelling that the file system takes for the same", () => {
  const canMount = () => spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

  test.for([
    ["case", "Photos", "photos"],
    ["composition", "Caf\u00e9", "Cafe\u0301"],
  ] as const)("is known whatever its %s", ([, scanned, named], context) => {
    if (!canMount()) return context.skip("this system lets nobody mount here");
    const folder = temporaryFolder();
    for (const name of [scanned, named, "other"]) mkdirSync(join(folder, name), { recursive: true });
    copyFileSync(PHOTOS.falcon, join(folder, scanned, "a.jpg"));
    copyFileSync(PHOTOS.falcon, join(folder, "other/b.jpg"));
    const script = `set -e
      "$NODE" "$PROGRAM" scan "${scanned}" other --db library.db --quiet
      mount --bind "${scanned}" "${named}"
      "$NODE" "$PROGRAM" report --protect "${named}" --keep "folder:${named}" -0 --db library.db`;
    const run = spawnSync("unshare", ["-rm", "bash", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE: process.execPath, PROGRAM },
    });
    expect([run.stderr, run.stdout]).toEqual(["", `${join(folder, "other/b.jpg")}\0`]);
  });
});

describe("a path that begins at home", () => {
  test("is found there, also where no shell expands it", async () => {
    vi.stubEnv("HOME", home);
    try {
      const [[keeper], extras] = (await outline("--keep", "folder:~/Originals"))[0] as [string[], string[], string[]];
      expect([keeper, extras]).toEqual(["Originals/a.jpg", ["Photos/2019/a.jpg"]]);
      expect((await outline("--protect", "~/Photos/2019", "--keep", "folder:~/Originals"))[0]?.[0]).toEqual(["Photos/2019/a.jpg"]);
      const elsewhere = temporaryFolder();
      expect((await dupfind(["report", "~/Photos", "--db=~/library.db", "-o", "~/answer.txt"], { workingFolder: elsewhere })).code).toBe(0);
      expect(existsSync(at("answer.txt"))).toBe(true);
      expect((await dupfind(["scan", "~/Photos/2020", "--db=~/library.db", "--json"], { workingFolder: elsewhere })).stdout).toContain(
        `"unchanged":1`,
      );
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("a report on some folders", () => {
  test("lists the sets that touch them, and no extra outside", async () => {
    const choice = ["--keep", "folder:Originals"];
    expect(await outline("Photos/2019", ...choice)).toEqual([[["Originals/a.jpg"], ["Photos/2019/a.jpg"], []]]);
    expect(await outline("Originals", ...choice)).toEqual([[["Originals/a.jpg"], [], ["Photos/2019/a.jpg"]]]);
    expect(await outline("Photos/2020", ...choice)).toEqual([]);
    expect((await report("Originals", "-0", ...choice)).stdout).toBe("");
    const { stdout } = await report("Originals", ...choice);
    expect(stdout).toContain("Set 1: 0 extras, 0 B reclaimable, 1 outside the named folders, lowest similarity 1.000");
    expect(stdout).toMatch(/bytes = {2}Photos\/2019\/a\.jpg\n(?: {9}.*\n)+? {9}outside, so it stays/);
    expect((await report("Photos/2019", ...choice)).stdout).toContain(", outside the named folders");
    expect((await report("Originals", "--format", "csv", ...choice)).stdout).toContain(
      `1,copies,outside,${at("Photos/2019/a.jpg")},1,same-bytes`,
    );
  });
});

describe("a report with an encoder that has seen no photo", () => {
  test("says so, ends with 2 and writes nothing", async () => {
    const before = await dupfindJson<{ readonly encoders: readonly unknown[] }>(["status", "--db", db]);
    const { code, stdout, stderr } = await report("--model", "sscd");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe("dupfind: No photo was scanned with sscd yet.\nRun dupfind scan <folder> --model sscd first.\n");
    expect(await dupfindJson(["status", "--db", db])).toEqual(before);
    expect(before.encoders).toHaveLength(1);
  });

  test("says so too where some files could not be compared with any", async () => {
    const folder = temporaryFolder();
    copyFileSync(PHOTOS.falcon, join(folder, "a.jpg"));
    copyFileSync("package.json", join(folder, "b.jpg"));
    const library = join(folder, "library.db");
    await dupfindJson(["scan", folder, "--db", library]);
    expect((await dupfind(["report", "--model", "sscd", "--db", library])).code).toBe(2);
    rmSync(join(folder, "a.jpg"));
  });
});
