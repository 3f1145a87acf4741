/**
 * What a report reads: pairs above the threshold, and only the contents that can be in a set.
 */
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import type { ContentId, LibraryContent, LibraryPhoto, Pair } from "../../core/library/contents.ts";
import type { Unfinished } from "../../core/library/unfinished.ts";
import { comparePaths } from "../../core/paths.ts";
import type { CompanionFile, SkippedPhoto } from "../../core/photos/photo.ts";
import type { PhotoPath } from "../../core/units.ts";
import { type ContentRow, readContent } from "../library/content-row.ts";
import { vectorOf } from "../library/vector-blob.ts";
import type { EncoderId } from "./encoder-row.ts";
import { pagesBehind } from "./pages.ts";
import { pairPages } from "./pair-store.ts";
import { photoPages } from "./photo-pages.ts";
import type { Queries, Server } from "./server.ts";
import { readUnfinished } from "./unfinished-store.ts";

const PAGE_OF_PATHS = 5_000;
/** Contents that are asked for at once. */
const PAGE_OF_CONTENTS = 1_000;

export class ServerReportStore implements ReportStore {
  readonly #server: Server;
  readonly #encoderId: EncoderId;

  constructor(server: Server, encoderId: EncoderId) {
    this.#server = server;
    this.#encoderId = encoderId;
  }

  pairsAtOrAbove(threshold: number): AsyncIterable<readonly Pair[]> {
    return pairPages(this.#server, this.#encoderId, threshold, "rising");
  }

  async repeatedContents(): Promise<readonly ContentId[]> {
    const rows = await this.#server.rows<{ readonly content_id: ContentId }>(
      "SELECT content_id FROM photo WHERE NOT missing GROUP BY content_id HAVING count(*) > 1 ORDER BY content_id",
    );
    return rows.map(({ content_id }) => content_id);
  }

  async contents(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, LibraryContent>> {
    return presentContents(this.#server, await this.#encoderId(), ids);
  }

  async vectors(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, Float32Array>> {
    return vectorsOf(this.#server, await this.#encoderId(), ids);
  }

  async *comparedPhotos(): AsyncGenerator<readonly PhotoPath[]> {
    const pages = photoPages<{ readonly path: PhotoPath }>(this.#server, this.#encoderId, "path");
    for await (const page of pages) yield page.map(({ path }) => path);
  }

  companionFiles(): AsyncIterable<readonly CompanionFile[]> {
    const read = (after: string) =>
      this.#server.rows<CompanionFile>("SELECT path, bytes FROM side_file WHERE path > $1 ORDER BY path LIMIT $2", [after, PAGE_OF_PATHS]);
    return pagesBehind("", read, ({ path }) => path as string);
  }

  skipped(): Promise<readonly SkippedPhoto[]> {
    return skippedPhotos(this.#server);
  }

  async unfinished(): Promise<Unfinished> {
    return readUnfinished(this.#server, await this.#encoderId());
  }
}

interface VectorRow {
  readonly content_id: ContentId;
  readonly vector: Buffer;
}

/** Of those that have one, in the order in which they are asked for. */
export async function vectorsOf(
  queries: Queries,
  encoderId: number,
  ids: Iterable<ContentId>,
): Promise<ReadonlyMap<ContentId, Float32Array>> {
  const vectors = new Map<ContentId, Float32Array>();
  for (const page of pagesOf(ids)) {
    const rows = await queries.rows<VectorRow>(
      "SELECT content_id, vector FROM embedding WHERE encoder_id = $1 AND content_id = ANY($2::bigint[])",
      [encoderId, page],
    );
    const found = new Map(rows.map(({ content_id, vector }) => [content_id, vector]));
    for (const id of page) {
      const vector = found.get(id);
      if (vector !== undefined) vectors.set(id, vectorOf(vector));
    }
  }
  return vectors;
}

interface PhotoRow extends LibraryPhoto {
  readonly content: ContentId;
}

/** The contents with their present photos in path order; those that have no such photo or no embedding are left out. */
export async function presentContents(
  queries: Queries,
  encoderId: number,
  ids: Iterable<ContentId>,
): Promise<ReadonlyMap<ContentId, LibraryContent>> {
  const contents = new Map<ContentId, LibraryContent>();
  for (const page of pagesOf(ids)) {
    const rows = await queries.rows<ContentRow & { readonly id: ContentId }>(
      `SELECT content.*, detail FROM content JOIN embedding ON content_id = content.id AND encoder_id = $1
       WHERE content.id = ANY($2::bigint[])`,
      [encoderId, page],
    );
    const held = await queries.rows<PhotoRow>(
      `SELECT content_id AS content, path, modified_ms AS "modifiedMs", changed_ms AS "changedMs", file_id AS "fileId"
       FROM photo WHERE content_id = ANY($1::bigint[]) AND NOT missing ORDER BY path`,
      [page],
    );
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const photosOf = new Map<ContentId, LibraryPhoto[]>();
    for (const { content, ...photo } of held) {
      const others = photosOf.get(content);
      if (others === undefined) photosOf.set(content, [photo]);
      else others.push(photo);
    }
    for (const id of page) {
      const [row, photos] = [rowOf.get(id), photosOf.get(id)];
      if (row !== undefined && photos !== undefined) contents.set(id, readContent(id, row, photos));
    }
  }
  return contents;
}

function* pagesOf(ids: Iterable<ContentId>): Generator<readonly ContentId[]> {
  let page: ContentId[] = [];
  for (const id of ids) {
    if (page.push(id) < PAGE_OF_CONTENTS) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** In path order. */
export async function skippedPhotos(queries: Queries): Promise<readonly SkippedPhoto[]> {
  const listed = await queries.rows<SkippedPhoto>("SELECT path, reason, detail FROM skipped");
  return [...listed].sort((one, other) => comparePaths(one.path, other.path));
}
