/**
 * An index of nearest neighbours on the server: pgvector's HNSW (Malkov and Yashunin 2016) over vectors of half precision. It proposes pairs
 * where nobody wants to hold a whole library in memory; what it proposes is compared exactly. The server keeps it up to date with what is
 * added to it, and drops what belongs to an embedding that goes.
 */
import { roundingMargin } from "../../core/encoders/similarity.ts";
import { requireLength, vectorOf } from "../library/vector-blob.ts";
import { givenRows, rowsParameter } from "./given-rows.ts";
import { pagesBehind } from "./pages.ts";
import type { Queries, Server } from "./server.ts";

/** Neighbours of a node, and how many are looked through when one is added or looked for, as in `usearch.ts`. */
const CONNECTIVITY = 16;
const EXPANSION_ADD = 128;
const EXPANSION_SEARCH = 160;
/** pgvector's own limit for an index over half precision. */
const MOST_DIMENSIONS = 4_000;
/** A similarity by half precision lies so near to the exact one: 11 bits of each number, of which the products sum up to one at most. */
const HALF_MARGIN = 2 ** -10;
/** Vectors on their way there: ten megabytes as text. */
const ROWS_AT_ONCE = 1_000;
/** Five digits are more than half precision keeps. */
const DIGITS = 5;
/** Says whose lock this is: "near" in ASCII. */
const NEAREST = 0x6e656172;

/** Numbers of two embeddings that may be alike, the later one first. */
export interface Proposed {
  readonly seq: number;
  readonly other: number;
}

interface VectorRow {
  readonly seq: number;
  readonly vector: Buffer;
}

export class NearestIndex {
  readonly #server: Server;
  readonly #encoderId: number;
  readonly #dimensions: number;
  readonly #table: string;
  readonly #index: string;
  /** Where the extension put its types and operators. */
  readonly #schema: string;

  private constructor(server: Server, encoderId: number, dimensions: number, schema: string) {
    this.#server = server;
    this.#encoderId = encoderId;
    this.#dimensions = dimensions;
    this.#table = `nearest_${encoderId}`;
    this.#index = `${this.#table}_by_vector`;
    this.#schema = schema;
  }

  /** @returns null where the database has no pgvector that knows half precision (0.7 and newer), or has no index and lets none be made */
  static async open(server: Server, encoderId: number, dimensions: number): Promise<NearestIndex | null> {
    if (dimensions > MOST_DIMENSIONS) return null;
    const row = await server.row<{ readonly schema: string; readonly mayMake: boolean }>(
      `SELECT quote_ident(nspname) AS schema, has_schema_privilege(current_schema(), 'CREATE') AS "mayMake"
       FROM pg_type JOIN pg_namespace ON pg_namespace.oid = typnamespace
       JOIN pg_extension ON extnamespace = typnamespace AND extname = 'vector' WHERE typname = 'halfvec'`,
    );
    if (row === undefined) return null;
    const index = new NearestIndex(server, encoderId, dimensions, row.schema);
    return row.mayMake || (await index.exists()) ? index : null;
  }

  exists(): Promise<boolean> {
    return isThere(this.#server, this.#index);
  }

  /** Adds the embeddings up to `throughSeq` that are not in it yet. Where there is none, it is made over all there are. */
  async add(throughSeq: number): Promise<void> {
    if (await this.exists()) return this.#fill(throughSeq);
    await this.#make(this.#tableDefinition);
    await this.#fill(Number.MAX_SAFE_INTEGER);
    // Over what is there, it takes a fraction of the time that adding one after the other does.
    await this.#make(this.#indexDefinition);
  }

  /**
   * Embeddings behind `fromSeq` and up to `throughSeq` with those before each that are nearest to it, no more than `most`.
   * @param floor of the exact similarity
   */
  propose(fromSeq: number, throughSeq: number, floor: number, most: number): Promise<readonly Proposed[]> {
    return this.#server.transaction(async (changes) => {
      await changes.rows(`SELECT set_config('hnsw.ef_search', $1, true)`, [String(Math.max(EXPANSION_SEARCH, most + 1))]);
      return changes.rows<Proposed>(
        `SELECT one.seq, near.seq AS other FROM ${this.#table} AS one CROSS JOIN LATERAL (
           SELECT other.seq, ${this.#distance} AS distance FROM ${this.#table} AS other ORDER BY ${this.#distance} LIMIT $4
         ) AS near WHERE one.seq > $1 AND one.seq <= $2 AND near.seq < one.seq AND near.distance <= $3 ORDER BY one.seq, near.seq`,
        [fromSeq, throughSeq, this.#farthest(floor), most + 1],
      );
    });
  }

