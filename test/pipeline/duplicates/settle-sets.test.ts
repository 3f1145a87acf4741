import { describe, expect, test } from "vitest";
import { rankContents } from "../../../src/core/duplicates/keeper.ts";
import type { ContentId, LibraryContent } from "../../../src/core/library/contents.ts";
import type { ContentPair } from "../../../src/core/look/look-store.ts";
import { LooksSeen } from "../../../src/core/look/looks-seen.ts";
import type { Laying, Look, Quad, Verdict } from "../../../src/core/look/verdict.ts";
import { settleSets } from "../../../src/pipeline/duplicates/settle-sets.ts";
import type { LookMore } from "../../../src/pipeline/look/look-at-pairs.ts";
import { content, library, look, pair, setChoice } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const CHOICE = { ...setChoice(), folders: [] };

/** Sees what the sketch says of two contents, and counts. */
function looking(seeing: (one: ContentId, other: ContentId) => Partial<Look> | null) {
  const asked: string[] = [];
  const lookMore: LookMore = async (pairs, seen) => {
    for (const { one, other } of pairs) {
      asked.push(`${one.id} ${other.id}`);
      const found = seeing(one.id, other.id);
      if (found !== null) seen.add({ one: one.id, other: other.id, look: look(found) });
    }
    return pairs.filter(({ one, other }) => !seen.has(one.id, other.id));
  };
  return { asked, lookMore };
}

async function settle(
  contents: readonly LibraryContent[],
  seeing: Parameters<typeof looking>[0],
  undecidedFrom = 0.9,
  kept = new LooksSeen(),
  similarityOf: (one: number, other: number) => number = () => 0.95,
) {
  const { asked, lookMore } = looking(seeing);
  const looksAt = async (pairs: readonly ContentPair[]) =>
    pairs.flatMap(({ one, other }) => {
      const seen = kept.of(one, other);
      return seen === undefined ? [] : [{ one, other, look: seen }];
    });
  const known = rankContents(library(...contents), () => [], CHOICE);
  const ids = contents.map(({ id }) => id);
  const pairs = ids.flatMap((a, i) => ids.slice(i + 1).map((b) => pair(a, b, similarityOf(a, b))));
  const deciding = { kept: { looksAt }, lookMore, stop: new AbortController().signal, undecidedFrom };
  const settled = await settleSets(known, pairs, deciding, CHOICE, null);
  return { ...settled, asked };
}

const alike = (count: number) => Array.from({ length: count }, (_, i) => content(i + 1, { width: 4000 - i }));

describe("what is looked at", () => {
  test("of copies of one picture, each with its keeper alone", async () => {
    const { clustered, asked } = await settle(alike(60), () => ({ verdict: "same" }));
    expect(clustered.copies.map(({ extras }) => extras.length)).toEqual([59]);
    expect(asked).toHaveLength(59);
  });

  test("of versions of one photo, most of them from what turns out to be the original, though captioned copies are larger", async () => {
    // 1 to 4 have captions, each another; 5 is the original of them and of all that follow.
    const seeing = (one: ContentId, other: ContentId) => {
      const [first, second] = one < other ? [one, other] : [other, one];
      if (first > 4) return { verdict: "same" } as const;
      const captioned = one < other ? "one" : "other";
      const box = { x: 0, y: 0.9, width: 1, height: 0.1 };
      return second > 4
        ? ({ verdict: "altered", regions: [{ one: box, other: box, captioned }] } as const)
        : ({ verdict: "different" } as const);
    };
    const near = (a: number, b: number) => (Math.min(a, b) === 5 ? 0.95 : Math.min(a, b) < 5 ? 0.7 : 0.9);
    const { clustered, asked } = await settle(alike(12), seeing, 0.9, new LooksSeen(), near);
    expect(clustered.copies).toEqual([{ keeper: 5, extras: [6, 7, 8, 9, 10, 11, 12] }]);
    expect(clustered.altered.map(({ keeper, extras }) => [keeper, [...extras].sort()])).toEqual([[5, [1, 2, 3, 4]]]);
    // From each caption in turn it would be twice as many.
    expect(asked.length).toBeLessThan(2 * 11);
  });

  test("of a few pictures that only look alike, every pair, once", async () => {
    const { clustered, asked } = await settle(alike(6), () => ({ verdict: "different", laying: null }));
    expect(clustered.copies).toEqual([]);
    expect([asked.length, new Set(asked).size]).toEqual([15, 15]);
  });

  test("of many that only look alike, a bounded number each", async () => {
    const { clustered, asked } = await settle(alike(60), () => ({ verdict: "different", laying: null }));
    expect(clustered.copies).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(60 * 6);
    expect(asked.length).toBeLessThan((60 * 59) / 2);
  });

  test("is what would be looked at in a library that nobody has looked at, wherever an earlier look was broken off", async () => {
    const random = seededRandom(5);
    const verdicts = ["same", "altered", "different", "different", "different"] as const;
    for (let library = 0; library < 20; library++) {
      const contents = alike(24);
      const verdictOf = new Map<string, Partial<Look>>();
      const seeing = (one: ContentId, other: ContentId) => {
        const key = [one, other].sort((a, b) => a - b).join(" ");
        const known = verdictOf.get(key) ?? { verdict: verdicts[Math.floor(random() * verdicts.length)] as Verdict };
        verdictOf.set(key, known);
        return known;
      };
      const undisturbed = await settle(contents, seeing);
      const kept = new LooksSeen();
      const ids = contents.map(({ id }) => id);
      for (const one of ids)
        for (const other of ids) if (one < other && random() < 0.4) kept.add({ one, other, look: look(seeing(one, other)) });
      const again = await settle(contents, seeing, 0.9, kept);
      expect(again.clustered).toEqual(undisturbed.clustered);
      expect(again.asked.length).toBeLessThan(undisturbed.asked.length);
    }
  });

  test("a pair of which a photo cannot be read is undecided, is counted, and is not asked about again", async () => {
    const { clustered, unreadable, asked } = await settle(alike(2), () => null);
    expect([clustered.copies.length, clustered.undecided.length, unreadable, asked.length]).toEqual([0, 1, 1, 1]);
  });
});

