/**
 * The canaries of one encoder and what became of them.
 */
import type { Canary } from "../../core/drift/canary.ts";
import type { DriftCheck, DriftReport, DriftStore } from "../../core/drift/drift.ts";
import { type CanaryRow, type CheckRow, canaryOf, checkOf } from "./canary-rows.ts";
import type { Sqlite } from "./sqlite.ts";

export class CanaryDatabase implements DriftStore {
  readonly encoder: DriftReport["encoder"];
  readonly #db: Sqlite;
  readonly #encoderId: number;

  constructor(db: Sqlite, encoderId: number, encoder: DriftReport["encoder"]) {
    this.#db = db;
    this.#encoderId = encoderId;
    this.encoder = encoder;
  }

  async canaries(): Promise<readonly Canary[]> {
    return this.#db
      .prepare<[number], CanaryRow>("SELECT name, format, file, pixels_hash, sample, vector FROM canary WHERE encoder_id = ?")
      .all(this.#encoderId)
      .map(canaryOf);
  }

  async checks(): Promise<readonly DriftCheck[]> {
    return this.#db
      .prepare<[number], CheckRow>("SELECT checked_at, versions, verdict, findings FROM canary_check WHERE encoder_id = ? ORDER BY id")
      .all(this.#encoderId)
      .map(checkOf);
  }

  async recordMade(canaries: readonly Canary[], check: DriftCheck): Promise<void> {
    const put = this.#db.prepare(
      "INSERT INTO canary (encoder_id, name, format, file, pixels_hash, sample, vector) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    this.#db
      .transaction(() => {
        for (const { name, format, bytes, trace } of canaries) {
          const { pixelsHash, sample, vector } = trace;
          put.run(this.#encoderId, name, format, bytes, pixelsHash, sample, new Uint8Array(vector.buffer));
        }
        this.#putCheck(check);
      })
      .immediate();
  }

  async recordCheck(check: DriftCheck): Promise<void> {
    this.#putCheck(check);
  }

  #putCheck({ checkedAt, versions, verdict, findings }: DriftCheck): void {
    this.#db
      .prepare("INSERT INTO canary_check (encoder_id, checked_at, versions, verdict, findings) VALUES (?, ?, ?, ?, ?)")
      .run(this.#encoderId, checkedAt, JSON.stringify(versions), verdict, JSON.stringify(findings));
  }
}
