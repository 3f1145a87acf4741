/**
 * What a map reads beside the vectors: the photos and when they were taken.
 */
import type { ContentId } from "../../core/library/contents.ts";
import type { MapPhoto, MapStore } from "../../core/map/ports.ts";
import { readCaptureTime } from "../../core/photos/exposure.ts";
import type { PhotoPath } from "../../core/units.ts";
import { photoPages } from "./photo-pages.ts";
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
    const takenAt = "(SELECT taken_at FROM content WHERE id = photo.content_id) AS taken_at";
    const pages = photoPages<PhotoRow>(this.#db, this.#encoderId, `photo.content_id AS content, path, ${takenAt}`);
    for await (const page of pages) yield page.map(toMapPhoto);
  }
}

function toMapPhoto({ content, path, taken_at }: PhotoRow): MapPhoto {
  return { content, path, takenAt: taken_at === null ? null : readCaptureTime(taken_at) };
}
