/**
 * What `search` and `neighbours` were asked to do: complete and checked once, at the edge.
 */
import { UserError } from "./errors.ts";
import { fileKind } from "./file-kinds.ts";
import type { PromptChoice } from "./prompts.ts";
import type { QueryWeights } from "./query.ts";
import type { CommonSettings } from "./settings.ts";

export const SEARCH_FORMATS = ["text", "json", "html", "paths"] as const;
export type SearchFormat = (typeof SEARCH_FORMATS)[number];

/** What is looked for: a photo, words, or both. */
export interface Query {
  /** As the user named it. */
  readonly photo: string | null;
  readonly words: string | null;
  /** What the results shall not resemble, each in words. */
  readonly unwanted: readonly string[];
}

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
  readonly format: SearchFormat;
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
  /** Null for standard output. */
  readonly output: string | null;
  readonly threads: number;
}

/**
 * Tells a photo from words: an existing file is the photo, everything else is joined to words.
 * @param given as it stands on the command line, quoted or not
 * @param forced what `--photo` and `--words` named; null where they did not
 * @throws {UserError} when nothing is looked for, when there are two photos, or when a name looks like that of a photo and is none
 */
export function parseQuery(
  given: readonly string[],
  forced: Pick<Query, "photo" | "words">,
  unwanted: readonly string[],
  isFile: (path: string) => boolean,
): Query {
  const photos = [...given.filter(isFile), ...(forced.photo === null ? [] : [forced.photo])];
  const rest = given.filter((argument) => !isFile(argument));
  const [photo = null, second] = photos;
  if (second !== undefined) {
    throw new UserError(`${photo} and ${second} are both photos, and a search starts from one`, "Name one photo, and words if you like");
  }
  const missing = rest.find((argument) => fileKind(argument) === "photo");
  if (missing !== undefined) {
    throw new UserError(
      `There is no file ${missing}`,
      "Check its name; to look for words that end like a file's name, put them behind --words",
    );
  }
  const words = [...rest, ...(forced.words === null ? [] : [forced.words])].join(" ").trim();
  if (photo === null && words === "") {
    throw new UserError("There is nothing to look for", "Name a photo, words in quotes, or both: dupfind search beach.jpg");
  }
  return { photo, words: words === "" ? null : words, unwanted };
}

/** The format that was named, else the one that the output's name asks for, else text. */
export function searchFormat(named: SearchFormat | null, output: string | null): SearchFormat {
  if (named !== null) return named;
  if (output !== null && /\.html?$/i.test(output)) return "html";
  return output !== null && /\.json$/i.test(output) ? "json" : "text";
}
