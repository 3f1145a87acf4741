/**
 * The canaries of one encoder and what became of them.
 */
import type { Canary, CanaryFinding, CanaryFormat } from "../../core/drift/canary.ts";
import type { DriftCheck, DriftReport, DriftStore, DriftVerdict, Versions } from "../../core/drift/drift.ts";
import type { Sqlite } from "./sqlite.ts";
import { vectorOf } from "./vector-blob.ts";

interface CanaryRow {
  readonly name: string;
  readonly format: CanaryFormat;
  readonly file: Buffer;
  readonly pixels_hash: string;
  readonly sample: Buffer;
  readonly vector: Buffer;
}

interface CheckRow {
  readonly checked_at: string;
  readonly versions: string;
  readonly verdict: DriftVerdict;
  readonly findings: string;
}

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
      .map(({ name, format, file, pixels_hash, sample, vector }) => ({
        name,
        format,
        bytes: file,
        trace: { pixelsHash: pixels_hash, sample, vector: vectorOf(vector) },
      }));
  }

  async checks(): Promise<readonly DriftCheck[]> {
    return this.#db
      .prepare<[number], CheckRow>("SELECT checked_at, versions, verdict, findings FROM canary_check WHERE encoder_id = ? ORDER BY id")
      .all(this.#encoderId)
      .map(({ checked_at, versions, verdict, findings }) => ({
        checkedAt: checked_at,
        versions: JSON.parse(versions) as Versions,
        verdict,
        findings: JSON.parse(findings) as CanaryFinding[],
      }));
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
