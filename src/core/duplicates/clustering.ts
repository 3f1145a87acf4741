/**
 * From pairs to clusters. What matters is "may this extra go, given that keeper?", so the default is a star: every
 * extra is itself at or above the threshold to its keeper. Chains, which put photos into one set that share nothing,
 * come only by asking for single linkage.
 */
import type { ContentId, Pair } from "../library/contents.ts";

export const LINKAGES = ["star", "complete", "single"] as const;
/** `star`: every extra pairs with the keeper; `complete`: all members pair; `single`: any chain of pairs. */
export type Linkage = (typeof LINKAGES)[number];

export interface PairGraph {
  /** Every content of a pair, the best keeper first. */
  readonly ids: readonly ContentId[];
  /** All at or above the threshold. */
  readonly pairs: readonly Pair[];
  /** False for two contents that must never be in one cluster, whatever lies between them. */
  readonly mayShareCluster: (one: ContentId, other: ContentId) => boolean;
  /** Whether two that must not be together may be so beside this keeper, where each of them may: one of them is the keeper once more. */
  readonly areBothOf: (keeper: ContentId, one: ContentId, other: ContentId) => boolean;
}

export interface Cluster {
  readonly keeper: ContentId;
  /** Closest to the keeper first under star and complete linkage, best keeper first under single. */
  readonly extras: readonly ContentId[];
}

/** Clusters of two and more; each content is in at most one. The same for the same pairs in whatever order. */
export function cluster(graph: PairGraph, linkage: Linkage): readonly Cluster[] {
  return linkage === "single" ? chains(graph) : stars(graph, linkage);
}

interface Edge {
  readonly keeper: ContentId;
  readonly extra: ContentId;
  readonly similarity: number;
}

/**
 * Rounds of: take as keepers, best first, all that no better keeper covers; hand every other content to the closest
 * better keeper whose set it fits. What has found no set goes into the next round, until a round makes none.
 */
function stars(graph: PairGraph, linkage: "star" | "complete"): readonly Cluster[] {
  const neighbours = neighbourMap(graph.pairs);
  const mayJoin = (extra: ContentId, member: ContentId, keeper: ContentId) =>
    graph.mayShareCluster(extra, member) || (graph.mayShareCluster(extra, keeper) && graph.areBothOf(keeper, member, extra));
  const fits = (extra: ContentId, members: readonly ContentId[]) =>
    members.every(
      (member) => mayJoin(extra, member, members[0] as ContentId) && (linkage === "star" || neighbours.get(extra)?.has(member)),
    );
  const clusters: Cluster[] = [];
  let open = graph.ids;
  while (open.length > 0) {
    const { keepers, edges } = electKeepers(open, neighbours);
    const members = new Map(keepers.map((keeper) => [keeper, [keeper]]));
    const placed = new Set(keepers);
    for (const { keeper, extra } of edges) {
      const set = members.get(keeper) as ContentId[];
      if (placed.has(extra) || !fits(extra, set)) continue;
      set.push(extra);
      placed.add(extra);
    }
    const made = [...members].map(([keeper, [, ...extras]]) => ({ keeper, extras })).filter(({ extras }) => extras.length > 0);
    if (made.length === 0) break;
    clusters.push(...made);
    const settled = new Set(made.flatMap(({ keeper, extras }) => [keeper, ...extras]));
    open = open.filter((id) => !settled.has(id));
  }
  return clusters;
}

/** Keepers of one round, and the pairs that join them to contents that are worse keepers, closest first. */
function electKeepers(open: readonly ContentId[], neighbours: NeighbourMap) {
  const rank = new Map(open.map((id, index) => [id, index]));
  const rankOf = (id: ContentId) => rank.get(id) as number;
  const covered = new Set<ContentId>();
  const keepers: ContentId[] = [];
  const edges: Edge[] = [];
  for (const keeper of open) {
    if (covered.has(keeper)) continue;
    keepers.push(keeper);
    for (const [extra, similarity] of neighbours.get(keeper) ?? []) {
      if ((rank.get(extra) ?? -1) < rankOf(keeper)) continue;
      covered.add(extra);
      edges.push({ keeper, extra, similarity });
    }
  }
  edges.sort(
    (one, other) =>
      other.similarity - one.similarity || rankOf(one.keeper) - rankOf(other.keeper) || rankOf(one.extra) - rankOf(other.extra),
  );
  return { keepers, edges };
}

/** Kruskal's algorithm: joins along the closest pairs first, and never across contents that must stay apart. */
function chains(graph: PairGraph): readonly Cluster[] {
  const rank = new Map(graph.ids.map((id, index) => [id, index]));
  const rankOf = (id: ContentId) => rank.get(id) as number;
  const chainOf = new Map(graph.ids.map((id) => [id, [id]]));
  const edges = graph.pairs
    .map(({ a, b, similarity }) => (rankOf(a) < rankOf(b) ? { keeper: a, extra: b, similarity } : { keeper: b, extra: a, similarity }))
    .sort(
      (one, other) =>
        other.similarity - one.similarity || rankOf(one.keeper) - rankOf(other.keeper) || rankOf(one.extra) - rankOf(other.extra),
    );
  for (const { keeper, extra } of edges) {
    const one = chainOf.get(keeper) as ContentId[];
    const other = chainOf.get(extra) as ContentId[];
    if (one === other || !one.every((a) => other.every((b) => graph.mayShareCluster(a, b)))) continue;
    const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
    longer.push(...shorter);
    for (const id of shorter) chainOf.set(id, longer);
  }
  return [...new Set(chainOf.values())]
    .filter((chain) => chain.length > 1)
    .map((chain) => {
      const [keeper, ...extras] = chain.sort((one, other) => rankOf(one) - rankOf(other)) as [ContentId, ...ContentId[]];
      return { keeper, extras };
    });
}

type NeighbourMap = ReadonlyMap<ContentId, ReadonlyMap<ContentId, number>>;

function neighbourMap(pairs: readonly Pair[]): NeighbourMap {
  const neighbours = new Map<ContentId, Map<ContentId, number>>();
  const add = (from: ContentId, to: ContentId, similarity: number) => {
    const known = neighbours.get(from);
    if (known === undefined) neighbours.set(from, new Map([[to, similarity]]));
    else known.set(to, similarity);
  };
  for (const { a, b, similarity } of pairs) {
    add(a, b, similarity);
    add(b, a, similarity);
  }
  return neighbours;
}
