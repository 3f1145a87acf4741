/**
 * What a calibration reads of the library, and where it is kept.
 */
import { CALIBRATION_VERSION, type Calibration } from "../../core/calibration/calibration.ts";
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import type { NamedEncoder } from "../../core/encoders/encoder.ts";
import type { ContentId, Pair } from "../../core/library/contents.ts";
import type { SeenPhoto } from "../../core/pairs/judged-pair.ts";
import { NEARLY_EMPTY_BELOW } from "../../core/photos/detail.ts";
import { readCaptureTime } from "../../core/photos/exposure.ts";
import type { PhotoFile } from "../../core/photos/photo.ts";
import type { ContentHash, PhotoPath } from "../../core/units.ts";
import { found } from "./found.ts";
import { boundAt, pairPages } from "./pair-store.ts";
import type { Sqlite } from "./sqlite.ts";

interface PhotoRow {
  readonly hash: ContentHash;
  readonly taken_at: string | null;
  readonly camera: string | null;
  readonly detail: number;
  readonly vector: Buffer;
}

export class CalibrationDatabase implements CalibrationStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;
  readonly #encoder: NamedEncoder;

  constructor(db: Sqlite, encoderId: number, encoder: NamedEncoder) {
    this.#db = db;
    this.#encoderId = encoderId;
    this.#encoder = encoder;
  }

  async contentsOf(hashes: readonly ContentHash[]): Promise<ReadonlyMap<ContentHash, ContentId>> {
    const find = this.#find("SELECT id FROM content JOIN embedding ON content_id = content.id AND encoder_id = ? WHERE hash = ?");
    return found(hashes, (hash) => find.get(this.#encoderId, hash));
  }

  async contentsAt(paths: readonly PhotoPath[]): Promise<ReadonlyMap<PhotoPath, ContentId>> {
    const find = this.#find(
      "SELECT photo.content_id FROM photo JOIN embedding ON embedding.content_id = photo.content_id AND encoder_id = ? WHERE path = ?",
    );
    return found(paths, (path) => find.get(this.#encoderId, path));
  }

  async photos(contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, SeenPhoto>> {
    const find = this.#db.prepare<[number, ContentId], PhotoRow>(
      `SELECT hash, taken_at, camera, detail, vector FROM embedding JOIN content ON content.id = content_id
       WHERE encoder_id = ? AND content_id = ?`,
    );
    return found(contents, (content) => {
      const row = find.get(this.#encoderId, content);
      return row === undefined ? undefined : toSeenPhoto(row);
    });
  }

  async filesOf(contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, PhotoFile>> {
    const find = this.#db.prepare<[ContentId], PhotoFile>(
      `SELECT path, bytes, modified_ms AS modifiedMs, NULL AS changedMs, file_id AS fileId FROM photo JOIN content ON content.id = content_id
       WHERE content_id = ? AND missing = 0 ORDER BY path LIMIT 1`,
    );
    return found(contents, (content) => find.get(content));
  }

  async comparedContents(): Promise<readonly ContentId[]> {
    return this.#db
      .prepare<[number, number], ContentId>(
        `SELECT content_id FROM embedding JOIN encoder ON encoder.id = encoder_id
         WHERE encoder_id = ? AND seq <= compared_through AND detail >= ?
           AND EXISTS (SELECT 1 FROM photo WHERE photo.content_id = embedding.content_id AND missing = 0)
         ORDER BY content_id`,
      )
      .pluck()
      .all(this.#encoderId, NEARLY_EMPTY_BELOW);
  }

  pairsAtOrAbove(threshold: number): AsyncIterable<readonly Pair[]> {
    return pairPages(this.#db, this.#encoderId, boundAt(threshold), "rising");
  }

  pairsBelow(threshold: number): AsyncIterable<readonly Pair[]> {
    return pairPages(this.#db, this.#encoderId, boundAt(threshold), "falling");
  }

  async save(calibration: Calibration): Promise<void> {
    this.#db
      .prepare("INSERT OR REPLACE INTO calibration (encoder_id, made_at, document) VALUES (?, ?, ?)")
      .run(this.#encoderId, calibration.madeAt, JSON.stringify(calibration));
  }

  async saved(): Promise<Calibration | null> {
    const text = this.#db.prepare<[number], string>("SELECT document FROM calibration WHERE encoder_id = ?").pluck().get(this.#encoderId);
    if (text === undefined) return null;
    const calibration = JSON.parse(text) as Calibration;
    // The encoder goes by the name that it has today: it is known by its row, and early documents tell no version.
    return calibration.schemaVersion === CALIBRATION_VERSION ? { ...calibration, encoder: this.#encoder } : null;
  }

  #find(query: string) {
    return this.#db.prepare<[number, string], ContentId>(query).pluck();
  }
}

function toSeenPhoto({ hash, taken_at, camera, detail, vector }: PhotoRow): SeenPhoto {
  const exposure = { takenAt: taken_at === null ? null : readCaptureTime(taken_at), camera };
  return { hash, exposure, detail, vector: new Float32Array(new Uint8Array(vector).buffer) };
}
