/**
 * Tells a photo from words.
 */
import { usageFault } from "../commands/faults.ts";
import { fileKind } from "../core/photos/file-kinds.ts";
import type { Query } from "../core/search/query.ts";

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
    throw usageFault(`${photo} and ${second} are both photos; a search takes one`, "Name one photo, and words if you like");
  }
  const missing = rest.find((argument) => fileKind(argument) === "photo");
  if (missing !== undefined) {
    throw usageFault(`There is no file ${missing}`, "Check its name; to search for words that look like a file name, use --words");
  }
  const words = [...rest, ...(forced.words === null ? [] : [forced.words])].join(" ").trim();
  if (photo === null && words === "") {
    throw usageFault("There is nothing to search for", "Name a photo, words in quotes, or both");
  }
  return { photo, words: words === "" ? null : words, unwanted };
}
