/**
 * From a report to a clean library and back: every action of the real program, checked file by file.
 */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { PROGRAM } from "../../built-program.ts";
import { PHOTOS } from "../../photos.ts";
import { plantTree, type Tree } from "./tree.ts";

const SAME_BYTES = ["photos/backup/IMG_2682.heic", "photos/backup/IMG_2682.mov", "photos/backup/falcon.jpg", "photos/backup/flower.jpg"];
const REST = [
  "photos/backup/IMG_2682-export.jpg",
  "photos/phone/IMG_2682.heic",
  "photos/phone/IMG_2682.mov",
  "photos/phone/falcon.jpg",
  "photos/phone/flower.jpg",
];

/** Scanned, and planned. */
function planned(...args: readonly string[]): Tree {
  const tree = plantTree();
  expect(tree.scan().code).toBe(0);
  expect(tree.plan(...args).stderr).toContain("planned in plan.json");
  return tree;
}

function keptAll(tree: Tree, before: ReadonlySet<string>, ...more: readonly string[]): void {
  const now = tree.contents(...more);
  expect([...before].filter((content) => !now.has(content))).toEqual([]);
}

describe("apply", () => {
  test("tells what it would do and does nothing", () => {
    const tree = planned();
    const before = tree.files();
    const { code, stdout } = tree.run("apply", "plan.json");
    expect(code).toBe(0);
    expect(stdout).toContain("Would move 3 photos and 1 companion to the trash");
    expect(stdout).toContain("  same-bytes: 3 photos");
    expect(stdout).toContain("  photos/backup: 3 photos");
    expect(stdout).toContain("Left out: 1 photo of class same-picture: not reviewed. --class same-picture includes them anyway.");
    expect(stdout).toContain("Nothing was touched. Add --yes to do it");
    expect(tree.files()).toEqual(before);
    expect(existsSync(tree.at("library.db.history.jsonl"))).toBe(false);
    expect(tree.run("undo")).toMatchObject({ code: 2 });
  });

  test("moves equal photos to the trash with what travels with them, and undo brings them back", () => {
    const tree = planned();
    const [before, contents] = [tree.files(), tree.contents()];
    expect(tree.run("apply", "plan.json", "--yes")).toMatchObject({ code: 0 });
    expect(Object.keys(tree.files())).toEqual(REST);
    expect(readdirSync(tree.at("data/Trash/files")).sort()).toEqual(["IMG_2682.heic", "IMG_2682.mov", "falcon.jpg", "flower.jpg"]);
    const note = readFileSync(tree.at("data/Trash/info/falcon.jpg.trashinfo"), "utf8");
    expect(note).toMatch(/^\[Trash Info\]\nPath=\/.*\/photos\/backup\/falcon\.jpg\nDeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n$/);
    keptAll(tree, contents);
    expect(tree.run("report").stdout).toContain("1 set of duplicates among 4 photos");
    expect(tree.run("history").stdout).toMatch(/^Run 1, .* UTC, plan\.json:\n {2}3 of 3 photos done \(.*, 3 trash\)\.\n$/);
    expect(tree.run("apply", "plan.json", "--yes")).toMatchObject({ code: 3, stdout: expect.stringContaining("is no longer there") });
    expect(tree.run("undo")).toMatchObject({ code: 0, stdout: expect.stringContaining("Run 1 undone: 3 photos are as before") });
    expect(tree.files()).toEqual(before);
    expect(readdirSync(tree.at("data/Trash/info"))).toEqual([]);
    expect(tree.scan().stdout).toContain("0 new, 3 copies of others");
  });

  test("takes another class where it is asked for, or where the plan says that it was reviewed", () => {
    const tree = planned();
    expect(tree.run("apply", "plan.json", "--class", "same-picture", "--yes")).toMatchObject({ code: 0 });
    expect(Object.keys(tree.files())).toEqual(REST.slice(1));
    tree.run("undo");
    writeFileSync(tree.at("plan.json"), readFileSync(tree.at("plan.json"), "utf8").replaceAll('"reviewed": false', '"reviewed": true'));
    expect(tree.run("apply", "plan.json", "--db", "library.db").stdout).toContain("same-picture: 1 photo");
    expect(tree.run("report", "--plan", "again.json", "--db", "library.db").code).toBe(0);
    expect(JSON.parse(readFileSync(tree.at("again.json"), "utf8"))).toMatchObject({ library: tree.at("library.db") });
  });

  test.each(["the same drive", "another drive"])("moves to a folder on %s and keeps the tree, and undo brings everything back", (drive) => {
    const tree = planned();
    const target = drive === "the same drive" ? tree.at("moved") : `/dev/shm/dupfind-test-${process.pid}`;
    onTestFinished(() => rmSync(target, { recursive: true, force: true }));
    mkdirSync(`${target}/photos/backup`, { recursive: true });
    writeFileSync(`${target}/photos/backup/falcon.jpg`, "of somebody else");
    const [before, contents] = [tree.files(), tree.contents(target)];
    expect(tree.run("apply", "plan.json", "--action", "move", "--to", target, "--yes")).toMatchObject({ code: 0 });
    expect(Object.keys(tree.files())).toEqual(REST);
    const names = ["IMG_2682.heic", "IMG_2682.mov", "falcon (2).jpg", "falcon.jpg", "flower.jpg"];
    expect(readdirSync(`${target}/photos/backup`).sort()).toEqual(names);
    keptAll(tree, contents, target);
    expect(tree.run("undo")).toMatchObject({ code: 0 });
    expect(tree.files()).toEqual(before);
    expect(readFileSync(`${target}/photos/backup/falcon.jpg`, "utf8")).toBe("of somebody else");
    expect(readdirSync(`${target}/photos/backup`)).toEqual(["falcon.jpg"]);
  });

  test("refuses to move without a folder, and into one that is scanned", () => {
    const tree = planned();
    const before = tree.files();
    expect(tree.run("apply", "plan.json", "--action", "move", "--yes")).toMatchObject({ code: 2, stderr: expect.stringContaining("--to") });
    symlinkSync(tree.at("photos"), tree.at("link"));
    const { code, stderr } = tree.run("apply", "plan.json", "--action", "move", "--to", "link/gone", "--yes");
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("is scanned itself") });
    expect(tree.files()).toEqual(before);
  });

  test("links equal photos to their keepers, and undo parts them again", () => {
    const tree = planned();
    const before = tree.files();
    const { code, stdout } = tree.run("apply", "plan.json", "--action", "hardlink", "--class", "same-picture", "--yes");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("only files of equal bytes are linked") });
    const ids = (name: string) => ["phone", "backup"].map((folder) => lstatSync(tree.at(`photos/${folder}/${name}`)).ino);
    for (const name of ["falcon.jpg", "flower.jpg", "IMG_2682.heic"]) expect(new Set(ids(name)).size, name).toBe(1);
    expect(new Set(ids("IMG_2682.mov")).size).toBe(2);
    expect(Object.keys(tree.files())).toEqual(Object.keys(before));
    expect(tree.run("apply", "plan.json", "--yes")).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("is already the same file as its keeper"),
    });
    expect(tree.run("undo", "1")).toMatchObject({ code: 0 });
    expect(tree.files()).toEqual(before);
  });

  test("does nothing else where it cannot link", () => {
    const tree = planned();
    const before = tree.files();
    const { code, stdout } = tree.run("apply", "plan.json", "--action", "reflink", "--yes");
    // On a file system with shared blocks it is done.
    if (code === 0) expect(tree.run("undo").code).toBe(0);
    else expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringContaining("lies on a drive that cannot do this") });
    expect(tree.files()).toEqual(before);
  });

  test("leaves what changed since the plan was made, and says so", () => {
    const tree = planned();
    appendFileSync(tree.at("photos/backup/falcon.jpg"), "x");
    rmSync(tree.at("photos/phone/flower.jpg"));
    appendFileSync(tree.at("photos/backup/IMG_2682.mov"), "x");
    const before = tree.files();
    const { code, stdout } = tree.run("apply", "plan.json", "--yes");
    expect(code).toBe(3);
    expect(stdout).toContain("photos/backup/falcon.jpg is not what it was when the plan was made");
    expect(stdout).toContain("photos/backup/flower.jpg: photos/phone/flower.jpg is no longer there");
    expect(stdout).toContain("photos/backup/IMG_2682.heic: photos/backup/IMG_2682.mov is not what it was");
    expect(tree.files()).toEqual(before);
  });

  test("leaves an extra that is its keeper by another name", () => {
    const tree = planned();
    rmSync(tree.at("photos/backup/falcon.jpg"));
    linkSync(tree.at("photos/phone/falcon.jpg"), tree.at("photos/backup/falcon.jpg"));
    expect(tree.run("apply", "plan.json", "--yes")).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("is already the same file as its keeper"),
    });
    expect(existsSync(tree.at("photos/backup/falcon.jpg"))).toBe(true);
  });

  test("leaves a companion that travels with a photo that stays", () => {
    const tree = planned();
    copyFileSync(PHOTOS.forest, tree.at("photos/backup/IMG_2682.jpg"));
    expect(tree.run("apply", "plan.json", "--yes").code).toBe(0);
    expect(Object.keys(tree.files("photos/backup"))).toContain("photos/backup/IMG_2682.mov");
  });

  test("touches nothing in protected folders", () => {
    const tree = planned("--protect", "photos/phone");
    const before = tree.files();
    symlinkSync(tree.at("photos/backup"), tree.at("alias"));
    const { code, stdout } = tree.run("apply", "plan.json", "--protect", "alias", "--yes");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("in protected folders") });
    expect(tree.files()).toEqual(before);
  });

  test("undo writes over nothing that has come since", () => {
    const tree = planned();
    tree.run("apply", "plan.json", "--yes");
    writeFileSync(tree.at("photos/backup/falcon.jpg"), "a new one");
    const { code, stdout } = tree.run("undo");
    expect(code).toBe(3);
    expect(stdout).toContain(
      "photos/backup/falcon.jpg was not brought back: it finds another file in its place. It lies at data/Trash/files/falcon.jpg",
    );
    expect(readFileSync(tree.at("photos/backup/falcon.jpg"), "utf8")).toBe("a new one");
    rmSync(tree.at("photos/backup/falcon.jpg"));
    rmSync(tree.at("library.db"));
    expect(tree.run("undo")).toMatchObject({ code: 0, stdout: expect.stringContaining("1 photo is as before") });
    expect(Object.keys(tree.files())).toEqual([...SAME_BYTES, ...REST].sort());
  });

  test("tells what came back that was thrown away before", () => {
    const tree = planned();
    tree.run("apply", "plan.json", "--yes");
    expect(tree.scan().stdout).not.toContain("removed before");
    copyFileSync(PHOTOS.falcon, tree.at("photos/backup/from the phone again.jpg"));
    expect(tree.scan().stdout).toContain("1 photo was removed before and is back.");
    expect(tree.run("report").stdout).toContain("1 photo was removed before and is back.");
  });

  test("goes by the real folders where the library was scanned by way of a link", () => {
    const tree = plantTree();
    symlinkSync(tree.at("photos"), tree.at("link"));
    expect(tree.run("scan", "link").code).toBe(0);
    tree.plan();
    const before = tree.files();
    expect(tree.run("apply", "plan.json", "--yes").code).toBe(0);
    expect(Object.keys(tree.files())).toEqual(REST);
    expect(tree.run("undo").code).toBe(0);
    expect(tree.files()).toEqual(before);
  });

  test("uses the trash of the mount that a photo lies on, a bind mount too", () => {
    const tree = planned();
    const before = tree.files();
    if (spawnSync("unshare", ["--mount", "true"]).status !== 0) return;
    const photos = tree.at("photos");
    const script = `mount --bind "${photos}" "${photos}" && exec "$@"`;
    const args = ["--mount", "sh", "-c", script, "sh", process.execPath, PROGRAM, "apply", "plan.json", "--yes"];
    expect(spawnSync("unshare", args, { cwd: tree.folder, env: tree.env, encoding: "utf8" })).toMatchObject({ status: 0 });
    expect(readdirSync(`${photos}/.Trash-${process.getuid?.()}/files`).length).toBe(4);
    expect(existsSync(tree.at("data"))).toBe(false);
    expect(tree.run("undo").code).toBe(0);
    expect(tree.files()).toEqual(before);
  });

  test("leaves everything as it was where the folder is read-only", () => {
    const tree = planned();
    const before = tree.files();
    const mount = spawnSync("unshare", ["--mount", "true"]);
    if (mount.status !== 0) return;
    const script = `mount --bind "${tree.at("photos")}" "${tree.at("photos")}" && mount -o remount,ro,bind "${tree.at("photos")}" && exec "$@"`;
    const args = ["--mount", "sh", "-c", script, "sh", process.execPath, PROGRAM, "apply", "plan.json", "--yes"];
    const run = spawnSync("unshare", args, { cwd: tree.folder, env: tree.env, encoding: "utf8" });
    expect(run.status, run.stderr).toBe(3);
    expect(tree.files()).toEqual(before);
  });
});
