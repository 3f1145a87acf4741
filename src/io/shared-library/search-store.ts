/**
 * What a search reads: every vector once, and the contents and photos of those it will show.
 */
import type { ContentId, LibraryContent } from "../../core/library/contents.ts";
import type { VectorBlock } from "../../core/library/vectors.ts";
import { nearestContents } from "../../core/search/nearest-contents.ts";
import type { Nearest, NearestChoice, PhotoOfContent, SearchStore } from "../../core/search/search-store.ts";
import type { ContentHash } from "../../core/units.ts";
import { pathRange } from "../library/path-range.ts";
import { blockFiller, rowsPerBlock, vectorOf } from "../library/vector-blob.ts";
import type { EncoderId } from "./encoder-row.ts";
import { pagesBehind } from "./pages.ts";
import { photoPages } from "./photo-pages.ts";
import { presentContents } from "./report-store.ts";
import type { Server } from "./server.ts";

interface VectorRow {
  readonly seq: number;
  readonly content: ContentId;
  readonly vector: Buffer;
}

export class ServerSearchStore implements SearchStore {
  readonly #server: Server;
  readonly #encoderId: EncoderId;
  readonly #dimensions: number;

  constructor(server: Server, encoderId: EncoderId, dimensions: number) {
    this.#server = server;
    this.#encoderId = encoderId;
    this.#dimensions = dimensions;
  }

  async find(hash: ContentHash): Promise<{ readonly content: ContentId; readonly vector: Float32Array } | null> {
    const [row] = await this.#server.rows<VectorRow>(
      `SELECT seq, content.id AS content, vector FROM content JOIN embedding ON content_id = content.id AND encoder_id = $1
       WHERE hash = $2`,
      [await this.#encoderId(), hash],
    );
    return row === undefined ? null : { content: row.content, vector: vectorOf(row.vector) };
  }

  async nearest(wanted: Float32Array, { folders, ...choice }: NearestChoice): Promise<Nearest> {
    const present = await this.#presentContents(folders);
    return nearestContents(this.vectors(), wanted, (content) => present.has(content), choice);
  }

  async *vectors(): AsyncGenerator<VectorBlock> {
    const id = await this.#encoderId();
    const atOnce = rowsPerBlock(this.#dimensions);
    const fill = blockFiller(this.#dimensions);
    const read = (after: number) =>
      this.#server.rows<VectorRow>(
        "SELECT seq, content_id AS content, vector FROM embedding WHERE encoder_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        [id, after, atOnce],
      );
    for await (const page of pagesBehind(0, read, ({ seq }) => seq)) yield fill(page);
  }

  photos(): AsyncIterable<readonly PhotoOfContent[]> {
    return photoPages(this.#server, this.#encoderId, `photo.content_id AS content, path, file_id AS "fileId"`);
  }

  async contents(ids: readonly ContentId[]): Promise<ReadonlyMap<ContentId, LibraryContent>> {
    return presentContents(this.#server, await this.#encoderId(), ids);
  }

  /** Eight bytes for each: to ask for one after the other would be a way to the server and back for each. */
  async #presentContents(folders: readonly string[]): Promise<ReadonlySet<ContentId>> {
    const ranges = folders.length === 0 ? [null] : folders.map(pathRange);
    const present = new Set<ContentId>();
    for (const range of ranges) {
      const rows = await this.#server.rows<{ readonly content_id: ContentId }>(
        `SELECT DISTINCT content_id FROM photo WHERE NOT missing ${range === null ? "" : "AND path >= $1 AND path < $2"}`,
        range ?? [],
      );
      for (const { content_id } of rows) present.add(content_id);
    }
    return present;
  }
}
