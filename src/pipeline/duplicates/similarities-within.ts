/**
 * How similar the members of each cluster are. The pairs tell most of it, in the very figure that the vectors would come to: vectors are read
 * of clusters alone in which two members are no pair. A library of a million photos has tens of thousands of sets of two.
 */
import { type ClusteredSets, clustersOfSeveral, type SimilarityOf } from "../../core/duplicates/duplicate-sets.ts";
import { PairIndex } from "../../core/duplicates/pair-index.ts";
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import type { ContentId, Pair } from "../../core/library/contents.ts";

/**
 * @param pairs of the library: what a person calls the same has a similarity too, and need not be a pair
 * @returns asked only for members of one cluster
 */
export async function similaritiesWithin(
  clustered: ClusteredSets,
  pairs: readonly Pair[],
  store: Pick<ReportStore, "vectors">,
): Promise<SimilarityOf> {
  const clusters = clustersOfSeveral(clustered).map(({ keeper, extras }) => [keeper, ...extras]);
  const members = new Set(clusters.flat());
  const index = new PairIndex(
    [...members],
    pairs.filter(({ a, b }) => members.has(a) && members.has(b)),
  );
  const vectors = await store.vectors(new Set(clusters.filter((ids) => !areAllPairs(ids, index)).flat()));
  const vector = (id: ContentId) => vectors.get(id) as Float32Array;
  return (one, other) => index.find(one, other)?.similarity ?? cosine(vector(one), vector(other));
}

function areAllPairs(ids: readonly ContentId[], index: PairIndex): boolean {
  return ids.every((one, place) => ids.slice(place + 1).every((other) => index.find(one, other) !== undefined));
}
