/**
 * What a search reads: every vector once, and the contents and photos of those it will show.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { ContentId, LibraryContent } from "../../core/library/contents.ts";
import type { VectorBlock } from "../../core/library/vectors.ts";
import { nearestContents } from "../../core/search/nearest-contents.ts";
import type { Nearest, NearestChoice, PhotoOfContent, SearchStore } from "../../core/search/search-store.ts";
import type { ContentHash } from "../../core/units.ts";
import { pathRange } from "./path-range.ts";
import { photoPages } from "./photo-pages.ts";
import { presentContents } from "./report-store.ts";
import type { Sqlite } from "./sqlite.ts";
import { blockFiller, rowsPerBlock, vectorOf } from "./vector-blob.ts";
import { beginVectorFile, discardVectorFile, openVectorFile, type VectorFile, type VectorFileFacts } from "./vector-file.ts";

/** The vector file is made anew when more rows than this, and more than this share of those in it, are not in it. */
const ROWS_OUTSIDE = 4096;
const SHARE_OUTSIDE = 1 / 32;
/** Digits of the encoder's key that tell one vector file from another by name; the whole key stands inside. */
const KEY_DIGITS = 8;
interface VectorRow {
  readonly seq: number;
  readonly content: ContentId;
  readonly vector: Buffer;
}

