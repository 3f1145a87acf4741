/**
 * What a calibration reads of the library, and where it is kept.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { readSavedCalibration, type SavedCalibration, writeSavedCalibration } from "../../core/calibration/saved-calibration.ts";
import type { ContentId, Pair } from "../../core/library/contents.ts";
import type { PhotoEvidence } from "../../core/pairs/labelled-pair.ts";
import { NEARLY_EMPTY_BELOW } from "../../core/photos/detail.ts";
import { readCaptureTime } from "../../core/photos/exposure.ts";
import type { ContentHash, PhotoPath } from "../../core/units.ts";
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

  constructor(db: Sqlite, encoderId: number) {
    this.#db = db;
    this.#encoderId = encoderId;
  }

  findContent(hash: ContentHash): ContentId | null {
    return this.#find("SELECT id FROM content JOIN embedding ON content_id = content.id AND encoder_id = ? WHERE hash = ?", hash);
  }

  contentAt(path: PhotoPath): ContentId | null {
    return this.#find(
      "SELECT photo.content_id FROM photo JOIN embedding ON embedding.content_id = photo.content_id AND encoder_id = ? WHERE path = ?",
      path,
    );
  }

  photo(content: ContentId): PhotoEvidence {
    const { hash, taken_at, camera, detail, vector } = this.#db
      .prepare<[number, ContentId], PhotoRow>(
        `SELECT hash, taken_at, camera, detail, vector FROM embedding JOIN content ON content.id = content_id
         WHERE encoder_id = ? AND content_id = ?`,
      )
      .get(this.#encoderId, content) as PhotoRow;
    const exposure = { takenAt: taken_at === null ? null : readCaptureTime(taken_at), camera };
    return { hash, exposure, detail, vector: new Float32Array(new Uint8Array(vector).buffer) };
  }

  comparedContents(): readonly ContentId[] {
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

  pairsAtOrAbove(threshold: number): Iterable<Pair> {
    return this.#db
      .prepare<[number, number], Pair>("SELECT a, b, similarity FROM pair WHERE encoder_id = ? AND similarity >= ?")
      .iterate(this.#encoderId, threshold);
  }

  pairsBelow(threshold: number): Iterable<Pair> {
    return this.#db
      .prepare<[number, number], Pair>(
        "SELECT a, b, similarity FROM pair WHERE encoder_id = ? AND similarity < ? ORDER BY similarity DESC, a, b",
      )
      .iterate(this.#encoderId, threshold);
  }

  save(calibration: SavedCalibration): void {
    this.#db
      .prepare("INSERT OR REPLACE INTO calibration (encoder_id, made_at, document) VALUES (?, ?, ?)")
      .run(this.#encoderId, calibration.createdAt, writeSavedCalibration(calibration));
  }

  saved(): SavedCalibration | null {
    const text = this.#db.prepare<[number], string>("SELECT document FROM calibration WHERE encoder_id = ?").pluck().get(this.#encoderId);
    return text === undefined ? null : readSavedCalibration(text);
  }

  #find(query: string, value: string): ContentId | null {
    return this.#db.prepare<[number, string], ContentId>(query).pluck().get(this.#encoderId, value) ?? null;
  }
}
