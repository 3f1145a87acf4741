/**
 * Photos that were found and are to be read. Several machines that scan one folder share them: each takes some, and what one that is gone had
 * taken is free again.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { PhotoFile } from "../../core/photos/photo.ts";
import { pathRange } from "../library/path-range.ts";
import { pagesBehind } from "./pages.ts";
import type { ScanOf } from "./scan-of.ts";
import type { Parameter, Server } from "./server.ts";
import { isAtWork } from "./workers.ts";

/** So few that the last ones are shared too, and so many that the server is asked now and then only. */
const PAGE = 16;
/** Others are at what is left. */
const ASK_AGAIN_MS = 300;

/** What a scan has to see to: what it met itself, and below its roots what a later one met in its place. */
interface Own {
  readonly condition: string;
  readonly values: readonly Parameter[];
}

/** @param first number of the next parameter */
function ownPhotos({ scan }: ScanOf, roots: readonly string[], first: number): Own {
  const ranges = roots.map(pathRange);
  const below = `EXISTS (SELECT 1 FROM unnest($${first + 1}::text[], $${first + 2}::text[]) AS root(low, high)
    WHERE pending.path >= low AND pending.path < high)`;
  const condition = `(pending.scan = $${first} OR (pending.scan > $${first} AND ${below}))`;
  return { condition, values: [scan, ranges.map(([low]) => low), ranges.map(([, high]) => high)] };
}

export async function pendingCount(server: Server, of: ScanOf, roots: readonly string[]): Promise<number> {
  const own = ownPhotos(of, roots, 1);
  const row = await server.row<{ readonly count: number }>(`SELECT count(*) FROM pending WHERE ${own.condition}`, own.values);
  return row?.count ?? 0;
}

/** As `ScanStore.pending`: what no other worker is at. */
export function takePending(server: Server, of: ScanOf, roots: readonly string[]): AsyncGenerator<readonly PhotoFile[]> {
  return pagesBehind(
    "",
    (after) => takePage(server, of, roots, after),
    ({ path }) => path as string,
  );
}

/** As `ScanStore.awaitOthers`. */
export async function awaitOthers(server: Server, of: ScanOf, roots: readonly string[]): Promise<boolean> {
  if (server.worker === null) return false;
  const own = ownPhotos(of, roots, 2);
  const left = await server.row(`SELECT 1 AS found FROM pending WHERE worker IS DISTINCT FROM $1 AND ${own.condition} LIMIT 1`, [
    server.worker,
    ...own.values,
  ]);
  if (left === undefined) return false;
  await wait(ASK_AGAIN_MS);
  return true;
}

async function takePage(server: Server, of: ScanOf, roots: readonly string[], after: string): Promise<readonly PhotoFile[]> {
  const own = ownPhotos(of, roots, 4);
  const rows = await server.transaction((changes) =>
    changes.rows<PhotoFile>(
      `UPDATE pending SET worker = $1 WHERE path IN (
         SELECT path FROM pending WHERE path > $2 AND ${own.condition}
           AND (worker IS NULL OR worker = $1 OR NOT ${isAtWork("worker")})
         ORDER BY path LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING path, bytes, modified_ms AS "modifiedMs", changed_ms AS "changedMs", file_id AS "fileId"`,
      [server.worker, after, PAGE, ...own.values],
    ),
  );
  return [...rows].sort((one, other) => Buffer.compare(Buffer.from(one.path), Buffer.from(other.path)));
}
