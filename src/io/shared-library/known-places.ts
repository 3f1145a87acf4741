/**
 * Where photos are known, and contents by their hash.
 */
import type { HeldContent } from "../../core/library/contents.ts";
import { folderOf } from "../../core/paths.ts";
import type { ContentHash, ContentId, PhotoPath, PixelsHash } from "../../core/units.ts";
import { idAt } from "../library/library-files.ts";
import { pathRange } from "../library/path-range.ts";
import { storable } from "./given-rows.ts";
import { pagesBehind } from "./pages.ts";
import type { Server } from "./server.ts";

const PAGE_OF_PATHS = 5_000;

interface PathRow {
  readonly path: string;
}

export async function knowsBelow(server: Server, folder: string): Promise<boolean> {
  const known = ["photo", "pending", "skipped"].map(
    (table) => `EXISTS (SELECT 1 FROM ${table} WHERE path = $1 OR (path >= $2 AND path < $3))`,
  );
  const row = await server.row<{ readonly known: boolean }>(
    `SELECT ${known.join(" OR ")} AS known`,
    [folder, ...pathRange(folder)].map(storable),
  );
  return row?.known === true;
}

/** Photos that follow each other in path order may lie in one folder, before and after those of a folder in it. */
export async function* photoFolders(server: Server): AsyncGenerator<readonly string[]> {
  const told = new Set<string>();
  const read = (after: string) =>
    server.rows<PathRow>("SELECT path FROM photo WHERE path > $1 ORDER BY path LIMIT $2", [after, PAGE_OF_PATHS]);
  for await (const page of pagesBehind("", read, ({ path }) => path)) {
    const folders = [...new Set(page.map(({ path }) => folderOf(path)))].filter((folder) => !told.has(folder));
    for (const folder of folders) told.add(folder);
    if (folders.length > 0) yield folders;
  }
}

/** As `Library.fileAt`. */
export async function fileAt(server: Server, path: string, fileId: string | null): Promise<string | null> {
  const tables = ["photo", "pending", "skipped", "side_file"];
  const named = await server.row<PathRow>(tables.map((table) => `SELECT path FROM ${table} WHERE path = $1`).join(" UNION "), [
    storable(path),
  ]);
  if (named !== undefined) return named.path;
  if (fileId === null) return null;
  const rows = await server.rows<PathRow>("SELECT path FROM photo WHERE file_id = $1 UNION SELECT path FROM pending WHERE file_id = $1", [
    fileId,
  ]);
  // A number that a photo had may be another file's by now: only what the photo's path leads to today counts.
  return rows.find((row) => idAt(row.path) === fileId)?.path ?? null;
}

interface HeldRow {
  readonly id: ContentId;
  readonly hash: ContentHash;
  readonly pixels_hash: PixelsHash | null;
  readonly path: PhotoPath | null;
  readonly fileId: string | null;
}

/** As `Library.contentsWith`. */
export async function heldContents(server: Server, hashes: Iterable<ContentHash>): Promise<ReadonlyMap<ContentHash, HeldContent>> {
  const rows = await server.rows<HeldRow>(
    `SELECT id, hash, pixels_hash, path, file_id AS "fileId" FROM content
     LEFT JOIN photo ON content_id = content.id AND NOT missing WHERE hash = ANY($1::text[]) ORDER BY path`,
    [[...hashes]],
  );
  const held = new Map<ContentHash, { readonly id: ContentId; readonly pixelsHash: PixelsHash | null; photos: HeldContent["photos"] }>();
  for (const { id, hash, pixels_hash, path, fileId } of rows) {
    const content = held.get(hash) ?? { id, pixelsHash: pixels_hash, photos: [] };
    if (path !== null && fileId !== null) content.photos = [...content.photos, { path, fileId }];
    held.set(hash, content);
  }
  return held;
}
