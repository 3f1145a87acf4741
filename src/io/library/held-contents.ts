/**
 * Contents by their hash, and the present photos that hold them.
 */
import type { HeldContent } from "../../core/library/contents.ts";
import type { ContentHash, ContentId, PixelsHash } from "../../core/units.ts";
import { found } from "./found.ts";
import type { Sqlite } from "./sqlite.ts";

interface ContentRow {
  readonly id: ContentId;
  readonly pixels_hash: PixelsHash | null;
}

export function heldContents(db: Sqlite, hashes: Iterable<ContentHash>): ReadonlyMap<ContentHash, HeldContent> {
  const content = db.prepare<[ContentHash], ContentRow>("SELECT id, pixels_hash FROM content WHERE hash = ?");
  const photos = db.prepare<[ContentId], HeldContent["photos"][number]>(
    "SELECT path, file_id AS fileId FROM photo WHERE content_id = ? AND missing = 0 ORDER BY path",
  );
  return found(hashes, (hash) => {
    const row = content.get(hash);
    return row === undefined ? undefined : { id: row.id, pixelsHash: row.pixels_hash, photos: photos.all(row.id) };
  });
}
