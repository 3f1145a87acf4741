/**
 * Vectors out, pairs in.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { ContentId, Pair } from "../../core/library/contents.ts";
import type { Approximation, ComparedBlock, PairStore, SearchPairs, VectorMatrix } from "../../core/library/vectors.ts";
import { comparePending, comparisonCount } from "../../core/pairs/compare-pending.ts";
import { requireLength } from "../library/vector-blob.ts";
import { type ComparedRange, isComparedElsewhere, noteCompared, noteComparedUpTo, takeRange } from "./comparison.ts";
import type { EncoderId } from "./encoder-row.ts";
import { givenRows, lastOf, rowsParameter } from "./given-rows.ts";
import { nearPairs } from "./near-pairs.ts";
import { NearestIndex } from "./nearest-index.ts";
import { pagesBehind } from "./pages.ts";
import type { Queries, Server } from "./server.ts";

/** Vectors of 512 dimensions: eight megabytes. */
const PAGE_OF_VECTORS = 4_000;
const PAGE_OF_PAIRS = 10_000;
/** Others are at what is left to compare. */
const ASK_AGAIN_MS = 300;

interface VectorRow {
  readonly seq: number;
  readonly content_id: ContentId;
  readonly vector: Buffer;
}

export interface Comparing {
  readonly searchPairs: SearchPairs;
  /** Embeddings from which on an index of nearest neighbours is made where one is asked for. */
  readonly nearFrom: number;
}

export class ServerPairStore implements PairStore {
  readonly #server: Server;
  readonly #encoderId: EncoderId;
  readonly #dimensions: number;
  readonly #searchPairs: SearchPairs;
  readonly #nearFrom: number;

  constructor(server: Server, encoderId: EncoderId, dimensions: number, { searchPairs, nearFrom }: Comparing) {
    this.#server = server;
    this.#encoderId = encoderId;
    this.#dimensions = dimensions;
    this.#searchPairs = searchPairs;
    this.#nearFrom = nearFrom;
  }

