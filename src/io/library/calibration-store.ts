/**
 * What a calibration reads of the library, and where it is kept.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { readSavedCalibration, type SavedCalibration, writeSavedCalibration } from "../../core/calibration/saved-calibration.ts";
import type { ContentId, Pair } from "../../core/library/contents.ts";
import type { PhotoEvidence } from "../../core/pairs/labelled-pair.ts";
import { NEARLY_EMPTY_BELOW } from "../../core/photos/detail.ts";
import type { PhotoFile } from "../../core/photos/photo.ts";
import type { ContentHash, PhotoPath } from "../../core/units.ts";
import { type EvidenceRow, readEvidence } from "./content-row.ts";
import { found } from "./found.ts";
import { boundAt, pairPages } from "./pair-store.ts";
import type { Sqlite } from "./sqlite.ts";
import { TAKEN_COLUMNS } from "./taken-picture.ts";

export class CalibrationDatabase implements CalibrationStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;

  constructor(db: Sqlite, encoderId: number) {
    this.#db = db;
    this.#encoderId = encoderId;
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

  async photos(contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, PhotoEvidence>> {
    const find = this.#db.prepare<[number, ContentId], EvidenceRow>(
      `SELECT hash, ${TAKEN_COLUMNS.join(", ")}, detail, vector FROM embedding JOIN content ON content.id = content_id
       WHERE encoder_id = ? AND content_id = ?`,
    );
    return found(contents, (content) => {
      const row = find.get(this.#encoderId, content);
      return row === undefined ? undefined : readEvidence(row);
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

  async save(calibration: SavedCalibration): Promise<void> {
    this.#db
      .prepare("INSERT OR REPLACE INTO calibration (encoder_id, made_at, document) VALUES (?, ?, ?)")
      .run(this.#encoderId, calibration.createdAt, writeSavedCalibration(calibration));
  }

  async saved(): Promise<SavedCalibration | null> {
    const text = this.#db.prepare<[number], string>("SELECT document FROM calibration WHERE encoder_id = ?").pluck().get(this.#encoderId);
    return text === undefined ? null : readSavedCalibration(text);
  }

  #find(query: string) {
    return this.#db.prepare<[number, string], ContentId>(query).pluck();
  }
}
