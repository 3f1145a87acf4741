/**
 * What a report reads: pairs above the threshold, and only the contents that can be in a set.
 */
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import type { ContentId, LibraryContent, LibraryPhoto, Pair } from "../../core/library/contents.ts";
import type { Unfinished } from "../../core/library/unfinished.ts";
import { comparePaths, extension, folderOf, folderPrefix, stem } from "../../core/paths.ts";
import { readCaptureTime } from "../../core/photos/exposure.ts";
import { isRaw } from "../../core/photos/file-kinds.ts";
import type { CompanionFile, PictureFormat, SkippedPhoto } from "../../core/photos/photo.ts";
import type { ContentHash, PhotoPath } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";
import { readUnfinished } from "./unfinished-store.ts";

interface ContentRow {
  readonly hash: ContentHash;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  readonly taken_at: string | null;
  readonly camera: string | null;
  readonly exif_fields: number;
  readonly detail: number;
}

export class ReportDatabase implements ReportStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;
  readonly #vectors = new Map<ContentId, Float32Array>();

  constructor(db: Sqlite, encoderId: number) {
    this.#db = db;
    this.#encoderId = encoderId;
  }

  pairsAtOrAbove(threshold: number): readonly Pair[] {
    return this.#db
      .prepare<[number, number], Pair>("SELECT a, b, similarity FROM pair WHERE encoder_id = ? AND similarity >= ?")
      .all(this.#encoderId, threshold);
  }

  contentsFor(pairs: readonly Pair[]): ReadonlyMap<ContentId, LibraryContent> {
    const repeated = this.#db
      .prepare<[], ContentId>("SELECT content_id FROM photo WHERE missing = 0 GROUP BY content_id HAVING count(*) > 1")
      .pluck()
      .all();
    return presentContents(this.#db, this.#encoderId, new Set([...repeated, ...pairs.flatMap((pair) => [pair.a, pair.b])]));
  }

  vector(content: ContentId): Float32Array {
    const known = this.#vectors.get(content);
    if (known !== undefined) return known;
    const blob = this.#db
      .prepare<[number, ContentId], Buffer>("SELECT vector FROM embedding WHERE encoder_id = ? AND content_id = ?")
      .pluck()
      .get(this.#encoderId, content) as Buffer;
    const vector = new Float32Array(new Uint8Array(blob).buffer);
    this.#vectors.set(content, vector);
    return vector;
  }

  comparedPhotos(): Iterable<PhotoPath> {
    return this.#db
      .prepare<[number], PhotoPath>(
        "SELECT path FROM photo JOIN embedding ON embedding.content_id = photo.content_id AND encoder_id = ? WHERE missing = 0",
      )
      .pluck()
      .iterate(this.#encoderId);
  }

  sideFiles(): Iterable<CompanionFile> {
    return this.#db.prepare<[], CompanionFile>("SELECT path, bytes FROM side_file ORDER BY path").iterate();
  }

  /** The ledger of skipped files, and camera originals that stand alone. */
  skipped(): readonly SkippedPhoto[] {
    return skippedPhotos(this.#db);
  }

  unfinished(): Unfinished {
    return readUnfinished(this.#db, this.#encoderId);
  }
}

/** The contents with their present photos in path order; those that have no such photo or no embedding are left out. */
export function presentContents(db: Sqlite, encoderId: number, ids: Iterable<ContentId>): ReadonlyMap<ContentId, LibraryContent> {
  const findContent = db.prepare<[number, ContentId], ContentRow>(
    "SELECT content.*, detail FROM content JOIN embedding ON content_id = content.id AND encoder_id = ? WHERE content.id = ?",
  );
  const findPhotos = db.prepare<[ContentId], LibraryPhoto>(
    "SELECT path, modified_ms AS modifiedMs, file_id AS fileId FROM photo WHERE content_id = ? AND missing = 0 ORDER BY path",
  );
  const contents = new Map<ContentId, LibraryContent>();
  for (const id of ids) {
    const row = findContent.get(encoderId, id);
    const photos = findPhotos.all(id);
    if (row !== undefined && photos.length > 0) contents.set(id, toContent(id, row, photos));
  }
  return contents;
}

/** In path order. */
export function skippedPhotos(db: Sqlite): readonly SkippedPhoto[] {
  const listed = db.prepare<[], SkippedPhoto>("SELECT path, reason, detail FROM skipped").all();
  return [...listed, ...loneRaws(db)].sort((one, other) => comparePaths(one.path, other.path));
}

/** RAW files without a photo of the same name beside them: pictures that nothing compares. */
function loneRaws(db: Sqlite): readonly SkippedPhoto[] {
  const findPhoto = db.prepare<[string, string]>("SELECT 1 FROM photo WHERE path >= ? AND path < ? AND missing = 0 LIMIT 1");
  const raws: PhotoPath[] = [];
  for (const path of db.prepare<[], PhotoPath>("SELECT path FROM side_file").pluck().iterate()) if (isRaw(path)) raws.push(path);
  return raws
    .filter((path) => {
      const name = folderPrefix(folderOf(path)) + stem(path);
      return findPhoto.get(`${name}.`, `${name}/`) === undefined; // "/" is the code point after "."
    })
    .map((path) => ({ path, reason: "unsupported-format", detail: `${extension(path)} originals are not decoded yet` }));
}

function toContent(id: ContentId, row: ContentRow, photos: readonly LibraryPhoto[]): LibraryContent {
  const { hash, bytes, width, height, format, taken_at, camera, exif_fields, detail } = row;
  const exposure = { takenAt: taken_at === null ? null : readCaptureTime(taken_at), camera };
  return { id, hash, bytes, facts: { width, height, format, exposure, exifFields: exif_fields }, detail, photos };
}
