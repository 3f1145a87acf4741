/**
 * The contents nearest to a vector, of vectors that stream by.
 */
import { cosinesToRows } from "../encoders/similarity.ts";
import type { ContentId } from "../library/contents.ts";
import type { VectorBlock } from "../library/vectors.ts";
import type { Similarity } from "../units.ts";
import type { Nearest, NearestChoice, Ranked } from "./search-store.ts";

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
  const best = new BestAndEqual(count);
  let comparedCount = 0;
  let cosines = new Float64Array(0);
  for await (const { contentIds, values } of blocks) {
    if (cosines.length < contentIds.length) cosines = new Float64Array(contentIds.length);
    cosinesToRows(wanted, values, cosines);
    for (let row = 0; row < contentIds.length; row++) {
      const content = contentIds[row] as ContentId;
      const similarity = cosines[row] as Similarity;
      if (content === except || similarity < best.least || (min !== null && similarity < min)) continue;
      if (isPresent(content)) best.add({ content, similarity });
    }
    comparedCount += contentIds.length;
  }
  return { best: best.sorted(), comparedCount };
}

/** The most similar ones, and all that are as similar as the last of them. */
class BestAndEqual {
  readonly #count: number;
  #kept: Ranked[] = [];
  #pruneAt: number;
  /** Who is less similar is not among them. */
  least = Number.NEGATIVE_INFINITY;

  constructor(count: number) {
    this.#count = count;
    this.#pruneAt = 2 * count;
  }

  add(ranked: Ranked): void {
    if (this.#kept.push(ranked) >= this.#pruneAt) this.#prune();
  }

  sorted(): readonly Ranked[] {
    this.#prune();
    return this.#kept;
  }

  #prune(): void {
    this.#kept.sort((one, other) => other.similarity - one.similarity);
    this.least = this.#kept[this.#count - 1]?.similarity ?? this.least;
    this.#kept = this.#kept.filter(({ similarity }) => similarity >= this.least);
    // Where very many are equal, they are not sorted anew for each.
    this.#pruneAt = 2 * Math.max(this.#count, this.#kept.length);
  }
}
