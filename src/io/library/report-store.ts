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
import { embeddedPaths } from "./photo-pages.ts";
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
    // First out of the index alone, which does not tell what is missing: to ask that of every photo takes three times as long.
    return this.#db
      .prepare<[], ContentId>(
        `SELECT content_id FROM photo WHERE content_id IN (SELECT content_id FROM photo GROUP BY content_id HAVING count(*) > 1)
         AND missing = 0 GROUP BY content_id HAVING count(*) > 1`,
      )
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
    yield* embeddedPaths(this.#db, this.#encoderId);
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
  const asked = [...ids];
  const detailOf = detailsOf(db, encoderId, asked);
  const findContent = db.prepare<[ContentId], Omit<ContentRow, "detail">>("SELECT * FROM content WHERE id = ?");
  const findPhotos = db.prepare<[ContentId], LibraryPhoto>(
    `SELECT path, modified_ms AS modifiedMs, changed_ms AS changedMs, file_id AS fileId FROM photo
     WHERE content_id = ? AND missing = 0 ORDER BY path`,
  );
  const contents = new Map<ContentId, LibraryContent>();
  for (const id of asked) {
    const detail = detailOf(id);
    const row = detail === undefined ? undefined : findContent.get(id);
    const photos = row === undefined ? [] : findPhotos.all(id);
    if (detail !== undefined && row !== undefined && photos.length > 0) contents.set(id, readContent(id, { ...row, detail }, photos));
  }
  return contents;
}

/** Share of all contents from which on their details are read out of an index from end to end. */
const SHARE_TO_READ_ALL = 1 / 100;

/**
 * A detail stands beside its vector, so that each that is asked for by itself is a page of 16 kB: of tens of thousands more than a gigabyte,
 * which a disk may have to bring. All of a million details are an index of 30 MB.
 * @returns undefined for what the encoder has not embedded
 */
function detailsOf(db: Sqlite, encoderId: number, ids: readonly ContentId[]): (id: ContentId) => number | undefined {
  const all = db.prepare<[], number | null>("SELECT max(seq) FROM embedding").pluck().get() ?? 0;
  if (ids.length < all * SHARE_TO_READ_ALL) {
    const find = db.prepare<[number, ContentId], number>("SELECT detail FROM embedding WHERE encoder_id = ? AND content_id = ?").pluck();
    return (id) => find.get(encoderId, id);
  }
  const rows = db
    .prepare<[number, string], readonly [ContentId, number]>(
      `SELECT content_id, detail FROM embedding INDEXED BY embedding_by_detail
       WHERE encoder_id = ? AND content_id IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(encoderId, JSON.stringify(ids));
  const details = new Map(rows);
  return (id) => details.get(id);
}

/** In path order. */
export function skippedPhotos(db: Sqlite): readonly SkippedPhoto[] {
  const listed = db.prepare<[], SkippedPhoto>("SELECT path, reason, detail FROM skipped").all();
  return [...listed].sort((one, other) => comparePaths(one.path, other.path));
}
