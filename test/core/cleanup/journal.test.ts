import { describe, expect, test } from "vitest";
import { decideLinkBack, decideMoveBack } from "../../../src/core/cleanup/bring-back.ts";
import {
  type FileRecord,
  type JournalEntry,
  type LinkDeed,
  nextRun,
  parseEntry,
  type Relocation,
  runsOf,
  type StepState,
  undoableSteps,
  unfinishedSteps,
} from "../../../src/core/cleanup/journal.ts";
import type { Sight } from "../../../src/core/cleanup/ports.ts";
import { countReturned, removedContents } from "../../../src/core/cleanup/removed.ts";
import type { HeldContent } from "../../../src/core/library/contents.ts";
import { FormFault } from "../../../src/core/text/json-form.ts";
import { type ContentHash, contentHash, photoPath } from "../../../src/core/units.ts";

const HASH = contentHash("ab".repeat(32));
const FILE: FileRecord = { sha256: HASH, bytes: 3, modifiedNs: "1500000000000000001", mode: 0o100644, uid: 1, gid: 1, fileId: "1:2" };
const MOVE: Relocation = {
  from: photoPath("/a/x.jpg"),
  to: photoPath("/t/x.jpg"),
  temporary: photoPath("/t/.x.part"),
  note: null,
  file: FILE,
};
const LINK: LinkDeed = {
  kind: "link",
  how: "hardlink",
  path: photoPath("/a/x.jpg"),
  keeper: photoPath("/k/x.jpg"),
  temporary: photoPath("/a/.x.part"),
  file: FILE,
};

const begin = (run: number, step: number, stays: readonly string[] = []): JournalEntry => ({
  entry: "begin",
  run,
  step,
  action: "trash",
  class: "same-bytes",
  keeper: { path: photoPath("/k/x.jpg"), sha256: HASH },
  stays: stays.map(photoPath),
  deed: { kind: "move", files: [MOVE] },
});
const run = (number: number): JournalEntry => ({ entry: "run", run: number, at: "2026-11-29T00:00:00Z", plan: "/p.json", steps: 2 });

describe("a journal", () => {
  test("comes to the state of each step, by what was written last of it", () => {
    const entries: readonly JournalEntry[] = [
      run(1),
      begin(1, 1),
      { entry: "done", run: 1, step: 1 },
      begin(1, 2),
      { entry: "rolled-back", run: 1, step: 2 },
      run(2),
      begin(2, 1),
      { entry: "done", run: 2, step: 1 },
      { entry: "undo", run: 2, step: 1 },
      begin(2, 2),
      { entry: "done", run: 7, step: 1 },
    ];
    const runs = runsOf(entries.map((entry) => parseEntry(JSON.parse(JSON.stringify(entry)))));
    expect(runs.map(({ steps }) => steps.map(({ state }) => state))).toEqual([
      ["done", "rolled-back"],
      ["undoing", "begun"],
    ]);
    expect(unfinishedSteps(runs).map((step) => [step.run, step.step])).toEqual([[2, 2]]);
    expect(runs.map((one) => undoableSteps(one).map(({ step }) => step))).toEqual([[1], [2, 1]]);
    expect(nextRun(runs)).toBe(3);
    expect(nextRun([])).toBe(1);
  });

  test.each<readonly [string, object]>([
    ["another entry", { entry: "deleted", run: 1, step: 1 }],
    ["a relative path", { ...begin(1, 1), deed: { kind: "move", files: [{ ...MOVE, from: "x.jpg" }] } }],
    ["a path that leads up", { ...begin(1, 1), deed: { kind: "move", files: [{ ...MOVE, to: "/t/../x.jpg" }] } }],
  ])("does not take %s for one of its own", (_, entry) => {
    expect(() => parseEntry(entry)).toThrow(FormFault);
  });
});

describe("the way back", () => {
  const none: Sight = { kind: "none" };
  const ours: Sight = { kind: "file", file: FILE };
  const copy: Sight = { kind: "file", file: { ...FILE, fileId: "1:3" } };
  const other: Sight = { kind: "file", file: { ...FILE, sha256: contentHash("cd".repeat(32)) } };
  const link: Sight = { kind: "other" };
  const broken: Sight = { kind: "unreadable", why: "EIO" };

  test.each<readonly [from: Sight, to: Sight, state: StepState, string]>([
    [none, ours, "done", "bring"],
    [none, copy, "begun", "bring"],
    [ours, none, "done", "nothing-to-do"],
    [ours, ours, "done", "drop-copy"],
    [ours, copy, "begun", "drop-copy"],
    [ours, copy, "done", "nothing-to-do"],
    [other, ours, "done", "place-taken"],
    [link, ours, "begun", "place-taken"],
    [broken, ours, "done", "unreadable"],
    [none, broken, "done", "unreadable"],
    [none, none, "done", "not-found"],
    [none, other, "undoing", "not-found"],
    [other, none, "begun", "nothing-to-do"],
    [other, none, "done", "not-found"],
  ])("of a file (%#) is decided by what stands at both places", (from, to, state, decision) => {
    expect(decideMoveBack(MOVE, from, to, state)).toBe(decision);
  });

  test("of a link parts what is not the very file with its marks", () => {
    expect(decideLinkBack(LINK, ours)).toBe("nothing-to-do");
    expect(decideLinkBack(LINK, copy)).toBe("part");
    expect(decideLinkBack(LINK, { kind: "file", file: { ...FILE, modifiedNs: "7" } })).toBe("part");
    expect([none, other, link, broken].map((sight) => decideLinkBack(LINK, sight))).toEqual([
      "not-found",
      "place-taken",
      "place-taken",
      "unreadable",
    ]);
  });
});

describe("what was thrown away", () => {
  const held = (...paths: readonly string[]): ReadonlyMap<ContentHash, HeldContent> =>
    new Map([
      [HASH, { id: 1 as HeldContent["id"], pixelsHash: null, photos: paths.map((path) => ({ path: photoPath(path), fileId: path })) }],
    ]);
  const removed = (...entries: readonly JournalEntry[]) => removedContents(runsOf([run(1), begin(1, 1, ["/safe/x.jpg"]), ...entries]));
  const done: JournalEntry = { entry: "done", run: 1, step: 1 };

  test("is told from its keeper and from what was to stay, be they renamed or not", () => {
    expect(countReturned(removed(done), held("/k/x.jpg", "/safe/x.jpg"))).toBe(0);
    expect(countReturned(removed(done), held("/k/renamed.jpg", "/safe/x.jpg"))).toBe(0);
    expect(countReturned(removed(done), held("/a/x.jpg", "/k/x.jpg", "/phone/x.jpg", "/safe/x.jpg"))).toBe(2);
    expect(countReturned(removed(done), new Map())).toBe(0);
  });

  test("is forgotten where it was brought back or never went", () => {
    expect(removed().size).toBe(0);
    expect(removed(done, { entry: "undo", run: 1, step: 1 }, { entry: "undone", run: 1, step: 1 }).size).toBe(0);
  });
});
