/**
 * The canaries of one encoder and what became of them.
 */
import type { Canary } from "../../core/drift/canary.ts";
import type { DriftCheck, DriftReport, DriftStore } from "../../core/drift/drift.ts";
import { type CanaryRow, type CheckRow, canaryOf, checkOf } from "../library/canary-rows.ts";
import { blobOf } from "../library/vector-blob.ts";
import type { EncoderId } from "./encoder-row.ts";
import { base64, givenRows, rowsParameter } from "./given-rows.ts";
import type { Changes, Server } from "./server.ts";

export class ServerCanaryStore implements DriftStore {
  readonly encoder: DriftReport["encoder"];
  readonly #server: Server;
  readonly #encoderId: EncoderId;

  constructor(server: Server, encoderId: EncoderId, encoder: DriftReport["encoder"]) {
    this.#server = server;
    this.#encoderId = encoderId;
    this.encoder = encoder;
  }

  async canaries(): Promise<readonly Canary[]> {
    const rows = await this.#server.rows<CanaryRow>(
      `SELECT name, format, file, pixels_hash, sample, vector FROM canary WHERE encoder_id = $1 ORDER BY name COLLATE "C", format COLLATE "C"`,
      [await this.#encoderId()],
    );
    return rows.map(canaryOf);
  }

  async checks(): Promise<readonly DriftCheck[]> {
    const rows = await this.#server.rows<CheckRow>(
      "SELECT checked_at, versions, verdict, findings FROM canary_check WHERE encoder_id = $1 ORDER BY id",
      [await this.#encoderId()],
    );
    return rows.map(checkOf);
  }

  async recordMade(canaries: readonly Canary[], check: DriftCheck): Promise<void> {
    const id = await this.#encoderId();
    const rows = canaries.map(({ name, format, bytes, trace: { pixelsHash, sample, vector } }) => {
      return { name, format, file: base64(bytes), pixels_hash: pixelsHash, sample: base64(sample), vector: base64(blobOf(vector)) };
    });
    await this.#server.transaction(async (changes) => {
      const made = await changes.change(
        `INSERT INTO canary (encoder_id, name, format, file, pixels_hash, sample, vector)
         SELECT $2, name, format, decode(file, 'base64'), pixels_hash, decode(sample, 'base64'), decode(vector, 'base64')
         FROM ${givenRows("name text, format text, file text, pixels_hash text, sample text, vector text")}
         ON CONFLICT DO NOTHING`,
        [rowsParameter(rows), id],
      );
      // Another machine that scans for the first time may have made them in between.
      if (made > 0) await putCheck(changes, id, check);
    });
  }

  async recordCheck(check: DriftCheck): Promise<void> {
    const id = await this.#encoderId();
    await this.#server.transactionOnce((changes) => putCheck(changes, id, check));
  }
}

async function putCheck(changes: Changes, encoderId: number, { checkedAt, versions, verdict, findings }: DriftCheck): Promise<void> {
  await changes.change("INSERT INTO canary_check (encoder_id, checked_at, versions, verdict, findings) VALUES ($1, $2, $3, $4, $5)", [
    encoderId,
    checkedAt,
    JSON.stringify(versions),
    verdict,
    JSON.stringify(findings),
  ]);
}
