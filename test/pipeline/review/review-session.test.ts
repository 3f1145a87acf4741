import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planFaults } from "../../../src/core/cleanup/parse-plan.ts";
import { planCleanup } from "../../../src/core/cleanup/plan.ts";
import { type Decision, standingDecisions } from "../../../src/core/decisions/decisions.ts";
import { EXTRA_CLASSES } from "../../../src/core/duplicates/classes.ts";
import type { DuplicateSet } from "../../../src/core/duplicates/duplicate-sets.ts";
import { parseReviewRecord } from "../../../src/core/review/choices.ts";
import { pairOf, type ReviewScope } from "../../../src/core/review/review-sets.ts";
import { DecisionsFile } from "../../../src/io/decisions/decisions-file.ts";
import { ReviewFile } from "../../../src/io/review/review-file.ts";
import { ReviewSession } from "../../../src/pipeline/review/review-session.ts";
import { content, pair, report, setsOf } from "../../library-fixtures.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const WHOLE: ReviewScope = { folders: [], protectedFolders: [] };

/** Two near copies in `a` and `b`, and three files of equal bytes. */
const SETS = setsOf(
  [
    content(1, { paths: ["/a/1.jpg"] }),
    content(2, { paths: ["/b/1.jpg"], width: 100 }),
    content(3, { paths: ["/a/3.jpg", "/b/3.jpg", "/c/3.jpg"] }),
  ],
  [pair(1, 2, 0.9)],
);

function reviewOf(sets: readonly DuplicateSet[] = SETS, scope: ReviewScope = WHOLE, library = join(temporaryFolder(), "library.db")) {
  const decisions = new DecisionsFile(library);
  const open = () => ReviewSession.open({ sets }, scope, { store: new ReviewFile(library), decisions, now: () => "2026-01-01T00:00:00Z" });
  const plan = (session: ReviewSession) =>
    planCleanup({ ...report({ sets: session.chosen().sets }), only: EXTRA_CLASSES }, { library: "/l.db", protectedFolders: [] }, "trash", {
      reviewed: true,
    }).plan;
  return { open, plan, decisions, file: `${library}.review.jsonl` };
}

const going = ({ plan }: ReturnType<typeof reviewOf>, session: ReviewSession) =>
  plan(session).steps.map(({ keeper, extra }) => `${keeper.path} ${extra.path}`);
const verdicts = async (decisions: DecisionsFile) =>
  standingDecisions((await decisions.read()).decisions).map(({ a, b, verdict }) => [a.path, b.path, verdict]);

/** As if a look had found a region that differs. */
const altered = (set: DuplicateSet): DuplicateSet => ({
  ...set,
  kind: "altered",
  extras: set.extras.map((extra) => ({ ...extra, class: "altered" })),
});

