/**
 * What stands in the way of a clean-up on real disks: names that systems confuse or cannot lengthen, things that are no files, trashes that
 * were emptied, folders that went away, and folders that somebody exchanged for a link.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { PHOTOS } from "../../photos.ts";
import { plantTree, type Tree } from "./tree.ts";

/** @param more files of the tree by name, beside the usual ones, with what is in them */
function planned(more: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Tree {
  const tree = plantTree();
  for (const [name, photo] of Object.entries(more)) cpSync(photo, tree.at(name), { preserveTimestamps: true });
  expect(tree.scan().code).toBe(0);
  expect(tree.plan(...args).stderr).toContain("planned in plan.json");
  return tree;
}

/** Applies, looks whether all contents are there still, takes back, and looks whether all is as it was. */
function applyAndUndo(tree: Tree, elsewhere: readonly string[] = [], ...args: readonly string[]) {
  const [before, contents] = [tree.files(), tree.contents()];
  const run = tree.run("apply", "plan.json", "--yes", ...args);
  const now = tree.contents(...elsewhere);
  expect([...contents].filter((content) => !now.has(content))).toEqual([]);
  const between = Object.keys(tree.files());
  expect(tree.run("undo").code).toBe(0);
  expect(tree.files()).toEqual(before);
  return { run, between };
}

test("names that differ in how a letter is composed are two files", () => {
  const [composed, decomposed] = ["photos/backup/caf\u00e9.jpg", "photos/backup/cafe\u0301.jpg"];
  const tree = planned({ [composed]: PHOTOS.forest, [decomposed]: PHOTOS.forest });
  const { run, between } = applyAndUndo(tree);
  expect(run.code).toBe(0);
  expect([composed, decomposed].filter((name) => between.includes(name))).toHaveLength(1);
});

test("names as long as the system allows go to the trash and come back", () => {
  const long = `${"a".repeat(251)}.jpg`;
  const tree = planned({ [`photos/backup/${long}`]: PHOTOS.forest, "photos/phone/short.jpg": PHOTOS.forest });
  const { run, between } = applyAndUndo(tree);
  expect([run.code, run.stderr]).toEqual([0, ""]);
  expect(between.some((name) => name.includes("aaa"))).toBe(false);
});

test("two extras of one long name from two folders go to one trash", () => {
  const long = `${"\u{1f98a}".repeat(62)}.jpg`;
  const tree = plantTree();
  for (const folder of ["one", "two"]) mkdirSync(tree.at(`photos/backup/${folder}`));
  cpSync(PHOTOS.forest, tree.at("photos/phone/short.jpg"));
  for (const folder of ["one", "two"]) cpSync(PHOTOS.forest, tree.at(`photos/backup/${folder}/${long}`));
  tree.scan();
  tree.plan();
  const { run, between } = applyAndUndo(tree);
  expect([run.code, run.stderr]).toEqual([0, ""]);
  expect(between.filter((name) => name.includes("/one/") || name.includes("/two/"))).toEqual([]);
});

/** No photo any more, and each by its own way. */
const STAND_INS: Readonly<Record<string, (path: string) => unknown>> = {
  "falcon.jpg": (path) => expect(spawnSync("mkfifo", [path]).status).toBe(0),
  "flower.jpg": (path) => mkdirSync(path),
  "IMG_2682.heic": (path) => symlinkSync(path.replace("backup", "phone"), path),
  "IMG_2682.mov": (path) => symlinkSync("nowhere.mov", path),
};

test.each(["backup", "phone"])(
  "a pipe, a folder and links in the places of the photos of %s are left as they are, and so are the others",
  (side) => {
    const tree = planned();
    for (const [name, put] of Object.entries(STAND_INS)) {
      renameSync(tree.at(`photos/${side}/${name}`), tree.at(`${side}-${name}`));
      put(tree.at(`photos/${side}/${name}`));
    }
    const before = tree.files();
    expect(tree.run("apply", "plan.json", "--yes").code).toBeOneOf([2, 3]);
    expect(tree.files()).toEqual(before);
    for (const name of Object.keys(STAND_INS)) expect(lstatSync(tree.at(`photos/${side}/${name}`)).isFile()).toBe(false);
  },
);

test("a folder that was exchanged for a link to another with the same photos, a protected one, loses nothing of it", () => {
  const tree = plantTree();
  mkdirSync(tree.at("photos/album"));
  for (const name of ["falcon.jpg", "flower.jpg"]) cpSync(tree.at(`photos/phone/${name}`), tree.at(`photos/album/${name}`));
  tree.scan();
  tree.plan("--protect", tree.at("photos/album"));
  const album = tree.files("photos/album");
  expect(Object.keys(album)).toHaveLength(2);
  rmSync(tree.at("photos/backup"), { recursive: true });
  symlinkSync("album", tree.at("photos/backup"));
  expect(tree.run("apply", "plan.json", "--yes", "--protect", tree.at("photos/album")).code).not.toBe(0);
  expect(tree.files("photos/album")).toEqual(album);
  expect(tree.run("apply", "plan.json", "--yes").code).not.toBe(0);
  expect(tree.files("photos/album")).toEqual(album);
});

test("photos that nobody may write to, and of a time before 1970, come back with their rights and times", () => {
  const tree = plantTree();
  for (const name of ["falcon.jpg", "flower.jpg"]) chmodSync(tree.at(`photos/backup/${name}`), 0o444);
  chmodSync(tree.at("photos/backup/IMG_2682.heic"), 0o4750);
  utimesSync(tree.at("photos/backup/IMG_2682.heic"), -86_400, "-86400.25");
  tree.scan();
  tree.plan();
  const target = `/dev/shm/dupfind-test-${process.pid}-rights`; // another drive
  onTestFinished(() => rmSync(target, { recursive: true, force: true }));
  expect(applyAndUndo(tree, [target], "--action", "move", "--to", target).run.code).toBe(0);
  expect(applyAndUndo(tree, [], "--action", "hardlink").run.code).toBe(0);
});

test("undo makes the folders anew that went away meanwhile", () => {
  const tree = planned();
  const before = tree.files();
  tree.run("apply", "plan.json", "--yes", "--class", "same-picture");
  rmSync(tree.at("photos/backup"), { recursive: true });
  expect(tree.run("undo").code).toBe(0);
  expect(tree.files()).toEqual(before);
});

test("undo of what was emptied from the trash says what is lost, brings back the rest, and says so again", () => {
  const tree = planned();
  const before = tree.files();
  tree.run("apply", "plan.json", "--yes");
  rmSync(tree.at("data/Trash/files/falcon.jpg"));
  rmSync(tree.at("data/Trash/info/falcon.jpg.trashinfo"));
  for (let time = 0; time < 2; time++) {
    const run = tree.run("undo", "1");
    expect(run.code, run.stdout + run.stderr).toBe(3);
    expect(run.stdout + run.stderr).toContain("falcon.jpg");
    const { "photos/backup/falcon.jpg": lost, ...rest } = before;
    expect(lost).toBeDefined();
    expect(tree.files()).toEqual(rest);
  }
  expect(readFileSync(tree.at("photos/phone/falcon.jpg")).equals(readFileSync(PHOTOS.falcon))).toBe(true);
});

test("undo brings back no other file that lies under the name in the trash", () => {
  const tree = planned();
  tree.run("apply", "plan.json", "--yes");
  writeFileSync(tree.at("data/Trash/files/falcon.jpg"), "another");
  expect(tree.run("undo").code).toBe(3);
  expect(existsSync(tree.at("photos/backup/falcon.jpg"))).toBe(false);
  expect(readFileSync(tree.at("data/Trash/files/falcon.jpg"), "utf8")).toBe("another");
});

test("a keeper that is the extra by a hard link made since the plan is told from it", () => {
  const tree = planned();
  rmSync(tree.at("photos/phone/falcon.jpg"));
  linkSync(tree.at("photos/backup/falcon.jpg"), tree.at("photos/phone/falcon.jpg"));
  const before = tree.files();
  const run = tree.run("apply", "plan.json", "--yes");
  expect(run.code).toBeOneOf([2, 3]);
  expect(Object.keys(tree.files())).toEqual(expect.arrayContaining(["photos/backup/falcon.jpg", "photos/phone/falcon.jpg"]));
  if (run.code === 3) tree.run("undo");
  expect(tree.files()).toEqual(before);
});

test("the trash of a folder that is scanned whole is no part of the library", () => {
  const tree = planned();
  tree.run("apply", "plan.json", "--yes");
  expect(readdirSync(tree.at("data/Trash/files")).length).toBeGreaterThan(0);
  expect(tree.run("scan", tree.folder).code).toBe(0);
  const listed = JSON.parse(tree.run("report", "--json").stdout).sets.flatMap((set: { keeper: { path: string } }) => set.keeper.path);
  expect(listed.filter((path: string) => path.includes("/Trash/"))).toEqual([]);
});
