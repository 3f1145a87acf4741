/**
 * What is new since the last report that asked for it: as a job that runs every night sees it.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ShellRun, shell } from "../../built-program.ts";
import { PHOTOS } from "../../photos.ts";
import { lastingFolder } from "../../temporary-folder.ts";
import { plantTree } from "../cleanup/tree.ts";

/** A library of two folders, of which the one was backed up into the other. */
function scanned(folder?: string) {
  const tree = plantTree(folder);
  tree.scan();
  const news = (...args: readonly string[]) => tree.run("report", "--since", "last", ...args);
  const keepers = (...args: readonly string[]): readonly string[] =>
    JSON.parse(news("--json", ...args).stdout).sets.map(({ keeper }: { readonly keeper: { readonly path: string } }) =>
      keeper.path.slice(tree.folder.length + 1),
    );
  const copy = (photo: string, name: string) => {
    mkdirSync(tree.at("photos/new"), { recursive: true });
    copyFileSync(photo, tree.at(`photos/new/${name}`));
  };
  return { ...tree, news, keepers, copy, memory: tree.at("library.db.reported.jsonl") };
}

/** For tests that change no photo: each begins with nothing remembered. */
const standing = lastingFolder();
let still: ReturnType<typeof scanned>;
beforeAll(() => {
  still = scanned(standing);
  return () => rmSync(standing, { recursive: true });
});
beforeEach(() => rmSync(still.memory, { force: true }));

describe("report --since last", () => {
  test("lists a set once, and again only when something has joined it", () => {
    const tree = scanned();
    expect(tree.keepers()).toHaveLength(3);
    expect(tree.keepers()).toEqual([]);
    tree.copy(PHOTOS.falcon, "falcon again.jpg");
    tree.scan();
    expect(tree.keepers()).toEqual([expect.stringContaining("falcon")]);
    renameSync(tree.at("photos/new"), tree.at("photos/renamed"));
    rmSync(tree.at("photos/phone/flower.jpg"));
    tree.scan();
    expect(tree.keepers()).toEqual([]);
    // Other reports list all there is, and remember nothing.
    expect(JSON.parse(tree.run("report", "--json").stdout).sets).toHaveLength(2);
  });

  test("says since when, how many it leaves out, and nothing of folders", () => {
    const tree = still;
    expect(tree.news().stdout).toContain("3 new sets of duplicates among");
    const { stdout } = tree.news();
    expect(stdout).toMatch(
      /^No new duplicates among 7 photos\.\nNew since \d{4}-\d\d-\d\d \d\d:\d\d UTC; 3 sets were listed by then and left out\.\n/,
    );
    expect(stdout).not.toContain("no photo would be lost");
    const { since, folderSummary, totals } = JSON.parse(tree.news("--json").stdout);
    expect({ since, folderSummary, sets: totals.sets }).toEqual({
      since: { last: expect.stringMatching(/^\d{4}-.*Z$/), knownSets: 3 },
      folderSummary: [],
      sets: 0,
    });
    expect(JSON.parse(tree.run("report", "--json").stdout).since).toBeNull();
  });

  test.each([
    ["text", "New since"],
    ["csv", "set,kind,role"],
    ["html", "No new duplicates among"],
  ])("as %s has what is new", (format, empty) => {
    const tree = still;
    expect(tree.news("--format", format).stdout).toContain("falcon.jpg");
    const { stdout } = tree.news("--format", format);
    expect(stdout).toContain(empty);
    expect(stdout).not.toContain("falcon.jpg");
  });

  test("as paths remembers what these hold, and no other set", () => {
    const tree = scanned();
    const paths = tree.news("-0").stdout.split("\0").filter(Boolean);
    expect(paths.length).toBeGreaterThan(0);
    expect(tree.news("-0").stdout).toBe("");
    tree.copy(PHOTOS.landscape, "IMG_1.jpg");
    tree.copy(PHOTOS.landscape, "IMG_2.jpg");
    tree.copy(PHOTOS.webp, "IMG_1.mov");
    tree.copy(PHOTOS.heic, "IMG_2.mov");
    tree.scan();
    // The one that goes would leave its film alone: no list of paths has it, so it is news for whoever looks.
    expect(tree.news("-0").stdout).toBe("");
    expect(tree.keepers()).toEqual([expect.stringContaining("new/IMG_")]);
  });

  test("leaves what --limit keeps back for the next time", () => {
    const tree = still;
    const seen = [1, 2, 3, 4].map(() => tree.keepers("--limit", "1"));
    expect(seen.map((sets) => sets.length)).toEqual([1, 1, 1, 0]);
    expect(new Set(seen.flat()).size).toBe(3);
  });

  test("ends with 1 for what is new, with --fail-on-duplicates", () => {
    const tree = still;
    expect([1, 2].map(() => tree.news("--fail-on-duplicates").code)).toEqual([1, 0]);
  });

  test("goes into a plan of what is new", () => {
    const tree = scanned();
    tree.news();
    tree.copy(PHOTOS.flower, "flower again.jpg");
    tree.scan();
    tree.news("--plan", "plan.json");
    const { steps } = JSON.parse(readFileSync(tree.at("plan.json"), "utf8"));
    expect(new Set(steps.map(({ set }: { readonly set: number }) => set))).toEqual(new Set([1]));
    expect(JSON.stringify(steps)).not.toContain("falcon");
  });

  test.each<readonly [string, (tree: ReturnType<typeof scanned>) => ShellRun]>([
    ["standard output is full", (tree) => shell('"$@" > /dev/full', ["report", "--since", "last"], { cwd: tree.folder, env: tree.env })],
    [
      "nobody reads",
      (tree) => shell('"$@" | true', ["report", "--since", "last", "--format", "html"], { cwd: tree.folder, env: tree.env }),
    ],
    ["its place is full", (tree) => tree.news("-o", "/dev/full")],
    ["the plan has no place", (tree) => tree.news("--plan", "/dev/full")],
    ["it ends with a fault of --strict", (tree) => tree.news("--strict")],
  ])("remembers nothing where %s", (name, report) => {
    const tree = name.includes("strict") ? scanned() : still;
    if (name.includes("strict")) rmSync(tree.at("photos/backup/falcon.jpg"));
    const { code } = report(tree);
    if (name !== "nobody reads") expect(code).not.toBe(0);
    expect(existsSync(tree.memory)).toBe(false);
    expect(tree.keepers().length).toBeGreaterThan(1);
  });

  test("outlives the library, and a line that was cut off costs its own set alone", () => {
    const tree = scanned();
    tree.news();
    for (const end of ["", "-wal", "-shm"]) rmSync(tree.at(`library.db${end}`), { force: true });
    tree.scan();
    expect(tree.keepers()).toEqual([]);
    shell('truncate -s -5 library.db.reported.jsonl; "$@"', ["status"], { cwd: tree.folder, env: tree.env });
    expect(tree.keepers()).toHaveLength(1);
    expect(tree.keepers()).toEqual([]);
  });

  test("is no place for another answer, and takes no other word", () => {
    const tree = still;
    tree.news();
    expect(tree.run("report", "-o", "library.db.reported.jsonl")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("part of the library"),
    });
    expect(tree.run("report", "--since", "yesterday")).toMatchObject({ code: 2, stderr: expect.stringContaining("--since takes last") });
  });
});
