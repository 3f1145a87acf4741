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
import { type EvidenceRow, readEvidence } from "../library/content-row.ts";
import { TAKEN_COLUMNS } from "../library/taken-picture.ts";
import type { EncoderId } from "./encoder-row.ts";
import { storable } from "./given-rows.ts";
import { pairPages } from "./pair-store.ts";
import type { Server } from "./server.ts";

interface IdOf<Key> {
  readonly key: Key;
  readonly id: ContentId;
}

export class ServerCalibrationStore implements CalibrationStore {
  readonly #server: Server;
  readonly #encoderId: EncoderId;

  constructor(server: Server, encoderId: EncoderId) {
    this.#server = server;
    this.#encoderId = encoderId;
  }

  async contentsOf(hashes: readonly ContentHash[]): Promise<ReadonlyMap<ContentHash, ContentId>> {
    const rows = await this.#server.rows<IdOf<ContentHash>>(
      `SELECT hash AS key, id FROM content JOIN embedding ON content_id = content.id AND encoder_id = $1 WHERE hash = ANY($2::text[])`,
      [await this.#encoderId(), hashes],
    );
    return inOrder(hashes, new Map(rows.map(({ key, id }) => [key, id])));
  }

  async contentsAt(paths: readonly PhotoPath[]): Promise<ReadonlyMap<PhotoPath, ContentId>> {
    const rows = await this.#server.rows<IdOf<PhotoPath>>(
      `SELECT path AS key, photo.content_id AS id FROM photo
       JOIN embedding ON embedding.content_id = photo.content_id AND encoder_id = $1 WHERE path = ANY($2::text[])`,
      [await this.#encoderId(), paths.map(storable)],
    );
    return inOrder(paths, new Map(rows.map(({ key, id }) => [key, id])));
  }

  async photos(contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, PhotoEvidence>> {
    const asked = [...contents];
    const rows = await this.#server.rows<EvidenceRow & { readonly content_id: ContentId }>(
      `SELECT content_id, hash, ${TAKEN_COLUMNS.join(", ")}, detail, vector FROM embedding JOIN content ON content.id = content_id
       WHERE encoder_id = $1 AND content_id = ANY($2::bigint[])`,
      [await this.#encoderId(), asked],
    );
    return inOrder(asked, new Map(rows.map((row) => [row.content_id, readEvidence(row)])));
  }

  async filesOf(contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, PhotoFile>> {
    const asked = [...contents];
    const rows = await this.#server.rows<PhotoFile & { readonly content: ContentId }>(
      `SELECT DISTINCT ON (content_id) content_id AS content, path, bytes, modified_ms AS "modifiedMs", NULL::double precision AS "changedMs",
         file_id AS "fileId"
       FROM photo JOIN content ON content.id = content_id WHERE content_id = ANY($1::bigint[]) AND NOT missing ORDER BY content_id, path`,
      [asked],
    );
    return inOrder(asked, new Map(rows.map(({ content, ...file }) => [content, file])));
  }

  async comparedContents(): Promise<readonly ContentId[]> {
    const rows = await this.#server.rows<{ readonly content_id: ContentId }>(
      `SELECT content_id FROM embedding JOIN encoder ON encoder.id = encoder_id
       WHERE encoder_id = $1 AND seq <= compared_through AND detail >= $2
         AND EXISTS (SELECT 1 FROM photo WHERE photo.content_id = embedding.content_id AND NOT missing)
       ORDER BY content_id`,
      [await this.#encoderId(), NEARLY_EMPTY_BELOW],
    );
    return rows.map(({ content_id }) => content_id);
  }

  pairsAtOrAbove(threshold: number): AsyncIterable<readonly Pair[]> {
    return pairPages(this.#server, this.#encoderId, threshold, "rising");
  }

  pairsBelow(threshold: number): AsyncIterable<readonly Pair[]> {
    return pairPages(this.#server, this.#encoderId, threshold, "falling");
  }

  async save(calibration: SavedCalibration): Promise<void> {
    const id = await this.#encoderId();
    await this.#server.transaction((changes) =>
      changes.change(
        `INSERT INTO calibration (encoder_id, made_at, document) VALUES ($1, $2, $3)
         ON CONFLICT (encoder_id) DO UPDATE SET made_at = excluded.made_at, document = excluded.document`,
        [id, calibration.createdAt, writeSavedCalibration(calibration)],
      ),
    );
  }

  async saved(): Promise<SavedCalibration | null> {
    const row = await this.#server.row<{ readonly document: string }>("SELECT document FROM calibration WHERE encoder_id = $1", [
      await this.#encoderId(),
    ]);
    return row === undefined ? null : readSavedCalibration(row.document);
  }
}

/** What was found, in the order in which it was asked for. */
function inOrder<Key, Value>(keys: readonly Key[], found: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> {
  const ordered = new Map<Key, Value>();
  for (const key of keys) {
    const value = found.get(key);
    if (value !== undefined) ordered.set(key, value);
  }
  return ordered;
}
