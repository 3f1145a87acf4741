/**
 * Vectors of one encoder read, and those that are made of them kept as another's.
 */
import type { DerivedStore, KeptVector } from "../../core/adaptation/derived-vectors-store.ts";
import type { ContentId } from "../../core/library/contents.ts";
import type { Sqlite } from "./sqlite.ts";
import { vectorOf } from "./vector-blob.ts";

/** Vectors of 512 dimensions: a megabyte. */
const PAGE = 500;

interface Row {
  readonly seq: number;
  readonly content_id: ContentId;
  readonly detail: number;
  readonly vector: Buffer;
}

export class DerivedDatabase implements DerivedStore {
  readonly #db: Sqlite;
  readonly #from: number;
  readonly #to: number;

  constructor(db: Sqlite, from: number, to: number) {
    this.#db = db;
    this.#from = from;
    this.#to = to;
  }

  async total(): Promise<number> {
    return this.#db.prepare<[number], number>("SELECT count(*) FROM embedding WHERE encoder_id = ?").pluck().get(this.#from) as number;
  }

  async *pages(): AsyncGenerator<readonly KeptVector[]> {
    const read = this.#db.prepare<[number, number, number], Row>(
      "SELECT seq, content_id, detail, vector FROM embedding NOT INDEXED WHERE encoder_id = ? AND seq > ? ORDER BY seq LIMIT ?",
    );
    for (let after = 0; ; ) {
      const rows = read.all(this.#from, after, PAGE);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(({ content_id, detail, vector }) => ({
        content: content_id,
        detail,
        vector: vectorOf(vector),
      }));
      after = last.seq;
    }
  }

  async keep(vectors: readonly KeptVector[]): Promise<void> {
    const put = this.#db.prepare("INSERT OR IGNORE INTO embedding (encoder_id, content_id, detail, vector) VALUES (?, ?, ?, ?)");
    this.#db
      .transaction(() => {
        for (const { content, detail, vector } of vectors) put.run(this.#to, content, detail, Buffer.from(vector.buffer));
      })
      .immediate();
  }
}
