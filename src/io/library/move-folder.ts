/**
 * What is known of a folder is known of another.
 */
import { folderPrefix } from "../../core/paths.ts";
import { pathRange } from "./path-range.ts";
import type { Sqlite } from "./sqlite.ts";

/** Every table of paths. */
export const TABLES_OF_PATHS = ["photo", "pending", "skipped", "side_file", "left_out", "root"] as const;

/** As `Library.moveFolder`: all of it or nothing. */
export function moveFolder(db: Sqlite, from: string, to: string): void {
  const [first, behind] = pathRange(from);
  const prefix = folderPrefix(to);
  const named = { from, to, first, behind, prefix, separator: first.slice(-1), newSeparator: prefix.slice(-1) };
  db.transaction(() => {
    for (const table of TABLES_OF_PATHS) {
      const isMoved = `(path = :from OR (path >= :first AND path < :behind))`;
      const moved = `CASE path WHEN :from THEN :to
        ELSE :prefix || replace(substr(path, length(:first) + 1), :separator, :newSeparator) END`;
      db.prepare<typeof named>(`UPDATE OR IGNORE ${table} SET path = ${moved} WHERE ${isMoved}`).run(named);
      db.prepare<typeof named>(`DELETE FROM ${table} WHERE ${isMoved}`).run(named);
    }
  }).immediate();
}
