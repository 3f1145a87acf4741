/**
 * Vectors out, pairs in.
 */
import type { Pair } from "../../core/library/contents.ts";
import type { PairStore, VectorMatrix } from "../../core/library/vectors.ts";
import type { Sqlite } from "./sqlite.ts";

interface VectorRow {
  readonly seq: number;
  readonly content_id: number;
  readonly vector: Buffer;
}

export class PairDatabase implements PairStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;
  readonly #dimensions: number;

  constructor(db: Sqlite, encoderId: number, dimensions: number) {
    this.#db = db;
    this.#encoderId = encoderId;
    this.#dimensions = dimensions;
  }

  loadVectors(): VectorMatrix {
    const rowBytes = this.#dimensions * Float32Array.BYTES_PER_ELEMENT;
    return this.#db.transaction(() => {
      const values = new Float32Array(this.#count("") * this.#dimensions);
      const bytes = new Uint8Array(values.buffer);
      const comparedThrough = this.#comparedThrough();
      const contentIds: number[] = [];
      let comparedRows = 0;
      for (const { seq, content_id, vector } of this.#vectors()) {
        if (vector.length !== rowBytes) throw new RangeError(`Expected a vector of ${rowBytes} bytes, got ${vector.length}`);
        bytes.set(vector, contentIds.length * rowBytes);
        contentIds.push(content_id);
        if (seq <= comparedThrough) comparedRows = contentIds.length;
      }
      return { values, dimensions: this.#dimensions, contentIds, comparedRows };
    })();
  }

  uncomparedCount(): number {
    return this.#count(`AND seq > ${this.#comparedThrough()}`);
  }

  recordPairs(pairs: readonly Pair[], matrix: VectorMatrix, throughRow: number): void {
    const put = this.#db.prepare("INSERT OR IGNORE INTO pair (encoder_id, similarity, a, b) VALUES (?, ?, ?, ?)");
    this.#db
      .transaction(() => {
        for (const { a, b, similarity } of pairs) put.run(this.#encoderId, similarity, Math.min(a, b), Math.max(a, b));
        this.#db
          .prepare(
            `UPDATE encoder SET compared_through = (SELECT seq FROM embedding WHERE encoder_id = encoder.id AND content_id = ?)
           WHERE id = ?`,
          )
          .run(matrix.contentIds[throughRow - 1], this.#encoderId);
      })
      .immediate();
  }

  #vectors(): IterableIterator<VectorRow> {
    return this.#db
      .prepare<[number], VectorRow>("SELECT seq, content_id, vector FROM embedding WHERE encoder_id = ? ORDER BY seq")
      .iterate(this.#encoderId);
  }

  #comparedThrough(): number {
    return this.#db.prepare<[number], number>("SELECT compared_through FROM encoder WHERE id = ?").pluck().get(this.#encoderId) ?? 0;
  }

  #count(condition: string): number {
    return this.#db
      .prepare<[number], number>(`SELECT count(*) FROM embedding WHERE encoder_id = ? ${condition}`)
      .pluck()
      .get(this.#encoderId) as number;
  }
}
