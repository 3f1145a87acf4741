/**
 * The story of a search: make one vector of what is looked for, compare it with every embedding as they stream by, and
 * look up the photos of the few best. A photo whose bytes the library knows is neither decoded nor encoded.
 */
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { cosineToRow } from "../../core/encoders/similarity.ts";
import { type ContentId, narrowTo } from "../../core/library/contents.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import { type PromptChoice, promptsFor } from "../../core/search/prompts.ts";
import type { Query } from "../../core/search/query.ts";
import { meanDirection, type QueryWeights, queryVector } from "../../core/search/query.ts";
import type { SearchResult } from "../../core/search/search-result.ts";
import type { SearchStore } from "../../core/search/search-store.ts";
import { compareRanked, type Ranked, TopK } from "../../core/search/top-k.ts";

/** Opens an encoder only when it is asked for a vector. */
export interface QueryEncoder {
  photo(photo: IdentifiedPhoto): Promise<Float32Array>;
  words(words: string): Promise<Float32Array>;
}

export interface SearchPorts {
  readonly store: SearchStore;
  readonly encode: QueryEncoder;
}

export interface SearchChoice {
  readonly prompts: PromptChoice;
  readonly weights: QueryWeights;
  readonly count: number;
  readonly min: number | null;
  readonly folders: readonly string[];
}

/** @param photo the query's photo, read and hashed; null where words alone are looked for */
export async function searchLibrary(
  { store, encode }: SearchPorts,
  encoder: ChosenEncoder,
  query: Query,
  photo: IdentifiedPhoto | null,
  choice: SearchChoice,
): Promise<SearchResult> {
  const known = photo === null ? null : store.find(photo.hash);
  const looksLike = photo === null ? null : (known?.vector ?? (await encode.photo(photo)));
  const words = query.words === null ? null : await encodeWords(query.words, encode, choice.prompts);
  const unwanted = await Promise.all(query.unwanted.map((text) => encodeWords(text, encode, choice.prompts)));
  const parts = { photo: looksLike, words, unwanted: unwanted.length === 0 ? null : meanDirection(unwanted) };
  const { best, comparedCount } = rank(store, queryVector(parts, choice.weights), known?.content ?? null, choice);
  const contents = store.contents(best.map(({ content }) => content));
  return {
    encoder: nameEncoder(encoder),
    query,
    comparedCount,
    same: known === null ? [] : (store.contents([known.content]).get(known.content)?.photos ?? []),
    hits: best.flatMap(({ content, similarity }) => {
      const found = contents.get(content);
      return found === undefined ? [] : [{ content: narrowTo(found, choice.folders), similarity }];
    }),
  };
}

async function encodeWords(words: string, encode: QueryEncoder, prompts: PromptChoice): Promise<Float32Array> {
  return meanDirection(await Promise.all(promptsFor(words, prompts).map((prompt) => encode.words(prompt))));
}

/** @param own the query's own content, which is no hit */
function rank(store: SearchStore, wanted: Float32Array, own: ContentId | null, { count, min, folders }: SearchChoice) {
  const best = new TopK<Ranked>(count, compareRanked);
  const isPresent = store.isPresent(folders);
  let comparedCount = 0;
  for (const { contentIds, values } of store.vectors()) {
    for (let row = 0; row < contentIds.length; row++) {
      const ranked = { content: contentIds[row] as number, similarity: cosineToRow(wanted, values, row) };
      if (ranked.content === own || (min !== null && ranked.similarity < min)) continue;
      if (best.wouldKeep(ranked) && isPresent(ranked.content)) best.add(ranked);
    }
    comparedCount += contentIds.length;
  }
  return { best: best.sorted(), comparedCount };
}
