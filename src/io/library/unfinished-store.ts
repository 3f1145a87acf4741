/**
 * What scans have left to do.
 */
import type { Unfinished } from "../../core/library/unfinished.ts";
import { comparePaths } from "../../core/paths.ts";
import type { PhotoPath } from "../../core/units.ts";
import { unreadOriginals } from "./original-store.ts";
import { hasEveryVector } from "./photo-pages.ts";
import type { Sqlite } from "./sqlite.ts";

const HAS_VECTOR = "EXISTS (SELECT 1 FROM embedding WHERE encoder_id = ? AND embedding.content_id = photo.content_id)";

/** A skipped photo is in its own ledger and not counted twice. */
export function readUnfinished(db: Sqlite, encoderId: number): Unfinished {
  return { unread: [...unreadPhotos(db, encoderId), ...unreadOriginals(db)].sort(comparePaths), unwalked: unwalkedRoots(db) };
}

/** In path order. */
export function unwalkedRoots(db: Sqlite): readonly string[] {
  return db.prepare<[], string>("SELECT path FROM root WHERE walked = 0 ORDER BY path").pluck().all();
}

/** What was found may have been read for this encoder earlier, in the same state: a scan with another one has it before it too. */
function unreadPhotos(db: Sqlite, encoderId: number): readonly PhotoPath[] {
  const pending = db.prepare<[number], PhotoPath>(
    `SELECT path FROM pending WHERE NOT EXISTS (
       SELECT 1 FROM photo WHERE photo.path = pending.path
       AND photo.modified_ms = pending.modified_ms AND photo.changed_ms IS pending.changed_ms AND ${HAS_VECTOR})`,
  );
  const withoutVector = db.prepare<[number], PhotoPath>(
    `SELECT path FROM photo WHERE missing = 0 AND NOT ${HAS_VECTOR} AND path NOT IN (SELECT path FROM skipped)`,
  );
  const known = hasEveryVector(db, encoderId) ? [] : withoutVector.pluck().all(encoderId);
  return [...new Set([...pending.pluck().all(encoderId), ...known])];
}

/** Present photos that the encoder has no vector of, but for those whose bytes are known to give none. */
export function withoutVectorCount(db: Sqlite, encoderId: number): number {
  if (hasEveryVector(db, encoderId)) return 0;
  return db
    .prepare<[number], number>(
      `SELECT count(*) FROM photo WHERE missing = 0 AND NOT ${HAS_VECTOR}
       AND path NOT IN (SELECT path FROM skipped WHERE bytes IS NOT NULL)`,
    )
    .pluck()
    .get(encoderId) as number;
}
