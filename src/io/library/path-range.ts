/**
 * "Everything below this folder" as a range of the primary key, so that SQLite reads only those rows.
 */
import { folderPrefix } from "../../core/paths.ts";

/** Paths p below the folder are those with `from <= p` and `p < to` in byte order. */
export function pathRange(folder: string): readonly [from: string, to: string] {
  const from = folderPrefix(folder);
  const separator = from.charCodeAt(from.length - 1);
  return [from, from.slice(0, -1) + String.fromCharCode(separator + 1)];
}
