/**
 * What `search` and `neighbours` were asked to do.
 */
import type { PromptChoice } from "../../core/search/prompts.ts";
import type { Query, QueryWeights } from "../../core/search/query.ts";
import type { CommonSettings } from "../settings.ts";

export const SEARCH_FORMATS = ["text", "json", "html", "paths"] as const;

/** `nul-paths`: each ended by NUL and not by a line's end. */
export type SearchForm = (typeof SEARCH_FORMATS)[number] | "nul-paths";

export const NEIGHBOURS_FORMATS = ["text", "json"] as const;

export interface SearchSettings extends CommonSettings {
  readonly query: Query;
  readonly prompts: PromptChoice;
  readonly weights: QueryWeights;
  /** Null for the library's own. */
  readonly model: string | null;
  /** Contents to list, at most. */
  readonly count: number;
  /** Lowest similarity to list; null for any. */
  readonly min: number | null;
  /** Empty for the whole library. */
  readonly folders: readonly string[];
  readonly format: SearchForm;
  /** Null for standard output. */
  readonly output: string | null;
  readonly maxMegapixels: number;
}

export interface NeighboursSettings extends CommonSettings {
  /** Empty for the whole library. */
  readonly folders: readonly string[];
  /** Null for the library's own. */
  readonly model: string | null;
  /** Null for the encoder's own. */
  readonly threshold: number | null;
  /** Photos and folders to list, at most. */
  readonly count: number;
  readonly format: (typeof NEIGHBOURS_FORMATS)[number];
  /** Null for standard output. */
  readonly output: string | null;
  readonly threads: number;
}
