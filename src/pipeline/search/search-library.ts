/**
 * The story of a search: make one vector of what is looked for, compare it with every embedding as they stream by, and
 * look up the photos of the few best. A photo whose bytes the library knows is neither decoded nor encoded.
 */
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { narrowTo } from "../../core/library/contents.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import { type PromptChoice, promptsFor } from "../../core/search/prompts.ts";
import type { Query } from "../../core/search/query.ts";
import { meanDirection, type QueryWeights, queryVector } from "../../core/search/query.ts";
import { compareHits, type Hit, type SearchResult } from "../../core/search/search-result.ts";
import type { Ranked, SearchStore } from "../../core/search/search-store.ts";
import { TopK } from "../../core/search/top-k.ts";

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
  const known = photo === null ? null : await store.find(photo.hash);
  const looksLike = photo === null ? null : (known?.vector ?? (await encode.photo(photo)));
  const words = query.words === null ? null : await encodeWords(query.words, encode, choice.prompts);
  const unwanted = await Promise.all(query.unwanted.map((text) => encodeWords(text, encode, choice.prompts)));
  const parts = { photo: looksLike, words, unwanted: unwanted.length === 0 ? null : meanDirection(unwanted) };
  const { count, min, folders } = choice;
  const { best, comparedCount } = await store.nearest(queryVector(parts, choice.weights), {
    count,
    min,
    folders,
    except: known?.content ?? null,
  });
  return {
    encoder: nameEncoder(encoder),
    query,
    comparedCount,
    same: known === null ? [] : ((await store.contents([known.content])).get(known.content)?.photos ?? []),
    hits: await firstHits(store, best, choice),
  };
}

/** Contents that are equally similar can be very many, such as black frames: they are read in pages. */
const PAGE_OF_CONTENTS = 1000;

async function firstHits(store: SearchStore, best: readonly Ranked[], { count, folders }: SearchChoice): Promise<readonly Hit[]> {
  const hits = new TopK<Hit>(count, compareHits);
  for (let from = 0; from < best.length; from += PAGE_OF_CONTENTS) {
    const page = best.slice(from, from + PAGE_OF_CONTENTS);
    const contents = await store.contents(page.map(({ content }) => content));
    for (const { content, similarity } of page) {
      const found = contents.get(content);
      if (found !== undefined) hits.add({ content: narrowTo(found, folders), similarity });
    }
  }
  return hits.sorted();
}

async function encodeWords(words: string, encode: QueryEncoder, prompts: PromptChoice): Promise<Float32Array> {
  return meanDirection(await Promise.all(promptsFor(words, prompts).map((prompt) => encode.words(prompt))));
}
