/**
 * The real program killed at random moments, started twice at once, and on a disk that is full.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { PROGRAM } from "../../built-program.ts";
import { writeSmallPhotos } from "../../photos.ts";
import { seededRandom } from "../../seeded-random.ts";
import { lastingFolder } from "../../temporary-folder.ts";
import { plantTree, type Tree } from "./tree.ts";

const PHOTOS = 40;
const KILLS = 12;

let tree: Tree;
let before: ReturnType<Tree["files"]>;
let contents: ReadonlySet<string>;

beforeAll(async () => {
  tree = plantTree(lastingFolder());
  for (const folder of ["photos/phone", "photos/backup"]) await writeSmallPhotos(tree.at(folder), PHOTOS);
  for (let i = 0; i < PHOTOS; i += 4) writeFileSync(tree.at(`photos/backup/${i}.xmp`), `<x>${i}</x>`);
  tree.scan();
  tree.plan("--quiet");
  [before, contents] = [tree.files(), tree.contents()];
});
afterAll(() => rmSync(tree.folder, { recursive: true, force: true }));

function expectAll(when: string, ...more: readonly string[]): void {
  const now = tree.contents(...more);
  expect(
    [...contents].filter((content) => !now.has(content)),
    when,
  ).toEqual([]);
}

describe("a clean-up that is killed", () => {
  test.each(["trash", "move", "hardlink"])("at random moments of %s loses nothing, goes on, and is taken back", async (action) => {
    const random = seededRandom(action.length);
    const target = `/dev/shm/dupfind-test-${process.pid}-moved`;
    onTestFinished(() => rmSync(target, { recursive: true, force: true }));
    const args = ["apply", "plan.json", "--yes", "--action", action, ...(action === "move" ? ["--to", target] : [])];
    const journal = tree.at("library.db.history.jsonl");
    for (let kill = 1; kill <= KILLS; kill++) {
      const lines = linesOf(journal);
      const child = tree.start(...(kill % 4 === 0 ? ["undo"] : args));
      const closed = once(child, "close");
      const patience = Math.floor(random() * 40);
      // From the first line on it is at work.
      while (child.exitCode === null && linesOf(journal) <= lines + patience) await wait(1);
      child.kill("SIGKILL");
      await closed;
      expectAll(`kill ${kill}`, target);
    }
    expect(tree.run(...args).code).toBeOneOf([0, 3]);
    expectAll("after the last run", target);
    while (tree.run("undo").code !== 2) expectAll("while it is taken back", target);
    expect(tree.files()).toEqual(before);
    const history = JSON.parse(tree.run("history", "--json").stdout) as {
      readonly runs: readonly { readonly interrupted: number; readonly done: number }[];
    };
    expect(history.runs.reduce((sum, { interrupted, done }) => sum + interrupted + done, 0)).toBe(0);
  });

  test("understands a journal whose last line was cut off", () => {
    tree.run("apply", "plan.json", "--yes");
    appendFileSync(tree.at("library.db.history.jsonl"), '{"entry":"begin","run":9');
    expect(tree.run("undo").code).toBe(0);
    expect(tree.files()).toEqual(before);
    expect(tree.run("history").stdout).toContain("1 line of the journal cannot be read");
  });
});

describe("two at once", () => {
  test("keep apart: the second is told that another works", async () => {
    const journal = tree.at("library.db.history.jsonl");
    const lines = linesOf(journal);
    const first = tree.start("apply", "plan.json", "--yes");
    const closed = once(first, "close");
    while (first.exitCode === null && linesOf(journal) <= lines) await wait(1);
    // It stands in the middle of its work for as long as the second is there.
    first.kill("SIGSTOP");
    const second = tree.run("apply", "plan.json", "--yes");
    first.kill("SIGCONT");
    await closed;
    expect([second.code, first.exitCode], second.stderr).toEqual([4, 0]);
    expectAll("after both");
    while (tree.run("undo").code !== 2);
    expect(tree.files()).toEqual(before);
  });
});

describe("a disk that is full", () => {
  test("leaves every photo where it was, and is no lasting harm", () => {
    const target = tree.at("full");
    mkdirSync(target);
    const room = 60_000; // a few of the small photos
    const script = `mount -t tmpfs -o size=${room} tmpfs "${target}" && "$@"; code=$?; find "${target}" -name "*.part" | grep -q . && exit 99; "$1" "$2" undo >/dev/null; exit $code`;
    const args = [
      "--mount",
      "sh",
      "-c",
      script,
      "sh",
      process.execPath,
      PROGRAM,
      "apply",
      "plan.json",
      "--action",
      "move",
      "--to",
      target,
      "--yes",
    ];
    if (spawnSync("unshare", ["--mount", "true"]).status !== 0) return;
    const run = spawnSync("unshare", args, { cwd: tree.folder, env: tree.env, encoding: "utf8" });
    expect(run.status, run.stderr).toBe(3);
    expect(run.stdout).toContain("does not fit on the disk");
    expect(tree.files()).toEqual(before);
  });
});

function linesOf(path: string): number {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").length : 0;
}
