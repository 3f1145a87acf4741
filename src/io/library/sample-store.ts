/**
 * Where the contents of a sample lie: one present photo of each.
 */
import type { ContentId } from "../../core/library/contents.ts";
import type { PhotoFile } from "../../core/photos/photo.ts";
import type { Sqlite } from "./sqlite.ts";

export class SampleDatabase {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  /** The first in path order, as it was when it was scanned; null where none is present. */
  readonly fileOf = (content: ContentId): PhotoFile | null =>
    this.#db
      .prepare<[ContentId], PhotoFile>(
        `SELECT path, bytes, modified_ms AS modifiedMs, file_id AS fileId FROM photo JOIN content ON content.id = content_id
         WHERE content_id = ? AND missing = 0 ORDER BY path LIMIT 1`,
      )
      .get(content) ?? null;
}
