/**
 * The contents nearest to a vector, of vectors that stream by.
 */
import { cosineToRow } from "../encoders/similarity.ts";
import type { ContentId } from "../library/contents.ts";
import type { VectorBlock } from "../library/vectors.ts";
import type { Nearest, NearestChoice } from "./search-store.ts";
import { compareRanked, type Ranked, TopK } from "./top-k.ts";

/**
 * @param wanted unit vector
 * @param isPresent asked only of contents that would be among the best
 */
export async function nearestContents(
  blocks: Iterable<VectorBlock> | AsyncIterable<VectorBlock>,
  wanted: Float32Array,
  isPresent: (content: ContentId) => boolean,
  { count, min, except }: Omit<NearestChoice, "folders">,
): Promise<Nearest> {
  const best = new TopK<Ranked>(count, compareRanked);
  let comparedCount = 0;
  for await (const { contentIds, values } of blocks) {
    for (let row = 0; row < contentIds.length; row++) {
      const ranked = { content: contentIds[row] as ContentId, similarity: cosineToRow(wanted, values, row) };
      if (ranked.content === except || (min !== null && ranked.similarity < min)) continue;
      if (best.wouldKeep(ranked) && isPresent(ranked.content)) best.add(ranked);
    }
    comparedCount += contentIds.length;
  }
  return { best: best.sorted(), comparedCount };
}