describe("a review", () => {
  test("begins with what is doubtful", async () => {
    const near = [1, 3, 5, 7].flatMap((id) => setsOf([content(id), content(id + 1, { width: 100 })], [pair(id, id + 1, 0.8 + id / 100)]));
    const [one, two, three, four] = near as [DuplicateSet, DuplicateSet, DuplicateSet, DuplicateSet];
    const undecided = { ...four, extras: four.extras.map((extra) => ({ ...extra, class: "undecided" as const })) };
    const session = await reviewOf([one, two, altered(three), undecided]).open();
    expect(session.page(0, 20).map(({ set }) => [set.class, set.members[0]?.photo.path])).toEqual([
      ["undecided", "/photos/7.jpg"],
      ["altered", "/photos/5.jpg"],
      ["same-picture", "/photos/3.jpg"],
      ["same-picture", "/photos/1.jpg"],
    ]);
    expect(session.page(1, 2).map(({ number }) => number)).toEqual([1, 2]);
  });

  test("plans the extras that were chosen to go, as reviewed, and no others", async () => {
    const review = reviewOf();
    const session = await review.open();
    expect(review.plan(session).steps).toEqual([]);
    await session.choose(0, "extras-go", 0);
    expect(going(review, session)).toEqual(["/a/1.jpg /b/1.jpg"]);
    expect(review.plan(session).steps.every(({ reviewed }) => reviewed)).toBe(true);
    await session.choose(1, "keep-all", 0);
    expect(going(review, session)).toEqual(["/a/1.jpg /b/1.jpg"]);
    expect(session.progress()).toEqual({ total: 2, chosen: 2, going: 1, next: null });
  });

  test("keeps the photo that was chosen, and lets the proposed one go", async () => {
    const review = reviewOf();
    const session = await review.open();
    await session.choose(0, "extras-go", 1);
    await session.choose(1, "extras-go", 2);
    expect(going(review, session)).toEqual(["/b/1.jpg /a/1.jpg", "/c/3.jpg /a/3.jpg", "/c/3.jpg /b/3.jpg"]);
    expect(review.plan(session).steps.map((step) => step.class)).toEqual(["same-picture", "same-bytes", "same-bytes"]);
    expect(planFaults(review.plan(session))).toEqual([]);
  });

  test("lets nothing go from protected folders and from outside those named, whatever is chosen", async () => {
    const shielded = await reviewOf(SETS, { folders: [], protectedFolders: ["/a"] }).open();
    const narrowed = await reviewOf(SETS, { folders: ["/b", "/c"], protectedFolders: [] }).open();
    for (const session of [shielded, narrowed]) {
      await session.choose(0, "extras-go", 1);
      await session.choose(1, "extras-go", 1);
      expect(session.chosen().sets.flatMap(({ extras }) => extras.map(({ photo }) => photo.path))).toEqual(["/c/3.jpg"]);
      expect(session.progress().going).toBe(1);
    }
  });

  test("never lets a photo go that another choice keeps, nor one twice", async () => {
    const near = setsOf([content(1), content(2, { width: 100 })], [pair(1, 2, 0.9)]);
    const other = setsOf([content(1), content(4, { width: 100 })], [pair(1, 4, 0.9)]).map(altered);
    const review = reviewOf([...near, ...other]);
    const session = await review.open();
    // 1 goes for 4, and is the keeper of 2.
    await session.choose(0, "extras-go", 1);
    await session.choose(1, "extras-go", 0);
    expect(going(review, session)).toEqual(["/photos/1.jpg /photos/2.jpg"]);
    expect(session.chosen().keptElsewhere).toBe(1);
    await session.choose(1, "keep-all", 0);
    expect(going(review, session)).toEqual([]);
    await session.choose(1, "extras-go", 1);
    expect(going(review, session)).toEqual(["/photos/4.jpg /photos/1.jpg"]);
  });

  test("goes on where it stopped, with every choice on the disk before it is answered", async () => {
    const review = reviewOf();
    await (await review.open()).choose(0, "extras-go", 1);
    const again = await review.open();
    expect(again.progress()).toMatchObject({ chosen: 1, next: 1 });
    expect(again.at(0)).toMatchObject({ choice: "extras-go", keeper: 1 });
    expect(going(review, again)).toEqual(["/b/1.jpg /a/1.jpg"]);
    const [line] = readFileSync(review.file, "utf8").trimEnd().split("\n");
    expect(parseReviewRecord(JSON.parse(line as string))).toMatchObject({ batch: 1, choice: "extras-go", keeper: { path: "/b/1.jpg" } });
  });

  test("asks again about a set that has become another", async () => {
    const library = join(temporaryFolder(), "library.db");
    await (await reviewOf(SETS, WHOLE, library).open()).choose(1, "extras-go", 0);
    const fewer = setsOf([content(3, { paths: ["/a/3.jpg", "/b/3.jpg"] })], []);
    expect((await reviewOf(fewer, WHOLE, library).open()).progress()).toMatchObject({ total: 1, chosen: 0 });
  });

  test("remembers what is no duplicate at once and for ever, and undo takes it back", async () => {
    const review = reviewOf();
    const session = await review.open();
    await session.choose(0, "not-duplicates", 0);
    expect(await verdicts(review.decisions)).toEqual([["/a/1.jpg", "/b/1.jpg", "not-duplicates"]]);
    expect(await session.undo()).toEqual({ refused: null, number: 0, changed: 1 });
    expect(await verdicts(review.decisions)).toEqual([]);
    expect((await review.open()).progress().chosen).toBe(0);
    expect(await session.undo()).toMatchObject({ refused: expect.stringContaining("nothing to undo") });
  });

  test("brings back what was decided before where a choice is undone or made anew", async () => {
    const review = reviewOf();
    const session = await review.open();
    const { members } = session.page(0, 1)[0]?.set ?? { members: [] };
    const [a, b] = members.map(({ content: { hash }, photo }) => ({ sha256: hash, path: photo.path })) as [Decision["a"], Decision["b"]];
    await review.decisions.add([{ a, b, verdict: "same", at: "2025-01-01T00:00:00Z" }]);
    await session.choose(0, "not-duplicates", 0);
    await session.choose(0, "extras-go", 0);
    expect(await verdicts(review.decisions)).toEqual([["/a/1.jpg", "/b/1.jpg", "same"]]);
  });

  test("does not call files of equal bytes different pictures", async () => {
    const review = reviewOf();
    const session = await review.open();
    expect(await session.choose(1, "not-duplicates", 0)).toMatchObject({ refused: "These files are equal byte for byte." });
    expect(session.progress().chosen).toBe(0);
    expect(existsSync(review.file)).toBe(false);
  });

  test("carries a choice over to all sets of the same folders and class, and undoes it in one go", async () => {
    const near = [1, 3, 5].flatMap((id) =>
      setsOf([content(id, { paths: [`/a/${id}.jpg`] }), content(id + 1, { paths: [`/b/${id}.jpg`], width: 100 })], [pair(id, id + 1, 0.9)]),
    );
    const elsewhere = setsOf([content(7, { paths: ["/a/7.jpg"] }), content(8, { paths: ["/c/7.jpg"], width: 100 })], [pair(7, 8, 0.9)]);
    const review = reviewOf([...near, ...elsewhere]);
    const session = await review.open();
    await session.choose(0, "extras-go", 1);
    expect(session.alikeTo(0)).toEqual([
      { number: 1, keeper: 1 },
      { number: 2, keeper: 1 },
    ]);
    expect(await session.chooseAlike(0)).toMatchObject({ changed: 2 });
    expect(going(review, session)).toEqual(["/b/1.jpg /a/1.jpg", "/b/3.jpg /a/3.jpg", "/b/5.jpg /a/5.jpg"]);
    expect(await session.undo()).toMatchObject({ changed: 2 });
    expect(going(review, session)).toEqual(["/b/1.jpg /a/1.jpg"]);
  });

  test("lets no doubtful extras go that nobody has looked at", async () => {
    const sets = [1, 3].flatMap((id) => setsOf([content(id), content(id + 1, { width: 100 })], [pair(id, id + 1, 0.9)])).map(altered);
    const session = await reviewOf(sets).open();
    await session.choose(0, "extras-go", 0);
    expect(session.alikeTo(0)).toEqual([]);
    expect(await session.chooseAlike(0)).toMatchObject({ refused: expect.any(String) });
    await session.choose(0, "keep-all", 0);
    expect(session.alikeTo(0)).toEqual([{ number: 1, keeper: 0 }]);
  });

  test("knows of two extras no more than holds of each beside the proposed keeper", async () => {
    const contents = [content(1), content(2, { width: 100 }), content(3, { width: 90 })];
    const [set] = setsOf(contents, [pair(1, 2, 0.95), pair(1, 3, 0.9)]) as [DuplicateSet];
    const [one, other] = set.extras as [DuplicateSet["extras"][0], DuplicateSet["extras"][0]];
    const session = await reviewOf([{ ...set, extras: [one, { ...other, class: "altered" }] }]).open();
    const reviewed = session.at(0)?.set;
    if (reviewed === undefined) throw new Error("Expected a set");
    expect(pairOf(reviewed, 1, 2)).toEqual({ class: "altered", similarity: null, look: null });
    expect(pairOf(reviewed, 1, 0)).toMatchObject({ class: "same-picture", similarity: 0.95 });
  });
});
