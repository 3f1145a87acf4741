import { describe, expect, test } from "vitest";
import { type Cluster, cluster, LINKAGES, type PairGraph } from "../../../src/core/duplicates/clustering.ts";
import type { ContentId, Pair } from "../../../src/core/library/contents.ts";
import { idOf, pair, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const ANY = () => true;

/** Contents 1 to n, the best keeper first. */
function graph(count: number, pairs: readonly Pair[], mayShareCluster: PairGraph["mayShareCluster"] = ANY): PairGraph {
  return { ids: Array.from({ length: count }, (_, i) => idOf(i + 1)), pairs, mayShareCluster, areBothOf: () => false };
}

/** A few dozen contents in clumps; some state which of three exposures they are, the rest do not know. Ties are many. */
function randomGraph(seed: number): PairGraph {
  const random = seededRandom(seed);
  const count = 4 + Math.floor(random() * 26);
  const density = random() * 0.5;
  const exposure = Array.from({ length: count + 1 }, () => Math.floor(random() * 6));
  const pairs: Pair[] = [];
  for (let a = 1; a <= count; a++) {
    for (let b = a + 1; b <= count; b++) if (random() < density) pairs.push(pair(a, b, 0.65 + Math.floor(random() * 20) / 100));
  }
  const states = (id: ContentId) => (exposure[id] as number) < 3;
  return graph(count, pairs, (one, other) => !(states(one) && states(other)) || exposure[one] === exposure[other]);
}

const GRAPHS = Array.from({ length: 150 }, (_, seed) => randomGraph(seed));
const members = ({ keeper, extras }: Cluster) => [keeper, ...extras];
const paired = ({ pairs }: PairGraph) => {
  const known = new Set(pairs.flatMap(({ a, b }) => [`${a}-${b}`, `${b}-${a}`]));
  return (one: ContentId, other: ContentId) => known.has(`${one}-${other}`);
};
const twosome = (ids: readonly ContentId[]) => ids.flatMap((one, i) => ids.slice(i + 1).map((other) => [one, other] as const));

describe.each(LINKAGES)("with %s linkage", (linkage) => {
  test("each content is in at most one cluster, and no cluster has one member alone", () => {
    for (const one of GRAPHS) {
      const all = cluster(one, linkage).flatMap(members);
      expect(new Set(all).size).toBe(all.length);
      expect(cluster(one, linkage).every(({ extras }) => extras.length > 0)).toBe(true);
    }
  });

  test("no two that must stay apart are in one cluster, whatever lies between them", () => {
    for (const one of GRAPHS) {
      const together = cluster(one, linkage).flatMap((found) => twosome(members(found)));
      expect(together.filter(([a, b]) => !one.mayShareCluster(a, b))).toEqual([]);
    }
  });

  test("neither the order of the pairs nor of the two in a pair matters", () => {
    for (const [seed, one] of GRAPHS.entries()) {
      const random = seededRandom(seed);
      const turned = one.pairs.map((found) => (random() < 0.5 ? { ...found, a: found.b, b: found.a } : found));
      expect(cluster({ ...one, pairs: shuffled(turned, random) }, linkage)).toEqual(cluster(one, linkage));
    }
  });

  test("no pairs make no clusters", () => {
    expect(cluster(graph(0, []), linkage)).toEqual([]);
  });

  test("two that pair are a cluster of the better keeper and the other", () => {
    expect(cluster(graph(2, [pair(2, 1, 0.9)]), linkage)).toEqual([{ keeper: 1, extras: [2] }]);
  });
});

describe("star linkage", () => {
  test("every extra pairs with its keeper", () => {
    for (const one of GRAPHS) {
      const isPair = paired(one);
      for (const { keeper, extras } of cluster(one, "star")) expect(extras.filter((extra) => !isPair(keeper, extra))).toEqual([]);
    }
  });

  test("none that is left alone could join the cluster of a better keeper it pairs with", () => {
    for (const one of GRAPHS) {
      const isPair = paired(one);
      const clusters = cluster(one, "star");
      const placed = new Set(clusters.flatMap(members));
      for (const id of one.ids.filter((candidate) => !placed.has(candidate))) {
        const open = clusters.filter(
          (found) => found.keeper < id && isPair(found.keeper, id) && members(found).every((other) => one.mayShareCluster(id, other)),
        );
        expect(open).toEqual([]);
      }
    }
  });

  test("an extra goes to the closest keeper, not to the best", () => {
    const found = cluster(graph(4, [pair(1, 4, 0.7), pair(1, 3, 0.8), pair(2, 4, 0.9)]), "star");
    expect(found).toEqual([
      { keeper: 1, extras: [3] },
      { keeper: 2, extras: [4] },
    ]);
  });

  test("a chain is not one cluster: its far end shares nothing with the keeper", () => {
    expect(cluster(graph(3, [pair(1, 2, 0.9), pair(2, 3, 0.8)]), "star")).toEqual([{ keeper: 1, extras: [2] }]);
  });

  test("extras stand closest to the keeper first", () => {
    expect(cluster(graph(4, [pair(1, 2, 0.7), pair(1, 3, 0.9), pair(1, 4, 0.8)]), "star")).toEqual([{ keeper: 1, extras: [3, 4, 2] }]);
  });
});

describe.each(["star", "complete"] as const)("the keeper with %s linkage", (linkage) => {
  test("is better than each of its extras", () => {
    for (const one of [graph(3, [pair(1, 2, 0.7), pair(2, 3, 0.95)]), ...GRAPHS]) {
      const worse = cluster(one, linkage).filter(({ keeper, extras }) => extras.some((extra) => extra < keeper));
      expect(worse).toEqual([]);
    }
  });
});

describe("complete linkage", () => {
  test("all members pair", () => {
    for (const one of GRAPHS) {
      const isPair = paired(one);
      const together = cluster(one, "complete").flatMap((found) => twosome(members(found)));
      expect(together.filter(([a, b]) => !isPair(a, b))).toEqual([]);
    }
  });

  test("an extra that pairs with the keeper but not with a closer extra stays out", () => {
    const pairs = [pair(1, 2, 0.9), pair(1, 3, 0.8), pair(1, 4, 0.7), pair(3, 4, 0.7)];
    expect(cluster(graph(4, pairs), "complete")).toEqual([
      { keeper: 1, extras: [2] },
      { keeper: 3, extras: [4] },
    ]);
  });
});

describe("single linkage", () => {
  test("makes the connected components where everything may share", () => {
    for (const one of GRAPHS.map((found) => ({ ...found, mayShareCluster: ANY }))) {
      const label = new Map(one.ids.map((id) => [id, id]));
      for (let round = 0; round < one.ids.length; round++) {
        for (const { a, b } of one.pairs) {
          const lower = Math.min(label.get(a) as number, label.get(b) as number);
          label.set(a, idOf(lower)).set(b, idOf(lower));
        }
      }
      const components = one.ids.map((root) => one.ids.filter((id) => label.get(id) === root)).filter((ids) => ids.length > 1);
      const found = cluster(one, "single").map(members);
      expect(found.sort(([a = 0], [b = 0]) => a - b)).toEqual(components);
    }
  });

  test("hands what lies between two that must stay apart to the closer one", () => {
    const apart = graph(3, [pair(1, 3, 0.7), pair(2, 3, 0.9)], (one, other) => one + other !== 3);
    expect(cluster(apart, "single")).toEqual([{ keeper: 2, extras: [3] }]);
  });
});
