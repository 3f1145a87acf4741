import { describe, expect, test } from "vitest";
import { type AbsentPhoto, choosePruned, type RootSurvey } from "../../../src/core/library/prune-plan.ts";
import type { Absence } from "../../../src/core/photos/ports.ts";
import { photoPath } from "../../../src/core/units.ts";
import { idOf } from "../../library-fixtures.ts";

const absent = (path: string, why: Absence = "gone"): AbsentPhoto => ({ path: photoPath(path), content: idOf(1), fileId: "1:1", why });
const survey = (sketch: Partial<RootSurvey> = {}): RootSurvey => ({ root: "/a", knownCount: 100, absent: [], state: "here", ...sketch });
const many = (count: number) => Array.from({ length: count }, (_, i) => absent(`/a/${i}.jpg`));

/** Number of photos that go, and whether the root is guarded. */
function outcome(sketch: Partial<RootSurvey>, force = false) {
  const { photos, guardedRoots } = choosePruned([survey(sketch)], { force });
  return [photos.length, guardedRoots.length === 1];
}

describe("what is forgotten", () => {
  test("is what is surely gone; what may be there stays and is counted", () => {
    const lost = [absent("/a/gone.jpg"), absent("/a/away.jpg", "unsure"), absent("/a/link.jpg", "excluded")];
    const choice = choosePruned([survey({ absent: lost })], { force: false });
    expect(choice).toEqual({ photos: [lost[0]], roots: [], guardedRoots: [], unsure: ["/a/away.jpg", "/a/link.jpg"] });
  });

  test("is all that is absent where it is forced, and says why each is", () => {
    const lost = [absent("/a/gone.jpg"), absent("/a/away.jpg", "unsure")];
    const choice = choosePruned([survey({ absent: lost })], { force: true });
    expect(choice).toEqual({ photos: lost, roots: [], guardedRoots: [], unsure: [] });
  });

  test.each(["empty", "gone"] as const)("is nothing below a root that is %s, unless it is forced", (state) => {
    const lost = [absent("/a/1.jpg"), absent("/a/2.jpg", "unsure")];
    const kept = choosePruned([survey({ state, absent: lost })], { force: false });
    expect(kept).toEqual({ photos: [], roots: [], guardedRoots: ["/a"], unsure: [] });
    const forced = choosePruned([survey({ state, absent: lost })], { force: true });
    expect(forced).toEqual({ photos: lost, roots: state === "gone" ? ["/a"] : [], guardedRoots: [], unsure: [] });
  });

  test("is nothing where most of a root's photos are gone at once, but for a handful", () => {
    expect(outcome({ knownCount: 19, absent: many(10) })).toEqual([0, true]);
    expect(outcome({ knownCount: 20, absent: many(10) })).toEqual([10, false]);
    expect(outcome({ knownCount: 9, absent: many(9) })).toEqual([9, false]);
    expect(outcome({ knownCount: 19, absent: many(10) }, true)).toEqual([10, false]);
  });

  test("is a photo below two roots once, and as gone if one of them can tell", () => {
    const [inner, outer] = [absent("/a/b/1.jpg"), absent("/a/b/1.jpg", "unsure")];
    const choice = choosePruned([survey({ absent: [outer] }), survey({ root: "/a/b", absent: [inner] })], { force: false });
    expect(choice).toMatchObject({ photos: [inner], unsure: [] });
  });
});
