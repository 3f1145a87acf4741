import { describe, expect, test } from "vitest";
import type { AbsentPhoto, KnownPhoto, PruneStore, SurveyRoot } from "../../../src/core/library/prune-plan.ts";
import { isWithin } from "../../../src/core/paths.ts";
import { photoPath } from "../../../src/core/units.ts";
import { planPruning } from "../../../src/pipeline/library/plan-pruning.ts";
import { idOf } from "../../library-fixtures.ts";

const PAGE = 2;
const photo = (path: string, content: number): KnownPhoto => ({ path: photoPath(path), content: idOf(content), fileId: "1:1" });
const KNOWN = [photo("/a/1.jpg", 1), photo("/a/2.jpg", 1), photo("/a/3.jpg", 2), photo("/b/1.jpg", 3), photo("/b/2.jpg", 2)];

/** A library that can be asked and not written to. */
const store: PruneStore = {
  photosBelow: async function* (root) {
    const below = KNOWN.filter(({ path }) => isWithin(path, root));
    for (let from = 0; from < below.length; from += PAGE) yield below.slice(from, from + PAGE);
  },
  contentsWithout: async (photos) => {
    const left = new Set(KNOWN.filter(({ path }) => !photos.some((gone) => gone.path === path)).map(({ content }) => content));
    return [1, 2, 3, 4].map(idOf).filter((id) => !left.has(id));
  },
  forget: () => Promise.reject(new Error("planning forgets nothing")),
};

/** A disk without the photos named. */
function diskWithout(...gone: readonly string[]) {
  const seen: string[] = [];
  const survey: SurveyRoot = async ({ path: root }, photos) => {
    const absent: AbsentPhoto[] = [];
    let knownCount = 0;
    for await (const known of photos) {
      knownCount++;
      seen.push(known.path);
      if (gone.includes(known.path)) absent.push({ ...known, why: "gone" });
    }
    return { root, knownCount, absent, state: "here" };
  };
  return { survey, seen };
}

const ROOTS = ["/a", "/b"].map((path) => ({ path, exclude: [], followLinks: false }));

describe("planning what to forget", () => {
  test("looks for every known photo once, however many pages they come in", async () => {
    const { survey, seen } = diskWithout();
    const plan = await planPruning({ roots: ROOTS, survey, store }, { force: false });
    expect(seen).toEqual(KNOWN.map(({ path }) => path));
    expect(plan).toEqual({ photos: [], contents: [4], roots: [], folders: [], guardedRoots: [], unsure: [] });
  });

  test("takes a content along with its last photo, in whatever folder that lies", async () => {
    const plan = await planPruning({ roots: ROOTS, store, ...diskWithout("/a/1.jpg", "/a/3.jpg", "/b/1.jpg") }, { force: false });
    expect(plan.photos.map(({ path }) => path)).toEqual(["/a/1.jpg", "/a/3.jpg", "/b/1.jpg"]);
    expect(plan.contents).toEqual([3, 4]);
    const more = await planPruning({ roots: ROOTS, store, ...diskWithout("/a/3.jpg", "/b/2.jpg") }, { force: false });
    expect(more.contents).toEqual([2, 4]);
  });
});