  /** The same of one embedding, by a look at every other: takes as long as reading the table. */
  nearestOf(seq: number, floor: number, most: number): Promise<readonly Proposed[]> {
    return this.#server.rows<Proposed>(
      `SELECT one.seq, other.seq AS other FROM ${this.#table} AS one JOIN ${this.#table} AS other ON other.seq < one.seq
       WHERE one.seq = $1 AND ${this.#distance} <= $2 ORDER BY ${this.#distance} + 0, other.seq LIMIT $3`,
      [seq, this.#farthest(floor), most],
    );
  }

  /** Negative inner product: of unit vectors it orders as the cosine does. */
  get #distance(): string {
    return `(other.vector OPERATOR(${this.#schema}.<#>) one.vector)`;
  }

  #farthest(floor: number): number {
    return -(floor - roundingMargin(this.#dimensions) - HALF_MARGIN);
  }

  get #tableDefinition(): string {
    return `CREATE TABLE IF NOT EXISTS ${this.#table} (
      seq bigint PRIMARY KEY REFERENCES embedding(seq) ON DELETE CASCADE,
      vector ${this.#schema}.halfvec(${this.#dimensions}) NOT NULL
    )`;
  }

  get #indexDefinition(): string {
    return `CREATE INDEX IF NOT EXISTS ${this.#index} ON ${this.#table} USING hnsw (vector ${this.#schema}.halfvec_ip_ops)
      WITH (m = ${CONNECTIVITY}, ef_construction = ${EXPANSION_ADD})`;
  }

  /** One process at a time: two that make the same at once hinder each other. */
  async #make(definition: string): Promise<void> {
    await this.#server.transaction(async (changes) => {
      await changes.rows("SELECT pg_advisory_xact_lock($1, 0)", [NEAREST]);
      await changes.change(definition);
    });
  }

  async #fill(throughSeq: number): Promise<void> {
    const read = (after: number) => this.#missing(after, throughSeq);
    for await (const page of pagesBehind(0, read, ({ seq }) => seq)) await this.#put(page);
  }

  #missing(after: number, throughSeq: number): Promise<readonly VectorRow[]> {
    return this.#server.rows<VectorRow>(
      `SELECT seq, vector FROM embedding WHERE encoder_id = $1 AND seq > $2 AND seq <= $3
       AND NOT EXISTS (SELECT 1 FROM ${this.#table} AS known WHERE known.seq = embedding.seq) ORDER BY seq LIMIT $4`,
      [this.#encoderId, after, throughSeq, ROWS_AT_ONCE],
    );
  }

  /** What goes meanwhile is left out. */
  async #put(rows: readonly VectorRow[]): Promise<void> {
    const given = rows.map(({ seq, vector }) => {
      requireLength(vector, this.#dimensions);
      return { seq, vector: `[${Array.from(vectorOf(vector), (value) => value.toPrecision(DIGITS)).join(",")}]` };
    });
    await this.#server.transaction(async (changes) => {
      await changes.change(
        `INSERT INTO ${this.#table} (seq, vector) SELECT seq, given.vector::${this.#schema}.halfvec(${this.#dimensions})
         FROM ${givenRows("seq bigint, vector text")} WHERE EXISTS (SELECT 1 FROM embedding WHERE embedding.seq = given.seq)
         ORDER BY seq ON CONFLICT DO NOTHING`,
        [rowsParameter(given)],
      );
    });
  }
}

async function isThere(queries: Queries, relation: string): Promise<boolean> {
  const row = await queries.row<{ readonly found: boolean }>("SELECT to_regclass($1) IS NOT NULL AS found", [relation]);
  return row?.found === true;
}
