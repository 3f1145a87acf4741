/**
 * What a report lists, in which order and in which colours, and the page it can be.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

const folder = lastingFolder();
const at = (name: string) => join(folder, name);
const db = at("library.db");
const HOSTILE = '"><script>document.title=1<\u202egpj.jpg';
const run = (args: readonly string[], options: Parameters<typeof dupfind>[1] = {}) =>
  dupfind(["report", "--db", db, ...args], { workingFolder: folder, ...options });
const sets = async (...args: readonly string[]) => (await dupfindJson<ReportJson>(["report", "--db", db, ...args])).sets;

beforeAll(async () => {
  for (const name of ["photos", "phone", "old phone"]) mkdirSync(at(name));
  copyFileSync(PHOTOS.landscape, at("photos/landscape.jpg"));
  copyFileSync(PHOTOS.landscape, at("phone/landscape (1).jpg"));
  copyFileSync(PHOTOS.falcon, at("photos/falcon.jpg"));
  copyFileSync(PHOTOS.falcon, at(`old phone/${HOSTILE}`));
  copyFileSync(PHOTOS.falcon, at("old phone/falcon (2).jpg"));
  await dupfind(["scan", at("photos"), at("phone"), at("old phone"), "--db", db]);
  return () => rmSync(folder, { recursive: true });
});

describe("a report", () => {
  test("says of each folder what is kept elsewhere", async () => {
    const { stdout } = await run([]);
    expect(stdout).toContain("\nold phone\n  2 of 2 are also in photos; no photo would be lost\n");
    expect(stdout).toContain("\nphone\n  1 of 1 is also in photos; no photo would be lost\n");
  });

  test("does not say so where a file of the folder was not compared", async () => {
    const other = temporaryFolder();
    for (const name of ["a", "b"]) {
      mkdirSync(join(other, name));
      copyFileSync(PHOTOS.falcon, join(other, name, name === "a" ? "falcon.jpg" : "falcon (1).jpg"));
    }
    writeFileSync(join(other, "b/broken.jpg"), "no picture");
    const own = join(other, "library.db");
    await dupfind(["scan", join(other, "a"), join(other, "b"), "--db", own]);
    const { stdout } = await dupfind(["report", "--db", own], { workingFolder: other });
    expect(stdout).toContain("\nb\n  1 of 1 is also in a; 1 file was not compared\n");
  });

  test("ends with what to do next, as it would be typed", async () => {
    expect((await run([])).stdout).toMatch(/\n\nNext, with pictures: dupfind report -o report\.html --db \S+\n$/);
  });

  test("touching a folder has its sets as they are, with extras outside it", async () => {
    const touching = await sets("--touching", at("phone"));
    expect(touching.map(({ keeper, extras }) => [keeper.path, extras.map(({ path }) => path)])).toEqual([
      [at("photos/landscape.jpg"), [at("phone/landscape (1).jpg")]],
    ]);
    // A report about the folder has no extra outside of it.
    expect((await sets(at("photos"))).flatMap(({ extras }) => extras)).toEqual([]);
    expect((await sets("--touching", at("photos"))).flatMap(({ extras }) => extras)).toHaveLength(3);
  });

  test("touching a folder that is not known is refused", async () => {
    const { code, stderr } = await run(["--touching", at("nowhere")]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("No photo is known in the folder")]);
  });

  test("is listed in the order asked for, and no further than asked for", async () => {
    const keepers = async (...args: readonly string[]) => (await sets(...args)).map(({ keeper }) => keeper.path);
    expect(await keepers("--sort", "folder")).toEqual([at("photos/falcon.jpg"), at("photos/landscape.jpg")]);
    const bySize = await keepers();
    expect(await keepers("--limit", "1")).toEqual(bySize.slice(0, 1));
    const { stdout } = await run(["--limit", "1"]);
    expect(stdout).toContain("1 more set is not listed, because of --limit 1.");
    expect((await run(["--limit", "1", "-0"])).stdout.split("\0").length).toBeLessThan((await run(["-0"])).stdout.split("\0").length);
  });

  test.each([
    ["--sort", "beauty"],
    ["--limit", "0"],
  ])("refuses %s %s", async (option, value) => expect((await run([option, value])).code).toBe(2));
});

describe("colour", () => {
  const ESC = "\u001b[";
  const colours = async (options: Parameters<typeof dupfind>[1], args: readonly string[] = []) =>
    (await run(args, options)).stdout.includes(ESC);

  test("is for terminals alone", async () => {
    expect(await colours({ isOutputTerminal: true })).toBe(true);
    expect(await colours({})).toBe(false);
  });

  test("is left out where NO_COLOR says so, on a terminal that has none, and in a file", async () => {
    expect(await colours({ isOutputTerminal: true, environment: { NO_COLOR: "1" } })).toBe(false);
    expect(await colours({ isOutputTerminal: true, environment: { NO_COLOR: "" } })).toBe(true);
    expect(await colours({ isOutputTerminal: true, environment: { TERM: "dumb" } })).toBe(false);
    await run(["-o", at("report.txt")], { isOutputTerminal: true });
    expect(readFileSync(at("report.txt"), "utf8")).toBe((await run([])).stdout);
  });

  test("changes no word", async () => {
    const { stdout } = await run([], { isOutputTerminal: true });
    expect(stdout.replace(/\[\d+m/g, "").replaceAll("\u001b", "")).toBe((await run([])).stdout);
  });
});

describe("the page of a report", () => {
  test("is chosen by the output's name, and is the same on standard output", async () => {
    const output = at("report.html");
    expect(await run(["-o", output])).toMatchObject({ code: 0, stdout: "", stderr: "" });
    const page = readFileSync(output, "utf8");
    expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect((await run(["--format", "html"])).stdout).toBe(page);
    expect(page.match(/<img src="data:image\/jpeg;base64,\/9j/g)).toHaveLength(2);
    expect(page).not.toContain("<script>document");
    expect(page).not.toContain("\u202e");
  });

  test("is cut short by --limit, and says so", async () => {
    const { stdout } = await run(["--format", "html", "--limit", "1"]);
    expect(stdout.match(/<article/g)).toHaveLength(1);
    expect(stdout).toContain("1 more set is not on this page");
  });

  test("is left as it was where it is stopped on the way", async () => {
    const own = temporaryFolder();
    const output = join(own, "page.html");
    writeFileSync(output, "before");
    const stop = new AbortController();
    stop.abort("SIGINT");
    expect((await run(["-o", output], { stop: stop.signal })).code).toBe(130);
    expect([readFileSync(output, "utf8"), readdirSync(own)]).toEqual(["before", ["page.html"]]);
  });

  test("shows what is gone as it is", async () => {
    const other = temporaryFolder();
    copyFileSync(PHOTOS.falcon, join(other, "a.jpg"));
    copyFileSync(PHOTOS.falcon, join(other, "b.jpg"));
    const own = join(other, "library.db");
    await dupfind(["scan", other, "--db", own]);
    rmSync(join(other, "b.jpg"));
    const { stdout } = await dupfind(["report", "--db", own, "--format", "html"]);
    expect(stdout).toContain("No duplicates so far among 2 photos");
    expect(stdout).toContain("1 photo missing now and left out");
    expect(existsSync(join(other, "a.jpg"))).toBe(true);
  });
});
