/**
 * From pairs to clusters. What matters is "may this extra go, given that keeper?", so the default is a star: every
 * extra is itself at or above the threshold to its keeper. Chains, which put photos into one set that share nothing,
 * come only by asking for single linkage.
 */
import type { ContentId, Pair } from "../library/contents.ts";
import { PairIndex } from "./pair-index.ts";

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

/**
 * Rounds of: take as keepers, best first, all that no better keeper covers; hand every other content to the closest
 * better keeper whose set it fits. What has found no set goes into the next round, until a round makes none.
 */
function stars({ ids, pairs, mayShareCluster, areBothOf }: PairGraph, linkage: "star" | "complete"): readonly Cluster[] {
  const index = new PairIndex(ids, pairs);
  const isPair = (one: ContentId, other: ContentId) => index.find(one, other) !== undefined;
  const mayJoin = (extra: ContentId, member: ContentId, keeper: ContentId) =>
    mayShareCluster(extra, member) || (mayShareCluster(extra, keeper) && areBothOf(keeper, member, extra));
  const fits = (extra: ContentId, members: readonly ContentId[]) =>
    members.every((member) => mayJoin(extra, member, members[0] as ContentId) && (linkage === "star" || isPair(extra, member)));
  const idAt = (rank: number) => ids[rank] as ContentId;
  const isOpen = new Uint8Array(ids.length).fill(1);
  const clusters: Cluster[] = [];
  for (let places = closestFirst(index); places.length > 0; ) {
    const keepers = electKeepers(index, isOpen);
    const sets = new Map<number, ContentId[]>();
    for (const place of places) {
      const [keeper, extra] = [index.better[place] as number, index.worse[place] as number];
      if (!keepers.has(keeper) || isOpen[extra] === 0) continue;
      const set = sets.get(keeper) ?? [idAt(keeper)];
      if (!fits(idAt(extra), set)) continue;
      set.push(idAt(extra));
      sets.set(keeper, set);
      isOpen[extra] = 0;
    }
    if (sets.size === 0) break;
    for (const keeper of keepers) {
      const [, ...extras] = sets.get(keeper) ?? [];
      if (extras.length === 0) continue;
      clusters.push({ keeper: idAt(keeper), extras });
      isOpen[keeper] = 0;
    }
    places = places.filter((place) => isOpen[index.better[place] as number] === 1 && isOpen[index.worse[place] as number] === 1);
  }
  return clusters;
}

/** Places of the pairs; of pairs that are equally close the one with the best keeper, then the one with the best extra. */
function closestFirst({ pairs, better, worse }: PairIndex): readonly number[] {
  const similarityAt = (place: number) => (pairs[place] as Pair).similarity;
  const rankAt = (ranks: Uint32Array, place: number) => ranks[place] as number;
  // An array that is no typed one: its sort takes a library's pairs, which come in order, in one turn.
  return [...pairs.keys()].sort(
    (one, other) =>
      similarityAt(other) - similarityAt(one) || rankAt(better, one) - rankAt(better, other) || rankAt(worse, one) - rankAt(worse, other),
  );
}

/** Keepers of one round, best first: no open content pairs with a keeper that is better than it and is a keeper itself. */
function electKeepers(index: PairIndex, isOpen: Uint8Array): ReadonlySet<number> {
  const isCovered = new Uint8Array(isOpen.length);
  const keepers = new Set<number>();
  for (const [rank, open] of isOpen.entries()) {
    if (open === 0 || isCovered[rank] === 1) continue;
    keepers.add(rank);
    for (const worse of index.worseThan(rank)) isCovered[worse] = 1;
  }
  return keepers;
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
