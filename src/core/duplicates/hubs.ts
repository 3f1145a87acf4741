/**
 * From which of its pictures a cluster is looked at first. The keeper decides in the end; but of many versions of one photo the best by its
 * facts is often a screenshot, a captioned or a framed copy, of which most others differ, and each look at it would be wasted.
 */
import type { ContentId, Pair } from "../library/contents.ts";
import type { Cluster } from "./clustering.ts";

/** Smaller clusters are looked at from their keeper: at most one look is wasted. */
const FEWEST_EXTRAS = 3;
/**
 * Mean similarity to the others by which a picture has to be nearer to them than the keeper. Copies that differ in size or compression alone
 * lie closer.
 */
const NEARER_BY = 0.03;

/**
 * The pairs that hold clusters together and were not looked at yet: those of each keeper with its extras; or at first, until it was
 * looked at with all of them, those of the picture that is much nearer to the others.
 * @param proposed all pairs that the looks decide
 * @param unseen those that were not looked at yet
 */
export function pairsOfHubs(clusters: readonly Cluster[], proposed: readonly Pair[], unseen: readonly Pair[]): readonly Pair[] {
  if (unseen.length === 0) return [];
  const clusterOf = new Map(clusters.flatMap((cluster) => [cluster.keeper, ...cluster.extras].map((id) => [id, cluster] as const)));
  const isWithin = ({ a, b }: Pair) => clusterOf.has(a) && clusterOf.get(a) === clusterOf.get(b);
  const sums = new Map<ContentId, number>();
  for (const pair of proposed) {
    if (!isWithin(pair)) continue;
    for (const id of [pair.a, pair.b]) sums.set(id, (sums.get(id) ?? 0) + pair.similarity);
  }
  const sumOf = (id: ContentId) => sums.get(id) ?? 0;
  const holding = unseen.filter(isWithin);
  const open = new Set(holding.flatMap(({ a, b }) => [a, b]));
  const hubOf = ({ keeper, extras }: Cluster): ContentId => {
    if (extras.length < FEWEST_EXTRAS) return keeper;
    const nearest = extras.reduce((best, id) => (sumOf(id) > sumOf(best) ? id : best), keeper);
    return open.has(nearest) && sumOf(nearest) - sumOf(keeper) > NEARER_BY * extras.length ? nearest : keeper;
  };
  const hubs = new Set(clusters.map(hubOf));
  return holding.filter(({ a, b }) => hubs.has(a) || hubs.has(b));
}
