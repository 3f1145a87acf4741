import { describe, expect, test } from "vitest";
import {
  compareKeepers,
  DEFAULT_RULES,
  inKeeperOrder,
  isProtected,
  type KeeperChoice,
  type KeeperReason,
  keeperReason,
} from "../../../src/core/duplicates/keeper.ts";
import { candidateOf, partedCompanions, RULE_NAMES, type RuleName, textsToCompare } from "../../../src/core/duplicates/merits.ts";
import { type ContentSketch, candidate, companionFile, content, frame, idOf, NO_EXIF, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const BY_DEFAULT: KeeperChoice = { rules: DEFAULT_RULES, protectedFolders: [] };
const SHOT = frame("2019:03:21 11:04:22");

/** A content and the names of what lies beside its photo. */
interface Side extends ContentSketch {
  readonly beside?: readonly string[];
}

function sideOf({ beside = [], ...sketch }: Side) {
  return candidate(sketch, beside);
}

/** The path of the better keeper and why it is. */
function duel(one: Side, other: Side, choice: Partial<KeeperChoice> = {}): readonly [string, KeeperReason] {
  const whole = { ...BY_DEFAULT, ...choice };
  const sides = [sideOf({ paths: ["/a/one.jpg"], ...one }), sideOf({ paths: ["/b/two.jpg"], ...other })] as const;
  const [better, worse] = [...sides].sort(compareKeepers(whole)) as [(typeof sides)[0], (typeof sides)[0]];
  return [better.photo.path, keeperReason(whole, better, worse)];
}

describe("the better keeper", () => {
  test.each<readonly [string, Side, Side, KeeperReason]>([
    ["its RAW", { exposure: SHOT, bytes: 9e6 }, { beside: ["/b/two.nef"] }, { rule: "companions", holdings: ["raw"] }],
    ["its film beside it", { exposure: SHOT, width: 9000 }, { beside: ["/b/two.mov"] }, { rule: "companions", holdings: ["film"] }],
    ["its film inside it", {}, { inside: ["film"] }, { rule: "companions", holdings: ["film"] }],
    ["a gain map inside it", {}, { inside: ["gain-map"] }, { rule: "companions", holdings: ["gain-map"] }],
    [
      "more that travels with it",
      { beside: ["/a/one.mov"] },
      { beside: ["/b/two.mov", "/b/two.xmp"] },
      { rule: "companions", holdings: ["edits"] },
    ],
    [
      "all that is named",
      {},
      { beside: ["/b/two.mov", "/b/two.cr2", "/b/two.aae", "/b/two.wav"] },
      { rule: "companions", holdings: ["raw", "film", "edits", "sound"] },
    ],
    ["the camera's EXIF, whatever its pixels", { width: 9000, exifFields: 90 }, { exposure: SHOT }, { rule: "exif", tells: ["camera"] }],
    ["its capture time", { exposure: { ...SHOT, takenAt: null } }, { exposure: SHOT }, { rule: "exif", tells: ["capture-time"] }],
    ["its place", { exposure: SHOT, width: 9000 }, { exposure: SHOT, hasPlace: true }, { rule: "exif", tells: ["place"] }],
    [
      "time and place",
      { exposure: { ...SHOT, takenAt: null } },
      { exposure: SHOT, hasPlace: true },
      { rule: "exif", tells: ["capture-time", "place"] },
    ],
    ["the format of the camera that is named", { exposure: SHOT, width: 9000 }, { exposure: SHOT, format: "heic" }, { rule: "format" }],
    ["JPEG before a PNG of it", { exposure: SHOT, format: "png" }, { exposure: SHOT }, { rule: "format" }],
    ["more bits", { width: 9000 }, { bits: 16 }, { rule: "depth" }],
    ["a name that is no copy's", { paths: ["/a/IMG_1 (1).jpg"], bytes: 9e6 }, {}, { rule: "name" }],
    ["fewer marks of a copy", { paths: ["/a/Screenshot_1-export.jpg"] }, { paths: ["/b/two.jpg"] }, { rule: "name" }],
    ["been saved by no editor", { exposure: SHOT, editor: true, bytes: 9e6 }, { exposure: SHOT, editor: false }, { rule: "untouched" }],
    ["more pixels, however few its bytes", { width: 100, bytes: 9e6 }, { width: 4000, bytes: 1e6 }, { rule: "resolution" }],
    ["Google's record, where all else is equal", { modifiedMs: 1000 }, { beside: ["/b/two.jpg.json"] }, { rule: "record" }],
    ["more bytes at the same size", { bytes: 2e6 }, { bytes: 3e6 }, { rule: "bytes" }],
    ["an older file", { modifiedMs: 2000 }, { modifiedMs: 1000 }, { rule: "age" }],
    ["a shorter path", { paths: ["/a/deeper/two.jpg"] }, {}, { rule: "shorter-path" }],
    ["the first path by name", { paths: ["/c/two.jpg"] }, {}, { rule: "path-order" }],
  ])("has %s", (_, worse, better, reason) => {
    expect(duel(worse, better)).toEqual(["/b/two.jpg", reason]);
    expect(duel({ ...better, paths: ["/b/two.jpg"] }, { paths: ["/a/one.jpg"], ...worse })).toEqual(["/b/two.jpg", reason]);
  });

  test("is no shrunken copy with a record that repeats what the camera's file says", () => {
    expect(duel({ exposure: SHOT }, { exposure: SHOT, width: 800, beside: ["/b/two.jpg.json"] })).toEqual([
      "/a/one.jpg",
      { rule: "resolution" },
    ]);
  });

  test("may be a PNG, where no camera is named: a screen has no other first file", () => {
    expect(duel({ paths: ["/a/one-export.jpg"], bytes: 9e6 }, { paths: ["/b/two.png"], format: "png" })[0]).toBe("/b/two.png");
  });

  test("is not chosen by a thumbnail beside it", () => {
    expect(duel({ beside: ["/a/one.thm"] }, { modifiedMs: 1000 })).toEqual(["/b/two.jpg", { rule: "age" }]);
  });

  test("is not chosen by what nobody has read yet: that lies between yes and no", () => {
    const unread = { exposure: SHOT, bits: null, hasPlace: null, editor: null, inside: null } as const;
    expect(duel(unread, { ...unread, width: 9000 })).toEqual(["/b/two.jpg", { rule: "resolution" }]);
    expect(duel(unread, { exposure: SHOT, hasPlace: false, width: 9000 })).toEqual(["/a/one.jpg", { rule: "exif", tells: ["place"] }]);
    expect(duel(unread, { exposure: SHOT, hasPlace: true })).toEqual(["/b/two.jpg", { rule: "exif", tells: ["place"] }]);
    expect(duel({ ...unread, exposure: NO_EXIF, hasPlace: false }, { width: 9000 })).toEqual(["/b/two.jpg", { rule: "resolution" }]);
  });

  test("counts pixels, not edges: a panorama may be wider and have fewer", () => {
    expect(duel({ width: 8000, height: 1000 }, { width: 4000, height: 3000 })[0]).toBe("/b/two.jpg");
  });

  test("lies in the folder that a rule names, where that rule stands first", () => {
    const rules = [{ rule: "folder", folder: "/b" } as const, ...DEFAULT_RULES];
    expect(duel({ width: 9000 }, {}, { rules })).toEqual(["/b/two.jpg", { rule: "folder", folder: "/b" }]);
    expect(duel({ width: 9000 }, {}, { rules: [...DEFAULT_RULES, { rule: "folder", folder: "/b" }] })[0]).toBe("/a/one.jpg");
  });

  test("is protected, whatever the rules say", () => {
    expect(duel({ width: 9000 }, {}, { protectedFolders: ["/b"] })).toEqual(["/b/two.jpg", { rule: "protected-folder" }]);
  });

  test("is told by the rules where both are protected", () => {
    expect(duel({ width: 9000 }, {}, { protectedFolders: ["/a", "/b"] })).toEqual(["/a/one.jpg", { rule: "resolution" }]);
  });

  test("is told by the rules in their order", () => {
    const order = (...names: RuleName[]) => ({ rules: names.map((rule) => ({ rule })) });
    const [large, old] = [{ width: 9000, modifiedMs: 2000 }, { modifiedMs: 1000 }];
    expect(duel(large, old, order("resolution", "age"))).toEqual(["/a/one.jpg", { rule: "resolution" }]);
    expect(duel(large, old, order("age", "resolution"))).toEqual(["/b/two.jpg", { rule: "age" }]);
  });
});

test("a photo is protected below a protected folder and nowhere else", () => {
  const choice = { ...BY_DEFAULT, protectedFolders: ["/originals", "/albums/best"] };
  const shielded = (path: string) => isProtected(choice, candidate({ paths: [path] }).photo);
  expect(["/originals/a.jpg", "/albums/best/2019/a.jpg"].map(shielded)).toEqual([true, true]);
  expect(["/originals2/a.jpg", "/albums/a.jpg"].map(shielded)).toEqual([false, false]);
});

describe("companions that would be left alone", () => {
  const photos = (one: readonly string[], other: readonly string[], numbers = [1, 1]) =>
    [one, other].map((beside, at) => {
      const whole = content(numbers[at] as number);
      return {
        ...candidateOf(whole, whole.photos[0] as (typeof whole.photos)[0], beside.map(companionFile)),
        content: { ...whole, id: idOf(numbers[at] as number) },
      };
    }) as [ReturnType<typeof candidate>, ReturnType<typeof candidate>];
  const parted = (one: readonly string[], other: readonly string[], numbers?: number[]) =>
    partedCompanions(...photos(one, other, numbers)).map(({ path }) => path);

  test("are those of a kind that the other photo has none of", () => {
    expect(parted(["/a/1.mov", "/a/1.xmp"], ["/b/1.mov"])).toEqual(["/a/1.xmp"]);
    expect(parted(["/a/1.jpg.json"], [])).toEqual(["/a/1.jpg.json"]);
  });

  test("are texts unless one with the same bytes stays, whatever the photos are to each other", () => {
    const [one, other] = photos(["/a/1.jpg.json"], ["/b/1.jpg.json"], [1, 2]);
    expect(textsToCompare(one, other).map((texts) => texts.map(({ path }) => path))).toEqual([["/a/1.jpg.json", "/b/1.jpg.json"]]);
    expect(partedCompanions(one, other, () => true)).toEqual([]);
    expect(partedCompanions(one, other, () => false).map(({ path }) => path)).toEqual(["/a/1.jpg.json"]);
    expect(textsToCompare(...photos(["/a/1.nef", "/a/1.xmp"], ["/b/1.nef", "/a/1.xmp"]))).toEqual([]);
  });

  test("are not those that both photos share, nor thumbnails", () => {
    expect(parted(["/a/1.nef", "/a/1.thm"], ["/a/1.nef"], [1, 2])).toEqual([]);
  });

  test("are those of a near copy though a file of their kind and size lies beside the other: it may be another picture's", () => {
    expect(parted(["/a/1.nef"], ["/b/2.nef"], [1, 2])).toEqual(["/a/1.nef"]);
  });
});

describe("any order of rules", () => {
  const random = seededRandom(1);
  const pick = <Item>(...items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const some = <Item>(...items: readonly Item[]) => items.filter(() => random() < 0.3);
  const rules = () => [{ rule: "folder", folder: "/best" } as const, ...shuffled(RULE_NAMES, random).map((rule) => ({ rule }))];
  const drawn = (index: number) => {
    const path = `${pick("/best", "/originals", "/photos")}/${pick("", "a/")}${index}${pick("", " (1)", "-edited")}`;
    return sideOf({
      paths: [`${path}.jpg`],
      width: pick(1000, 4000),
      bytes: pick(1e6, 2e6),
      format: pick("jpeg", "heic", "png", "webp", "tiff"),
      exposure: pick(NO_EXIF, SHOT, { ...SHOT, takenAt: null }, { ...SHOT, camera: null }),
      bits: pick(8, 16, null),
      hasPlace: pick(true, false, null),
      editor: pick(true, false, null),
      inside: pick([], ["film"], ["gain-map"], null),
      modifiedMs: pick(1000, 2000),
      beside: some(`${path}.mov`, `${path}.nef`, `${path}.jpg.json`, `${path}.xmp`, `${path}.thm`),
    });
  };

  test("is total and the same both ways: the same photos come out in the same order however they came in", () => {
    for (let round = 0; round < 100; round++) {
      const choice: KeeperChoice = { rules: round % 2 === 0 ? DEFAULT_RULES : rules(), protectedFolders: ["/originals"] };
      const photos = Array.from({ length: 20 }, (_, index) => drawn(index));
      const sorted = [...photos].sort(compareKeepers(choice));
      expect(shuffled(photos, random).sort(compareKeepers(choice))).toEqual(sorted);
      const contents = photos.map((photo, index) => ({ ...photo.content, id: idOf(index + 1), candidates: [photo] }));
      const ordered = [...inKeeperOrder(shuffled(contents, random), choice).values()];
      expect(ordered.map(({ candidates }) => candidates[0])).toEqual(sorted);
      for (const [i, one] of sorted.entries()) {
        for (const other of sorted.slice(i + 1)) {
          expect(compareKeepers(choice)(one, other)).toBeLessThan(0);
          expect(compareKeepers(choice)(other, one)).toBeGreaterThan(0);
          expect(keeperReason(choice, one, other)).toEqual(keeperReason(choice, other, one));
        }
      }
    }
  });
});
