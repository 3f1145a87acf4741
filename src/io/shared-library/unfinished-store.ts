/**
 * What scans have left to do.
 */
import type { Unfinished } from "../../core/library/unfinished.ts";
import { comparePaths } from "../../core/paths.ts";
import type { PhotoPath } from "../../core/units.ts";
import { unreadOriginals } from "./original-store.ts";
import type { Queries } from "./server.ts";

const HAS_VECTOR = "EXISTS (SELECT 1 FROM embedding WHERE encoder_id = $1 AND embedding.content_id = photo.content_id)";

interface PathRow {
  readonly path: PhotoPath;
}

/** A skipped photo is in its own ledger and not counted twice. */
export async function readUnfinished(queries: Queries, encoderId: number): Promise<Unfinished> {
  const unread = [...(await unreadPhotos(queries, encoderId)), ...(await unreadOriginals(queries))].sort(comparePaths);
  return { unread, unwalked: await unwalkedRoots(queries) };
}

/** In path order. */
export async function unwalkedRoots(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.rows<PathRow>("SELECT path FROM root WHERE NOT walked ORDER BY path");
  return rows.map(({ path }) => path);
}

/** What was found may have been read for this encoder earlier, in the same state: a scan with another one has it before it too. */
async function unreadPhotos(queries: Queries, encoderId: number): Promise<readonly PhotoPath[]> {
  const rows = await queries.rows<PathRow>(
    `SELECT path FROM pending WHERE NOT EXISTS (
       SELECT 1 FROM photo WHERE photo.path = pending.path
       AND photo.modified_ms = pending.modified_ms AND photo.changed_ms IS NOT DISTINCT FROM pending.changed_ms AND ${HAS_VECTOR})
     UNION
     SELECT path FROM photo WHERE NOT missing AND NOT ${HAS_VECTOR}
       AND NOT EXISTS (SELECT 1 FROM skipped WHERE skipped.path = photo.path)`,
    [encoderId],
  );
  return rows.map(({ path }) => path);
}

/** Present photos that the encoder has no vector of, but for those whose bytes are known to give none. */
export async function withoutVectorCount(queries: Queries, encoderId: number): Promise<number> {
  const row = await queries.row<{ readonly count: number }>(
    `SELECT count(*) FROM photo WHERE NOT missing AND NOT ${HAS_VECTOR}
     AND NOT EXISTS (SELECT 1 FROM skipped WHERE skipped.path = photo.path AND skipped.bytes IS NOT NULL)`,
    [encoderId],
  );
  return row?.count ?? 0;
}
