/**
 * What is known of a folder is known of another.
 */
import { folderPrefix } from "../../core/paths.ts";
import { TABLES_OF_PATHS } from "../library/move-folder.ts";
import { pathRange } from "../library/path-range.ts";
import { storable } from "./given-rows.ts";
import type { Server } from "./server.ts";

/** As `Library.moveFolder`: all of it or nothing. */
export async function moveFolder(server: Server, from: string, to: string): Promise<void> {
  const [first, behind] = pathRange(from);
  const prefix = folderPrefix(to);
  const isMoved = "(path = $1 OR (path >= $2 AND path < $3))";
  const where = [from, first, behind].map(storable);
  await server.transaction(async (changes) => {
    for (const table of TABLES_OF_PATHS) {
      const moved = `CASE ${table}.path WHEN $1 THEN $4 ELSE $5 || replace(substr(${table}.path, length($2) + 1), $6, $7) END`;
      await changes.change(
        `UPDATE ${table} SET path = ${moved}
         WHERE ${isMoved} AND NOT EXISTS (SELECT 1 FROM ${table} AS there WHERE there.path = ${moved})`,
        [...where, ...[to, prefix].map(storable), first.slice(-1), prefix.slice(-1)],
      );
      await changes.change(`DELETE FROM ${table} WHERE ${isMoved}`, where);
    }
  });
}
