/**
 * Vectors out, pairs in.
 */
import type { ContentId, Pair } from "../../core/library/contents.ts";
import type { ComparedBlock, PairStore, SearchPairs, VectorMatrix } from "../../core/library/vectors.ts";
import { comparePending } from "../../core/pairs/compare-pending.ts";
import type { Sqlite } from "./sqlite.ts";

interface VectorRow {
  readonly seq: number;
  readonly content_id: ContentId;
  readonly vector: Buffer;
}

export class PairDatabase implements PairStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;
  readonly #dimensions: number;
  readonly #searchPairs: SearchPairs;

  constructor(db: Sqlite, encoderId: number, dimensions: number, searchPairs: SearchPairs) {
    this.#db = db;
    this.#encoderId = encoderId;
    this.#dimensions = dimensions;
    this.#searchPairs = searchPairs;
  }

  async *findPairs(floor: number, by = this.#searchPairs): AsyncGenerator<ComparedBlock> {
    yield* comparePending(await this.loadVectors(), by, floor);
  }

  async hasNearestIndex(): Promise<boolean> {
    return false;
  }

  /** A file keeps no index: one in memory is as fast where a whole library fits into it. */
  async findNearPairs(): Promise<null> {
    return null;
  }

  async loadVectors(): Promise<VectorMatrix> {
    const rowBytes = this.#dimensions * Float32Array.BYTES_PER_ELEMENT;
    return this.#db.transaction(() => {
      const values = new Float32Array(this.#count("") * this.#dimensions);
      const bytes = new Uint8Array(values.buffer);
      const comparedThrough = this.#comparedThrough();
      const contentIds: ContentId[] = [];
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

  async uncomparedCount(): Promise<number> {
    const through = this.#comparedThrough();
    const last = this.#db.prepare<[], number | null>("SELECT max(seq) FROM embedding").pluck().get() ?? 0;
    return last <= through ? 0 : this.#count(`AND seq > ${through}`);
  }

  async recordPairs({ pairs, through }: Pick<ComparedBlock, "pairs" | "through">): Promise<void> {
    if (through === null) return;
    const put = this.#db.prepare("INSERT OR IGNORE INTO pair (encoder_id, similarity, a, b) VALUES (?, ?, ?, ?)");
    this.#db
      .transaction(() => {
        for (const { a, b, similarity } of pairs) put.run(this.#encoderId, similarity, Math.min(a, b), Math.max(a, b));
        this.#db
          .prepare(
            `UPDATE encoder SET compared_through = (SELECT seq FROM embedding WHERE encoder_id = encoder.id AND content_id = ?)
           WHERE id = ?`,
          )
          .run(through, this.#encoderId);
      })
      .immediate();
  }

  #vectors(): IterableIterator<VectorRow> {
    return this.#db
      .prepare<[number], VectorRow>("SELECT seq, content_id, vector FROM embedding NOT INDEXED WHERE encoder_id = ? ORDER BY seq")
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

/** Pages of an encoder's pairs, by key: nothing is held open between them. */
export async function* pairPages(
  db: Sqlite,
  encoderId: number,
  from: PairBound,
  order: "rising" | "falling",
): AsyncGenerator<readonly Pair[]> {
  const [comparison, direction] = order === "rising" ? [">", "ASC"] : ["<", "DESC"];
  const page = db.prepare<[number, number, number, number, number], Pair>(
    `SELECT a, b, similarity FROM pair WHERE encoder_id = ? AND (similarity, a, b) ${comparison} (?, ?, ?)
     ORDER BY similarity ${direction}, a ${direction}, b ${direction} LIMIT ?`,
  );
  let after: PairBound | undefined = from;
  while (after !== undefined) {
    const pairs: readonly Pair[] = page.all(encoderId, after.similarity, after.a, after.b, PAGE_OF_PAIRS);
    if (pairs.length > 0) yield pairs;
    after = pairs.length < PAGE_OF_PAIRS ? undefined : pairs.at(-1);
  }
}

const PAGE_OF_PAIRS = 10_000;

export interface PairBound {
  readonly similarity: number;
  readonly a: number;
  readonly b: number;
}

/** Before every pair of that similarity: ids begin at 1. */
export function boundAt(similarity: number): PairBound {
  return { similarity, a: 0, b: 0 };
}
