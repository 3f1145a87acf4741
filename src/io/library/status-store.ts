/**
 * Counts what the library knows.
 */
import type { LibraryRoot, ScannedRoot } from "../../core/library/contents.ts";
import type { EncoderStatus, LibraryCounts } from "../../core/library/library-status.ts";
import { pathRange } from "./path-range.ts";
import { skippedPhotos } from "./report-store.ts";
import type { Sqlite } from "./sqlite.ts";
import { unwalkedRoots } from "./unfinished-store.ts";

export class StatusDatabase {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  read(): LibraryCounts {
    return this.#db.transaction(
      (): LibraryCounts => ({
        roots: this.#db.prepare<[], string>("SELECT path FROM root ORDER BY path").pluck().all(),
        photos: this.#count("photo WHERE missing = 0"),
        missing: this.#count("photo WHERE missing = 1"),
        contents: this.#count("content"),
        pending: this.#count("pending"),
        unwalked: unwalkedRoots(this.#db),
        encoders: this.#encoders(),
        skipped: skippedPhotos(this.#db),
      }),
    )();
  }

  #encoders(): readonly EncoderStatus[] {
    return this.#db
      .prepare<[], EncoderStatus>(
        `SELECT model AS id, NULL AS version, key,
           (SELECT count(*) FROM embedding WHERE encoder_id = encoder.id) AS embedded,
           (SELECT count(*) FROM embedding WHERE encoder_id = encoder.id AND seq > compared_through) AS uncompared,
           (SELECT count(*) FROM pair WHERE encoder_id = encoder.id) AS pairs
         FROM encoder ORDER BY encoder.id`,
      )
      .all();
  }

  #count(from: string): number {
    return this.#db.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck().get() as number;
  }
}

/** As `Library.scannedRoots`. */
export function scannedRoots(db: Sqlite, roots: readonly LibraryRoot[]): readonly ScannedRoot[] {
  const known = db.prepare<[string, string], { readonly photos: number; readonly scannedAt: string | null }>(
    `SELECT photos, (SELECT started_at FROM scan WHERE id = last) AS scannedAt
     FROM (SELECT count(*) FILTER (WHERE missing = 0) AS photos, max(scan) AS last FROM photo WHERE path >= ? AND path < ?)`,
  );
  return db.transaction(() => {
    const unwalked = new Set(unwalkedRoots(db));
    return roots.map((root): ScannedRoot => {
      const { photos = 0, scannedAt = null } = known.get(...pathRange(root.path)) ?? {};
      return { ...root, photos, scannedAt, isWalked: !unwalked.has(root.path) };
    });
  })();
}
