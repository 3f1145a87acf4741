/**
 * Vectors out, pairs in.
 */
import type { ContentId, Pair } from "../../core/library/contents.ts";
import type { ComparedBlock, PairStore, SearchPairs, VectorMatrix } from "../../core/library/vectors.ts";
import { comparePending } from "../../core/pairs/compare-pending.ts";
import { requireLength } from "../library/vector-blob.ts";
import type { EncoderId } from "./encoder-row.ts";
import { givenRows, rowsParameter } from "./given-rows.ts";
import { pagesBehind } from "./pages.ts";
import type { Queries, Server } from "./server.ts";

/** Vectors of 512 dimensions: eight megabytes. */
const PAGE_OF_VECTORS = 4_000;
const PAGE_OF_PAIRS = 10_000;

interface VectorRow {
  readonly seq: number;
  readonly content_id: ContentId;
  readonly vector: Buffer;
}

export class ServerPairStore implements PairStore {
  readonly #server: Server;
  readonly #encoderId: EncoderId;
  readonly #dimensions: number;
  readonly #searchPairs: SearchPairs;

  constructor(server: Server, encoderId: EncoderId, dimensions: number, searchPairs: SearchPairs) {
    this.#server = server;
    this.#encoderId = encoderId;
    this.#dimensions = dimensions;
    this.#searchPairs = searchPairs;
  }

  async *findPairs(floor: number): AsyncGenerator<ComparedBlock> {
    yield* comparePending(await this.loadVectors(), this.#searchPairs, floor);
  }

  async loadVectors(): Promise<VectorMatrix> {
    const id = await this.#encoderId();
    return this.#server.snapshot(async (queries) => {
      const values = new Float32Array((await this.#count(queries, id)) * this.#dimensions);
      const bytes = new Uint8Array(values.buffer);
      const comparedThrough = await this.#comparedThrough(queries, id);
      const contentIds: ContentId[] = [];
      let comparedRows = 0;
      for await (const page of pagesBehind(
        0,
        (after) => vectorPage(queries, id, after),
        ({ seq }) => seq,
      )) {
        for (const { seq, content_id, vector } of page) {
          requireLength(vector, this.#dimensions);
          bytes.set(vector, contentIds.length * vector.length);
          contentIds.push(content_id);
          if (seq <= comparedThrough) comparedRows = contentIds.length;
        }
      }
      return { values, dimensions: this.#dimensions, contentIds, comparedRows };
    });
  }

  async uncomparedCount(): Promise<number> {
    const id = await this.#encoderId();
    const row = await this.#server.row<{ readonly count: number }>(
      `SELECT count(*) FROM embedding WHERE encoder_id = $1
       AND seq > coalesce((SELECT compared_through FROM encoder WHERE id = $1), 0)`,
      [id],
    );
    return row?.count ?? 0;
  }

  async recordPairs({ pairs, through }: Pick<ComparedBlock, "pairs" | "through">): Promise<void> {
    const id = await this.#encoderId();
    const ordered = pairs.map(({ a, b, similarity }) => ({ similarity, a: Math.min(a, b), b: Math.max(a, b) }));
    await this.#server.transaction(async (changes) => {
      await changes.change(
        `INSERT INTO pair (encoder_id, similarity, a, b)
         SELECT $2, similarity, a, b FROM ${givenRows("similarity double precision, a bigint, b bigint")} ON CONFLICT DO NOTHING`,
        [rowsParameter(ordered), id],
      );
      await changes.change(
        `UPDATE encoder SET compared_through = (SELECT seq FROM embedding WHERE encoder_id = $1 AND content_id = $2) WHERE id = $1`,
        [id, through],
      );
    });
  }

  async #comparedThrough(queries: Queries, id: number): Promise<number> {
    const row = await queries.row<{ readonly compared_through: number }>("SELECT compared_through FROM encoder WHERE id = $1", [id]);
    return row?.compared_through ?? 0;
  }

  async #count(queries: Queries, id: number): Promise<number> {
    const row = await queries.row<{ readonly count: number }>("SELECT count(*) FROM embedding WHERE encoder_id = $1", [id]);
    return row?.count ?? 0;
  }
}

function vectorPage(queries: Queries, id: number, after: number): Promise<readonly VectorRow[]> {
  return queries.rows<VectorRow>("SELECT seq, content_id, vector FROM embedding WHERE encoder_id = $1 AND seq > $2 ORDER BY seq LIMIT $3", [
    id,
    after,
    PAGE_OF_VECTORS,
  ]);
}

/**
 * An encoder's pairs by pages: those from a similarity on, rising; or those below it, falling.
 */
export async function* pairPages(
  server: Server,
  encoderId: EncoderId,
  from: number,
  order: "rising" | "falling",
): AsyncGenerator<readonly Pair[]> {
  const id = await encoderId();
  const [comparison, direction] = order === "rising" ? [">", "ASC"] : ["<", "DESC"];
  const read = (after: Pick<Pair, "similarity"> | Pair) =>
    server.rows<Pair>(
      `SELECT a, b, similarity FROM pair WHERE encoder_id = $1 AND (similarity, a, b) ${comparison} ($2, $3, $4)
       ORDER BY similarity ${direction}, a ${direction}, b ${direction} LIMIT $5`,
      // Before every pair of that similarity: ids begin at 1.
      [id, after.similarity, "a" in after ? after.a : 0, "b" in after ? after.b : 0, PAGE_OF_PAIRS],
    );
  const first: Pick<Pair, "similarity"> = { similarity: from as Pair["similarity"] };
  yield* pagesBehind(first, read, (pair) => pair);
}
