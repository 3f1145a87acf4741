/**
 * Vectors of one encoder read, and those that are made of them kept as another's.
 */
import type { DerivedStore, KeptVector } from "../../core/adaptation/derived-vectors-store.ts";
import type { ContentId } from "../../core/library/contents.ts";
import { blobOf, vectorOf } from "../library/vector-blob.ts";
import { announceEmbeddings } from "./comparison.ts";
import type { EncoderId } from "./encoder-row.ts";
import { base64, givenRows, lastOf, rowsParameter } from "./given-rows.ts";
import { pagesBehind } from "./pages.ts";
import type { Server } from "./server.ts";

/** Vectors of 512 dimensions: a megabyte. */
const PAGE = 500;

interface Row {
  readonly seq: number;
  readonly content_id: ContentId;
  readonly detail: number;
  readonly vector: Buffer;
}

export class ServerDerivedStore implements DerivedStore {
  readonly #server: Server;
  readonly #from: EncoderId;
  readonly #to: EncoderId;

  constructor(server: Server, from: EncoderId, to: EncoderId) {
    this.#server = server;
    this.#from = from;
    this.#to = to;
  }

  async total(): Promise<number> {
    const row = await this.#server.row<{ readonly count: number }>("SELECT count(*) FROM embedding WHERE encoder_id = $1", [
      await this.#from(),
    ]);
    return row?.count ?? 0;
  }

  async *pages(): AsyncGenerator<readonly KeptVector[]> {
    const id = await this.#from();
    const read = (after: number) =>
      this.#server.rows<Row>(
        "SELECT seq, content_id, detail, vector FROM embedding WHERE encoder_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        [id, after, PAGE],
      );
    for await (const rows of pagesBehind(0, read, ({ seq }) => seq))
      yield rows.map(({ content_id, detail, vector }) => ({ content: content_id, detail, vector: vectorOf(vector) }));
  }

  async keep(vectors: readonly KeptVector[]): Promise<void> {
    const id = await this.#to();
    const rows = vectors.map(({ content, detail, vector }) => ({ content, detail, vector: base64(blobOf(vector)) }));
    await this.#server.transaction(async (changes) => {
      await announceEmbeddings(changes);
      await changes.change(
        `INSERT INTO embedding (encoder_id, content_id, detail, vector)
         SELECT $2, content, detail, decode(vector, 'base64')
         FROM ${givenRows("content bigint, detail double precision, vector text")} ON CONFLICT (encoder_id, content_id) DO NOTHING`,
        [rowsParameter(lastOf(rows, ({ content }) => content)), id],
      );
    });
  }
}
