/**
 * Where photos are known.
 */
import { folderOf } from "../../core/paths.ts";
import { pathRange } from "./path-range.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE_OF_PATHS = 5_000;

export function knowsBelow(db: Sqlite, folder: string): boolean {
  const [from, to] = pathRange(folder);
  return ["photo", "pending", "skipped"].some(
    (table) =>
      db
        .prepare<[string, string, string]>(`SELECT 1 FROM ${table} WHERE path = ? OR (path >= ? AND path < ?) LIMIT 1`)
        .get(folder, from, to) !== undefined,
  );
}

/** Photos that follow each other in path order may lie in one folder, before and after those of a folder in it. */
export async function* photoFolders(db: Sqlite): AsyncGenerator<readonly string[]> {
  const page = db.prepare<[string, number], string>("SELECT path FROM photo WHERE path > ? ORDER BY path LIMIT ?").pluck();
  const told = new Set<string>();
  for (let after: string | undefined = ""; after !== undefined; ) {
    const paths: readonly string[] = page.all(after, PAGE_OF_PATHS);
    const folders = [...new Set(paths.map(folderOf))].filter((folder) => !told.has(folder));
    for (const folder of folders) told.add(folder);
    if (folders.length > 0) yield folders;
    after = paths.at(-1);
  }
}