  async *findPairs(floor: number, by = this.#searchPairs): AsyncGenerator<ComparedBlock> {
    const id = await this.#encoderId();
    let rows: NumberedVectors | null = null;
    yield* this.#overRanges(id, async (range) => {
      if (rows === null || rows.lastSeq < range.throughSeq) rows = await this.#load(id);
      const blocks = comparePending(rowsOf(rows, range), by, floor);
      return { left: comparisonCount(countThrough(rows.seqs, range.fromSeq), rows.seqs.length), blocks };
    });
  }

  async hasNearestIndex(): Promise<boolean> {
    return (await this.#nearestIndex()) !== null;
  }

  async findNearPairs(floor: number, onMeasured: (measured: Approximation) => void): Promise<AsyncGenerator<ComparedBlock> | null> {
    const [server, id, dimensions] = [this.#server, await this.#encoderId(), this.#dimensions];
    const index = await this.#nearestIndex();
    if (index === null || ((await this.#count(server, id)) < this.#nearFrom && !(await index.exists()))) return null;
    const choice = { server, encoderId: id, dimensions, index, floor, onMeasured };
    return this.#overRanges(id, async (range) => {
      const [before, all] = [await this.#count(server, id, range.fromSeq), await this.#count(server, id)];
      return { left: comparisonCount(before, all), blocks: nearPairs(choice, range, before) };
    });
  }

  async #nearestIndex(): Promise<NearestIndex | null> {
    return NearestIndex.open(this.#server, await this.#encoderId(), this.#dimensions);
  }

  /** Takes one range after the other until none is left, here or with others. */
  async *#overRanges(id: number, compare: (range: ComparedRange) => Promise<RangeComparison>): AsyncGenerator<ComparedBlock> {
    const handled: number[] = [];
    let [done, total] = [0, 0];
    for (;;) {
      const range = await takeRange(this.#server, id, handled);
      if (range === null) {
        if (!(await isComparedElsewhere(this.#server, id))) return;
        yield { pairs: [], through: null, done, total };
        await wait(ASK_AGAIN_MS);
        continue;
      }
      handled.push(range.id);
      const before = done;
      const { left, blocks } = await compare(range);
      total = before + left;
      for await (const block of blocks) {
        done = before + block.done;
        yield { ...block, done, total };
      }
      // Of a range that was left by another, embeddings may have gone since.
      await this.#server.transaction((changes) => noteCompared(changes, id, range));
    }
  }

  async loadVectors(): Promise<VectorMatrix> {
    const { matrix } = await this.#load(await this.#encoderId());
    return matrix;
  }

  async #load(id: number): Promise<NumberedVectors> {
    return this.#server.snapshot(async (queries) => {
      const values = new Float32Array((await this.#count(queries, id)) * this.#dimensions);
      const bytes = new Uint8Array(values.buffer);
      const comparedThrough = await this.#comparedThrough(queries, id);
      const contentIds: ContentId[] = [];
      const seqs: number[] = [];
      for await (const page of pagesBehind(
        0,
        (after) => vectorPage(queries, id, after),
        ({ seq }) => seq,
      )) {
        for (const { seq, content_id, vector } of page) {
          requireLength(vector, this.#dimensions);
          bytes.set(vector, contentIds.length * vector.length);
          contentIds.push(content_id);
          seqs.push(seq);
        }
      }
      const matrix = { values, dimensions: this.#dimensions, contentIds, comparedRows: countThrough(seqs, comparedThrough) };
      return { matrix, seqs, lastSeq: seqs.at(-1) ?? 0 };
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
    if (through === null) return;
    const id = await this.#encoderId();
    const ordered = pairs.map(({ a, b, similarity }) => ({ similarity, a: Math.min(a, b), b: Math.max(a, b) }));
    await this.#server.transaction(async (changes) => {
      await changes.change(
        `INSERT INTO pair (encoder_id, similarity, a, b)
         SELECT $2, similarity, a, b FROM ${givenRows("similarity double precision, a bigint, b bigint")} ON CONFLICT DO NOTHING`,
        [rowsParameter(lastOf(ordered, ({ similarity, a, b }) => `${similarity} ${a} ${b}`)), id],
      );
      const last = await changes.row<{ readonly seq: number }>("SELECT seq FROM embedding WHERE encoder_id = $1 AND content_id = $2", [
        id,
        through,
      ]);
      if (last !== undefined) await noteComparedUpTo(changes, id, last.seq);
    });
  }

  async #comparedThrough(queries: Queries, id: number): Promise<number> {
    const row = await queries.row<{ readonly compared_through: number }>("SELECT compared_through FROM encoder WHERE id = $1", [id]);
    return row?.compared_through ?? 0;
  }

  async #count(queries: Queries, id: number, throughSeq = Number.MAX_SAFE_INTEGER): Promise<number> {
    const row = await queries.row<{ readonly count: number }>("SELECT count(*) FROM embedding WHERE encoder_id = $1 AND seq <= $2", [
      id,
      throughSeq,
    ]);
    return row?.count ?? 0;
  }
}

interface RangeComparison {
  /** Comparisons from the begin of the range on, those of later ranges among them. */
  readonly left: number;
  /** Their `done` counts from the begin of the range on. */
  readonly blocks: AsyncIterable<Omit<ComparedBlock, "total">>;
}

/** All vectors of an encoder, with the numbers of their rows in the library, rising. */
interface NumberedVectors {
  readonly matrix: VectorMatrix;
  readonly seqs: readonly number[];
  readonly lastSeq: number;
}

/** The range as a comparison has it: rows before it are compared with each other, and none behind it is there. */
function rowsOf({ matrix, seqs }: NumberedVectors, { fromSeq, throughSeq }: ComparedRange): VectorMatrix {
  const all = countThrough(seqs, throughSeq);
  const values = matrix.values.subarray(0, all * matrix.dimensions);
  return { ...matrix, values, contentIds: matrix.contentIds.slice(0, all), comparedRows: countThrough(seqs, fromSeq) };
}

/** How many of the rising numbers are no greater. */
function countThrough(seqs: readonly number[], seq: number): number {
  let [low, high] = [0, seqs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seqs[middle] as number) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
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
