/**
 * Reads what is not compared although it may be a picture.
 */
import type { LeftOutStore } from "../../core/library/left-out.ts";
import { NEARLY_EMPTY_BELOW } from "../../core/photos/detail.ts";
import type { PassedBy } from "../../core/photos/passed-by.ts";
import type { ContentId, EncoderKey, PhotoPath } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE = 1_000;
/** What one root leaves out and another was asked for is there, or a folder that is walked by itself. */
const WHERE_ELSE = ["pending", "skipped", "side_file", "root"];

interface ShownRow {
  readonly content: ContentId;
  readonly detail: number;
}

export class LeftOutDatabase implements LeftOutStore {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  async *heldBack(encoder: EncoderKey): AsyncGenerator<readonly PhotoPath[]> {
    const page = this.#db.prepare<[EncoderKey, number, number, number, ContentId, number], ShownRow>(
      `SELECT content_id AS content, detail FROM embedding
       WHERE encoder_id = (SELECT id FROM encoder WHERE key = ?) AND detail < ? AND (detail > ? OR (detail = ? AND content_id > ?))
       ORDER BY detail, content_id LIMIT ?`,
    );
    const photos = this.#db
      .prepare<[ContentId], PhotoPath>("SELECT path FROM photo WHERE content_id = ? AND missing = 0 ORDER BY path")
      .pluck();
    for (let after: ShownRow | undefined = { content: 0 as ContentId, detail: -1 }; after !== undefined; ) {
      const shown: readonly ShownRow[] = page.all(encoder, NEARLY_EMPTY_BELOW, after.detail, after.detail, after.content, PAGE);
      const paths = shown.flatMap(({ content }) => photos.all(content));
      if (paths.length > 0) yield paths;
      after = shown.at(-1);
    }
  }

  async *passedBy(): AsyncGenerator<readonly PassedBy[]> {
    const page = this.#db.prepare<[string, number], PassedBy>(
      `SELECT path, reason FROM left_out WHERE path > ?
       AND NOT EXISTS (SELECT 1 FROM photo WHERE photo.path = left_out.path AND missing = 0)
       ${WHERE_ELSE.map((table) => `AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.path = left_out.path)`).join(" ")}
       ORDER BY path LIMIT ?`,
    );
    for (let after: string | undefined = ""; after !== undefined; ) {
      const entries: readonly PassedBy[] = page.all(after, PAGE);
      if (entries.length > 0) yield entries;
      after = entries.at(-1)?.path;
    }
  }
}
