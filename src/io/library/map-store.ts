/**
 * What a map reads beside the vectors: the photos and when they were taken.
 */
import type { ContentId } from "../../core/library/contents.ts";
import type { MapPhoto, MapStore } from "../../core/map/ports.ts";
import { readCaptureTime } from "../../core/photos/exposure.ts";
import type { PhotoPath } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";

interface PhotoRow {
  readonly content: ContentId;
  readonly path: PhotoPath;
  readonly taken_at: string | null;
}

export class MapDatabase implements MapStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;

  constructor(db: Sqlite, encoderId: number) {
    this.#db = db;
    this.#encoderId = encoderId;
  }

  async *photos(): AsyncGenerator<readonly MapPhoto[]> {
    const page = this.#db.prepare<[number, string, number], PhotoRow>(
      `SELECT photo.content_id AS content, path, taken_at
       FROM photo JOIN embedding ON embedding.content_id = photo.content_id AND encoder_id = ? JOIN content ON content.id = photo.content_id
       WHERE missing = 0 AND path > ? ORDER BY path LIMIT ?`,
    );
    for (let after: string | undefined = ""; after !== undefined; ) {
      const rows: readonly PhotoRow[] = page.all(this.#encoderId, after, PAGE_OF_PHOTOS);
      if (rows.length > 0) yield rows.map(toMapPhoto);
      after = rows.at(-1)?.path;
    }
  }
}

const PAGE_OF_PHOTOS = 5_000;

function toMapPhoto({ content, path, taken_at }: PhotoRow): MapPhoto {
  return { content, path, takenAt: taken_at === null ? null : readCaptureTime(taken_at) };
}
