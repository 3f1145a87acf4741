import { describe, expect, test } from "vitest";
import {
  compareKeepers,
  DEFAULT_RULES,
  isProtected,
  type KeeperChoice,
  keeperReason,
  type RuleName,
} from "../../../src/core/duplicates/keeper.ts";
import { type ContentSketch, candidate, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const BY_DEFAULT: KeeperChoice = { rules: DEFAULT_RULES, protectedFolders: [] };

/** The path of the better keeper and why it is. */
function duel(one: ContentSketch, other: ContentSketch, choice: Partial<KeeperChoice> = {}): readonly [string, string] {
  const whole = { ...BY_DEFAULT, ...choice };
  const sides = [candidate({ paths: ["/a/one.jpg"], ...one }), candidate({ paths: ["/b/two.jpg"], ...other })] as const;
  const [better, worse] = [...sides].sort(compareKeepers(whole)) as [(typeof sides)[0], (typeof sides)[0]];
  return [better.photo.path, keeperReason(whole, better, worse).rule];
}

describe("the better keeper", () => {
  test.each<readonly [string, ContentSketch, ContentSketch, string]>([
    ["more pixels, however few its bytes", { width: 100, bytes: 9e6 }, { width: 4000, bytes: 1e6 }, "resolution"],
    ["more bytes at the same size", { bytes: 2e6 }, { bytes: 3e6 }, "bytes"],
    ["a format nearer the camera's", { format: "webp" }, { format: "jpeg" }, "format"],
    ["more EXIF", { exifFields: 3 }, { exifFields: 40 }, "exif"],
    ["an older file", { modifiedMs: 2000 }, { modifiedMs: 1000 }, "age"],
    ["a shorter path", { paths: ["/a/copies/two.jpg"] }, {}, "shorter-path"],
    ["the first path by name", { paths: ["/c/two.jpg"] }, {}, "path-order"],
  ])("has %s", (_, worse, better, reason) => {
    expect(duel(worse, better)).toEqual(["/b/two.jpg", reason]);
    expect(duel({ ...better, paths: ["/b/two.jpg"] }, { paths: ["/a/one.jpg"], ...worse })).toEqual(["/b/two.jpg", reason]);
  });

  test("counts pixels, not edges: a panorama may be wider and have fewer", () => {
    expect(duel({ width: 8000, height: 1000 }, { width: 4000, height: 3000 })[0]).toBe("/b/two.jpg");
  });

  test("lies in the folder that a rule names, where that rule stands first", () => {
    const rules = [{ rule: "folder", folder: "/b" } as const, ...DEFAULT_RULES];
    expect(duel({ width: 9000 }, {}, { rules })).toEqual(["/b/two.jpg", "folder"]);
    expect(duel({ width: 9000 }, {}, { rules: [...DEFAULT_RULES, { rule: "folder", folder: "/b" }] })[0]).toBe("/a/one.jpg");
  });

  test("is protected, whatever the rules say", () => {
    expect(duel({ width: 9000 }, {}, { protectedFolders: ["/b"] })).toEqual(["/b/two.jpg", "protected-folder"]);
  });

  test("is told by the rules where both are protected", () => {
    expect(duel({ width: 9000 }, {}, { protectedFolders: ["/a", "/b"] })).toEqual(["/a/one.jpg", "resolution"]);
  });

  test("is told by the rules in their order", () => {
    const order = (...names: RuleName[]) => ({ rules: names.map((rule) => ({ rule })) });
    const [large, old] = [{ width: 9000, modifiedMs: 2000 }, { modifiedMs: 1000 }];
    expect(duel(large, old, order("resolution", "age"))).toEqual(["/a/one.jpg", "resolution"]);
    expect(duel(large, old, order("age", "resolution"))).toEqual(["/b/two.jpg", "age"]);
  });
});

test("a photo is protected below a protected folder and nowhere else", () => {
  const choice = { ...BY_DEFAULT, protectedFolders: ["/originals", "/albums/best"] };
  const shielded = (path: string) => isProtected(choice, candidate({ paths: [path] }).photo);
  expect(["/originals/a.jpg", "/albums/best/2019/a.jpg"].map(shielded)).toEqual([true, true]);
  expect(["/originals2/a.jpg", "/albums/a.jpg"].map(shielded)).toEqual([false, false]);
});

test("the order is total: the same photos come out in the same order however they came in", () => {
  const random = seededRandom(1);
  const pick = <Item>(...items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const choice: KeeperChoice = { rules: [{ rule: "folder", folder: "/best" }, ...DEFAULT_RULES], protectedFolders: ["/originals"] };
  for (let round = 0; round < 50; round++) {
    const photos = Array.from({ length: 20 }, (_, i) =>
      candidate({
        paths: [`${pick("/best", "/originals", "/photos")}/${pick("", "a/")}${i}.jpg`],
        width: pick(1000, 4000),
        bytes: pick(1e6, 2e6),
        format: pick("jpeg", "heic", "png"),
        exifFields: pick(0, 40),
        modifiedMs: pick(1000, 2000),
      }),
    );
    const sorted = [...photos].sort(compareKeepers(choice));
    expect(shuffled(photos, random).sort(compareKeepers(choice))).toEqual(sorted);
    for (const [i, one] of sorted.entries()) {
      for (const other of sorted.slice(i + 1)) {
        expect(compareKeepers(choice)(one, other)).toBeLessThan(0);
        expect(compareKeepers(choice)(other, one)).toBeGreaterThan(0);
      }
    }
  }
});