export class SearchDatabase implements SearchStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;
  readonly #encoder: ChosenEncoder;

  constructor(db: Sqlite, encoderId: number, encoder: ChosenEncoder) {
    this.#db = db;
    this.#encoderId = encoderId;
    this.#encoder = encoder;
  }

  async find(hash: ContentHash): Promise<{ readonly content: ContentId; readonly vector: Float32Array } | null> {
    const row = this.#db
      .prepare<[number, ContentHash], VectorRow>(
        "SELECT seq, content.id AS content, vector FROM content JOIN embedding ON content_id = content.id AND encoder_id = ? WHERE hash = ?",
      )
      .get(this.#encoderId, hash);
    return row === undefined ? null : { content: row.content, vector: vectorOf(row.vector) };
  }

  async nearest(wanted: Float32Array, { folders, ...choice }: NearestChoice): Promise<Nearest> {
    return nearestContents(this.#blocks(), wanted, this.#isPresent(folders), choice);
  }

  async *vectors(): AsyncGenerator<VectorBlock> {
    yield* this.#blocks();
  }

  /** Out of the vector file, and the rows that are younger than it; without a file that fits, page by page while one is made. */
  *#blocks(): Generator<VectorBlock> {
    const file = openVectorFile(this.#vectorFilePath);
    try {
      if (file !== null && this.#fits(file)) {
        const rows = yield* file.blocks();
        if (rows === file.facts.rows) yield* this.#blocksAfter(file.facts.throughSeq);
        else {
          discardVectorFile(this.#vectorFilePath);
          yield* this.#blocksAfter(this.#seqOfRow(rows));
        }
      } else {
        yield* this.#blocksIntoNewFile();
      }
    } finally {
      file?.close();
    }
  }

  /** Tells whether a present photo holds a content. */
  #isPresent(folders: readonly string[]): (content: ContentId) => boolean {
    if (folders.length === 0) {
      const find = this.#db.prepare<[ContentId]>("SELECT 1 FROM photo WHERE content_id = ? AND missing = 0 LIMIT 1");
      return (content) => find.get(content) !== undefined;
    }
    // One range of paths each: to ask for every content by itself would be dear where few of them lie in the folders.
    const below = this.#db
      .prepare<[string, string], ContentId>("SELECT content_id FROM photo WHERE path >= ? AND path < ? AND missing = 0")
      .pluck();
    const ids = new Set(folders.flatMap((folder) => below.all(...pathRange(folder))));
    return (content) => ids.has(content);
  }

  photos(): AsyncIterable<readonly PhotoOfContent[]> {
    return photoPages(this.#db, this.#encoderId, "photo.content_id AS content, path, file_id AS fileId");
  }

  async contents(ids: readonly ContentId[]): Promise<ReadonlyMap<ContentId, LibraryContent>> {
    return presentContents(this.#db, this.#encoderId, ids);
  }

  get #vectorFilePath(): string {
    return `${this.#db.name}-vectors-${this.#encoder.key.slice(0, KEY_DIGITS)}`;
  }

  #fits({ facts }: VectorFile): boolean {
    if (JSON.stringify(facts) !== JSON.stringify(this.#factsOf(facts.throughSeq, facts.scan))) return false;
    return this.#count() - facts.rows <= ROWS_OUTSIDE + facts.rows * SHARE_OUTSIDE;
  }

  *#blocksIntoNewFile(): Generator<VectorBlock> {
    const { seq, scan } = this.#newest();
    const facts = this.#factsOf(seq, scan);
    if (facts.rows <= ROWS_OUTSIDE) return yield* this.#blocksAfter(0);
    const draft = beginVectorFile(this.#vectorFilePath, facts);
    try {
      for (const block of this.#blocksAfter(0, seq)) {
        draft.add(block);
        yield block;
      }
      draft.finish();
    } finally {
      draft.abandon();
    }
    yield* this.#blocksAfter(seq);
  }

  *#blocksAfter(seq: number, throughSeq = Number.MAX_SAFE_INTEGER): Generator<VectorBlock> {
    const { dimensions } = this.#encoder.spec.image;
    const atOnce = rowsPerBlock(dimensions);
    const fill = blockFiller(dimensions);
    for (let after: number | undefined = seq; after !== undefined; ) {
      const page: readonly VectorRow[] = this.#rowsBetween(after, throughSeq, atOnce);
      if (page.length > 0) yield fill(page);
      after = page.length < atOnce ? undefined : page.at(-1)?.seq;
    }
  }

  #rowsBetween(after: number, through: number, limit: number): readonly VectorRow[] {
    return this.#db
      .prepare<[number, number, number, number], VectorRow>(
        "SELECT seq, content_id AS content, vector FROM embedding NOT INDEXED WHERE encoder_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
      )
      .all(this.#encoderId, after, through, limit);
  }

  /** Number of the last of so many embeddings; 0 for none. */
  #seqOfRow(rows: number): number {
    const last = this.#db
      .prepare<[number, number], number>("SELECT seq FROM embedding NOT INDEXED WHERE encoder_id = ? ORDER BY seq LIMIT 1 OFFSET ?")
      .pluck();
    return rows === 0 ? 0 : (last.get(this.#encoderId, rows - 1) as number);
  }

  /** What a vector file through that embedding would say, were it made after that scan. */
  #factsOf(throughSeq: number, scan: number): VectorFileFacts {
    const { key, spec } = this.#encoder;
    const one = <Value>(query: string, ...values: readonly number[]) =>
      this.#db
        .prepare<number[], Value>(query)
        .pluck()
        .get(...values);
    return {
      encoderKey: key,
      dimensions: spec.image.dimensions,
      rows: one<number>("SELECT count(*) FROM embedding WHERE encoder_id = ? AND seq <= ?", this.#encoderId, throughSeq) ?? 0,
      throughSeq,
      lastHash: one<string>("SELECT hash FROM content JOIN embedding ON content_id = content.id WHERE seq = ?", throughSeq) ?? null,
      scan,
      scanStartedAt: one<string>("SELECT started_at FROM scan WHERE id = ?", scan) ?? null,
    };
  }

  #newest(): { readonly seq: number; readonly scan: number } {
    return this.#db
      .prepare<[number], { seq: number; scan: number }>(
        "SELECT ifnull(max(seq), 0) AS seq, (SELECT ifnull(max(id), 0) FROM scan) AS scan FROM embedding WHERE encoder_id = ?",
      )
      .get(this.#encoderId) as { seq: number; scan: number };
  }

  #count(): number {
    return this.#db.prepare<[number], number>("SELECT count(*) FROM embedding WHERE encoder_id = ?").pluck().get(this.#encoderId) as number;
  }
}
