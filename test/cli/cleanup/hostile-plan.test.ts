/**
 * Plans that somebody edited, by mistake or to do harm.
 */
import { copyFileSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PHOTOS } from "../../photos.ts";
import { lastingFolder } from "../../temporary-folder.ts";
import { plantTree, type Tree } from "./tree.ts";

// biome-ignore lint/suspicious/noExplicitAny: an enemy writes what they like
type Plan = any;

const EDITS: readonly (readonly [name: string, edit: (plan: Plan, tree: Tree) => unknown, says: RegExp])[] = [
  [
    "with .. in a path",
    (plan, tree) => (plan.steps[0].extra.path = `${tree.at("photos")}/../outside/a.jpg`),
    /absolute path without \. and \.\./,
  ],
  ["with a relative path", (plan) => (plan.steps[0].extra.path = "photos/backup/falcon.jpg"), /absolute path/],
  [
    "with a path outside the library",
    (plan, tree) => (plan.steps[0].extra.path = tree.at("outside/a.jpg")),
    /lies in no folder of the library/,
  ],
  ["through a link out of the library", (plan, tree) => (plan.steps[0].extra.path = tree.at("photos/way-out/a.jpg")), /stands for/],
  [
    "with a keeper that goes too",
    (plan) => (plan.steps[1].keeper = { ...plan.steps[1].keeper, path: plan.steps[0].extra.path }),
    /is the keeper of set/,
  ],
  [
    "with a keeper that goes by a hard link's name",
    (plan, tree) => (plan.steps[0].extra.path = tree.at("photos/backup/linked.jpg")),
    /by another name/,
  ],
  ["with an extra that goes twice", (plan) => plan.steps.push({ ...plan.steps[0], set: 99 }), /goes twice/],
  ["with a photo that is its own keeper", (plan) => (plan.steps[0].extra = { ...plan.steps[0].keeper, companions: [] }), /cannot go/],
  ["with two keepers in a set", (plan) => (plan.steps[1].set = plan.steps[0].set), /has two keepers/],
  [
    "with a companion of another photo",
    (plan, tree) => (plan.steps[0].extra.companions = [{ path: tree.at("photos/phone/other.mov"), bytes: 1 }]),
    /does not travel with/,
  ],
  [
    "with any file as a companion",
    (plan, tree) => (plan.steps[0].extra.companions = [{ path: tree.at("library.db"), bytes: 1 }]),
    /does not travel with/,
  ],
  ["with what is no photo", (plan, tree) => (plan.steps[0].extra.path = tree.at("photos/backup/notes.txt")), /is no photo by its name/],
  [
    "with what is no photo, and has no ending that would say so",
    (plan, tree) => (plan.steps[0].extra.path = tree.at("photos/backup/letters")),
    /is no photo by its name, nor by its first bytes/,
  ],
  ["with a hidden file", (plan, tree) => (plan.steps[0].extra.path = tree.at("photos/.hidden/a.jpg")), /lies in no folder of the library/],
  ["with other bytes called the same", (plan) => (plan.steps[0].extra.sha256 = "0".repeat(64)), /is said to have the keeper's bytes/],
  ["with an action that there is none of", (plan) => (plan.steps[0].action = "delete"), /"trash" or "move"/],
  ["with a field that means nothing", (plan) => (plan.steps[0].force = true), /means nothing here/],
  ["of another version", (plan) => (plan.schemaVersion = 2), /schemaVersion/],
  ["of another library", (plan) => (plan.library = "/elsewhere/library.db"), /is a plan for the library/],
];

/** One for all: a plan that is refused touches nothing. */
let tree: Tree;
let written: string;

beforeAll(() => {
  tree = plantTree(lastingFolder());
  for (const folder of ["outside", "photos/.hidden"]) mkdirSync(tree.at(folder));
  for (const name of ["outside/a.jpg", "photos/.hidden/a.jpg", "photos/backup/notes.txt"]) copyFileSync(PHOTOS.falcon, tree.at(name));
  writeFileSync(tree.at("photos/backup/letters"), "Dear Mr. Vernon");
  symlinkSync(tree.at("outside"), tree.at("photos/way-out"));
  tree.scan();
  tree.plan();
  const plan: Plan = JSON.parse(readFileSync(tree.at("plan.json"), "utf8"));
  plan.steps = plan.steps.filter((step: Plan) => step.class === "same-bytes" && step.extra.companions.length === 0);
  linkSync(plan.steps[1].keeper.path, tree.at("photos/backup/linked.jpg"));
  written = JSON.stringify(plan);
});
afterAll(() => rmSync(tree.folder, { recursive: true }));

function apply(plan: Plan) {
  writeFileSync(tree.at("edited.json"), JSON.stringify(plan));
  const before = tree.files();
  const run = tree.run("apply", "edited.json", "--yes", "--class", "same-picture");
  expect(tree.files()).toEqual(before);
  return run;
}

describe("a plan that was edited by an enemy", () => {
  test.each(EDITS)("%s is refused whole", (_, edit, says) => {
    const plan: Plan = JSON.parse(written);
    edit(plan, tree);
    const { code, stderr } = apply(plan);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(says) });
  });

  test("that calls other pictures equal in their pixels leaves them", () => {
    const plan: Plan = JSON.parse(written);
    const [first, second] = plan.steps;
    expect(apply({ ...plan, steps: [{ ...first, class: "same-pixels", keeper: second.keeper }] })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("whose pixels are not known to be equal"),
    });
  });

  test("that is no JSON, or nothing that can be read, is refused", () => {
    writeFileSync(tree.at("torn.json"), "{");
    for (const name of ["torn.json", "photos", "none.json"]) expect(tree.run("apply", name, "--yes").code, name).toBe(2);
  });
});
