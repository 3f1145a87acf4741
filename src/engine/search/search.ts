/**
 * The photos of the library that are most like a photo, words, or both. Writes nothing but a cache of vectors.
 */

import type { Run } from "../../core/run.ts";
import type { Query } from "../../core/search/query.ts";
import type { SearchResult } from "../../core/search/search-result.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { type SearchChoice, searchLibrary } from "../../pipeline/search/search-library.ts";
import { chooseForReading, chooseForWords } from "../choose-encoder.ts";
import { knownFolders } from "../known-folders.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { type Locations, withLibrary } from "../open-library.ts";
import { createQueryEncoder, required, requireText } from "./query-encoder.ts";

export interface QueryChoice extends Locations, SearchChoice {
  readonly query: Query;
  /** Absolute path of the query's photo; null where it has none. */
  readonly photo: string | null;
  /** Null for the library's own. */
  readonly model: string | null;
  readonly maxMegapixels: number;
}

export interface SearchAnswer {
  readonly result: SearchResult;
  /** Whether all photos were read that could be among the hits. */
  readonly isWhole: boolean;
}

/** @throws {UserError} when the query's photo cannot be read, or words are looked for with an encoder that knows none, or no photo is known in a folder */
export function searchPhotos(choice: QueryChoice, run: Run): Promise<SearchAnswer> {
  const { query, photo, prompts, weights, count, min } = choice;
  return withLibrary(choice.library, async (library) => {
    const store = new ModelStore(choice.models);
    const hasWords = query.words !== null || query.unwanted.length > 0;
    const encoder = await (hasWords ? chooseForWords : chooseForReading)(library, store, choice.model, run);
    if (hasWords) requireText(store, encoder.spec);
    const folders = await knownFolders(library, choice.folders);
    const identified = photo === null ? null : required(await identifyPath(photo));
    const encode = createQueryEncoder(store, encoder.spec, choice.maxMegapixels);
    try {
      const result = await searchLibrary({ store: library.searchOf(encoder), encode }, encoder, query, identified, {
        prompts,
        weights,
        count,
        min,
        folders,
      });
      return { result, isWhole: await noteUnfinished(library, encoder, folders, run) };
    } finally {
      await encode.close();
    }
  });
}
