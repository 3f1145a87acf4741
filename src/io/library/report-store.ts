/**
 * What a report reads: pairs above the threshold, and only the contents that can be in a set.
 */
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import type { ContentId, LibraryContent, LibraryPhoto, Pair } from "../../core/library/contents.ts";
import type { Unfinished } from "../../core/library/unfinished.ts";
import { comparePaths } from "../../core/paths.ts";
import type { CompanionFile, SkippedPhoto } from "../../core/photos/photo.ts";
import type { PhotoPath } from "../../core/units.ts";
import { type ContentRow, readContent } from "./content-row.ts";
import { found } from "./found.ts";
import { boundAt, pairPages } from "./pair-store.ts";
import { photoPages } from "./photo-pages.ts";
import type { Sqlite } from "./sqlite.ts";
import { readUnfinished } from "./unfinished-store.ts";
import { vectorOf } from "./vector-blob.ts";

export class ReportDatabase implements ReportStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;

  constructor(db: Sqlite, encoderId: number) {
    this.#db = db;
    this.#encoderId = encoderId;
  }

  pairsAtOrAbove(threshold: number): AsyncIterable<readonly Pair[]> {
    return pairPages(this.#db, this.#encoderId, boundAt(threshold), "rising");
  }

  async repeatedContents(): Promise<readonly ContentId[]> {
    return this.#db
      .prepare<[], ContentId>("SELECT content_id FROM photo WHERE missing = 0 GROUP BY content_id HAVING count(*) > 1")
      .pluck()
      .all();
  }

  async contents(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, LibraryContent>> {
    return presentContents(this.#db, this.#encoderId, ids);
  }

  async vectors(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, Float32Array>> {
    return vectorsOf(this.#db, this.#encoderId, ids);
  }

  async *comparedPhotos(): AsyncGenerator<readonly PhotoPath[]> {
    for await (const page of photoPages(this.#db, this.#encoderId, "path")) yield page.map(({ path }) => path);
  }

  async *companionFiles(): AsyncGenerator<readonly CompanionFile[]> {
    const page = this.#db.prepare<[string, number], CompanionFile>(
      "SELECT path, bytes FROM side_file WHERE path > ? ORDER BY path LIMIT ?",
    );
    for (let after: string | undefined = ""; after !== undefined; ) {
      const files: readonly CompanionFile[] = page.all(after, PAGE_OF_PATHS);
      if (files.length > 0) yield files;
      after = files.at(-1)?.path;
    }
  }

  async skipped(): Promise<readonly SkippedPhoto[]> {
    return skippedPhotos(this.#db);
  }

  async unfinished(): Promise<Unfinished> {
    return readUnfinished(this.#db, this.#encoderId);
  }
}

const PAGE_OF_PATHS = 5_000;

/** Of those that have one. */
export function vectorsOf(db: Sqlite, encoderId: number, ids: Iterable<ContentId>): ReadonlyMap<ContentId, Float32Array> {
  const find = db.prepare<[number, ContentId], Buffer>("SELECT vector FROM embedding WHERE encoder_id = ? AND content_id = ?").pluck();
  return found(ids, (id) => {
    const blob = find.get(encoderId, id);
    return blob === undefined ? undefined : vectorOf(blob);
  });
}

/** The contents with their present photos in path order; those that have no such photo or no embedding are left out. */
export function presentContents(db: Sqlite, encoderId: number, ids: Iterable<ContentId>): ReadonlyMap<ContentId, LibraryContent> {
  const findContent = db.prepare<[number, ContentId], ContentRow>(
    "SELECT content.*, detail FROM content JOIN embedding ON content_id = content.id AND encoder_id = ? WHERE content.id = ?",
  );
  const findPhotos = db.prepare<[ContentId], LibraryPhoto>(
    `SELECT path, modified_ms AS modifiedMs, changed_ms AS changedMs, file_id AS fileId FROM photo
     WHERE content_id = ? AND missing = 0 ORDER BY path`,
  );
  const contents = new Map<ContentId, LibraryContent>();
  for (const id of ids) {
    const row = findContent.get(encoderId, id);
    const photos = findPhotos.all(id);
    if (row !== undefined && photos.length > 0) contents.set(id, readContent(id, row, photos));
  }
  return contents;
}

/** In path order. */
export function skippedPhotos(db: Sqlite): readonly SkippedPhoto[] {
  const listed = db.prepare<[], SkippedPhoto>("SELECT path, reason, detail FROM skipped").all();
  return [...listed].sort((one, other) => comparePaths(one.path, other.path));
}