describe("the sets", () => {
  test("altered pictures are no copies, and each photo is an extra once", async () => {
    const { clustered } = await settle(alike(3), (one, other) => ({ verdict: one === 1 || other === 1 ? "altered" : "same" }));
    expect(clustered.copies).toEqual([{ keeper: 2, extras: [3] }]);
    expect(clustered.altered).toEqual([{ keeper: 1, extras: [2] }]);
  });

  test("what is undecided counts only where the encoder is sure enough", async () => {
    const undecided = () => ({ verdict: "undecided", laying: null }) as const;
    expect((await settle(alike(2), undecided)).clustered.undecided).toHaveLength(1);
    expect((await settle(alike(2), undecided, 0.96)).clustered.undecided).toEqual([]);
  });

  test("the full view is kept before its crop, though that has more pixels", async () => {
    const half: Quad = [0, 0, 0.5, 0, 0.5, 1, 0, 1];
    const twice: Quad = [0, 0, 2, 0, 2, 1, 0, 1];
    // 1 is the enlarged left half of 2.
    const crop = (one: ContentId) => ({
      laying: {
        otherOnOne: one === 1 ? twice : half,
        oneOnOther: one === 1 ? half : twice,
        colour: { one: "as-the-other", other: "as-the-other" },
        isFramed: { one: false, other: false },
        isEnlarged: { one: false, other: false },
      } as const,
    });
    const { clustered } = await settle(alike(2), crop);
    expect(clustered.copies).toEqual([{ keeper: 2, extras: [1] }]);
  });

  test("a picture is kept before its copy with a caption beside it, whatever else speaks for that", async () => {
    const box = { x: 0, y: 0.97, width: 1, height: 0.02 };
    const kept = async (captioned: "one" | "other" | null) => {
      const { clustered } = await settle(alike(2), () => ({ verdict: "altered", regions: [{ one: box, other: box, captioned }] }));
      return clustered.altered[0]?.keeper;
    };
    const byDefault = await kept(null);
    expect(await kept(byDefault === 1 ? "one" : "other")).toBe(byDefault === 1 ? 2 : 1);
  });

  test("which of two equal views is kept is no matter of how each was laid on a wider one", async () => {
    // 3 shows more around 1 and 2: the looks at it found a little more of it covered by one of the two, or only one look was possible.
    const onWider = (share: number): Partial<Look> => {
      const within: Quad = [0, 0, share, 0, share, 1, 0, 1];
      const around: Quad = [0, 0, 1 / share, 0, 1 / share, 1, 0, 1];
      const laying = look({}).laying as Laying;
      return { laying: { ...laying, otherOnOne: around, oneOnOther: within } };
    };
    const seeing = (shares: readonly [number, number] | readonly [number, null]) => (one: ContentId, other: ContentId) => {
      if (other !== 3) return {};
      const share = shares[one - 1] ?? null;
      return share === null ? null : onWider(share);
    };
    const contents = [content(1, { width: 4000 }), content(2, { width: 3000 }), content(3, { width: 2000 })];
    for (const shares of [
      [0.6163, 0.6166],
      [0.6166, 0.6163],
      [0.6163, null],
    ] as const) {
      const { contents: settled } = await settle(contents, seeing(shares), 0.99);
      const views = [1, 2, 3].map((id) => settled.get(id as ContentId)?.candidates[0]?.merits.view);
      expect(views[0]).toBeCloseTo(-(1 - Math.min(...shares.filter((share) => share !== null))), 6);
      expect(views[1]).toBe(views[0]);
      expect(views[2]).toBeCloseTo(0, 9);
    }
  });
});
