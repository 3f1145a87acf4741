/**
 * What a scan reads and writes: each page is one transaction, of a few statements whatever the number of its photos.
 */
import type { ScanRoot } from "../../core/library/contents.ts";
import type {
  FileState,
  KnownAgain,
  MetEntry,
  OutdatedContent,
  ReadAgain,
  ReadOutcome,
  ScanStore,
  Unmet,
  WalkResult,
} from "../../core/library/scan-store.ts";
import { isWithin } from "../../core/paths.ts";
import { FACTS_VERSION, type PhotoFile } from "../../core/photos/photo.ts";
import type { ContentHash, ContentId, PhotoPath } from "../../core/units.ts";
import type { EncoderId } from "./encoder-row.ts";
import { givenRows, rowsParameter } from "./given-rows.ts";
import { meetEntries } from "./meet-entries.ts";
import { loneOriginals } from "./original-store.ts";
import { pagesBehind } from "./pages.ts";
import { awaitOthers, pendingCount, takePending } from "./pending-photos.ts";
import { recordOutcomes } from "./record-outcomes.ts";
import { skippedPhotos } from "./report-store.ts";
import { rereadContents } from "./reread-contents.ts";
import type { ScanOf } from "./scan-of.ts";
import type { Server } from "./server.ts";
import { ServerUnmetStore } from "./unmet-store.ts";

const PAGE_OF_CONTENTS = 500;

export class ServerScanStore implements ScanStore {
  readonly #server: Server;
  readonly #of: ScanOf;
  readonly #roots: readonly string[];
  readonly #unmet: ServerUnmetStore;

  private constructor(server: Server, of: ScanOf, roots: readonly string[]) {
    this.#server = server;
    this.#of = of;
    this.#roots = roots;
    this.#unmet = new ServerUnmetStore(server, of.scan, roots);
  }

  static async begin(server: Server, encoderId: EncoderId, roots: readonly ScanRoot[], attempt: string): Promise<ServerScanStore> {
    const rows = roots
      .filter(({ partOf }) => partOf === undefined)
      .map(({ path, exclude, followLinks }) => ({ path, exclude: JSON.stringify(exclude), follow_links: followLinks }));
    const id = await encoderId();
    const scan = await server.transaction(async (changes) => {
      await changes.change(
        `INSERT INTO root (path, exclude, follow_links, walked)
         SELECT path, exclude, follow_links, false FROM ${givenRows("path text, exclude text, follow_links boolean")}
         ON CONFLICT (path) DO UPDATE SET exclude = excluded.exclude, follow_links = excluded.follow_links, walked = false`,
        [rowsParameter(rows)],
      );
      const made = await changes.row<{ readonly id: number }>("INSERT INTO scan (started_at) VALUES ($1) RETURNING id", [
        new Date().toISOString(),
      ]);
      return made?.id as number;
    });
    const paths = roots.map(({ path }) => path);
    return new ServerScanStore(server, { encoderId: id, scan, attempt }, paths);
  }

  meet(entries: readonly MetEntry[]): Promise<readonly FileState[]> {
    return this.#server.transaction((changes) => meetEntries(changes, this.#of, entries, this.#unmet.devices));
  }

  loneOriginals(): AsyncIterable<readonly PhotoPath[]> {
    return loneOriginals(this.#server, this.#of.scan, this.#roots);
  }

  finishWalk(lost: readonly string[], unmet: Unmet): Promise<WalkResult> {
    return this.#unmet.settle(lost, unmet);
  }

  async skippedCount(): Promise<number> {
    const rows = await this.#server.rows<{ readonly path: string }>("SELECT path FROM skipped WHERE scan = $1", [this.#of.scan]);
    const met = new Set(rows.map(({ path }) => path));
    const skipped = await skippedPhotos(this.#server);
    return skipped.filter(({ path }) => met.has(path) || this.#roots.some((root) => isWithin(path, root))).length;
  }

  pendingCount(): Promise<number> {
    return pendingCount(this.#server, this.#of, this.#roots);
  }

  pending(): AsyncIterable<readonly PhotoFile[]> {
    return takePending(this.#server, this.#of, this.#roots);
  }

  awaitOthers(): Promise<boolean> {
    return awaitOthers(this.#server, this.#of, this.#roots);
  }

  async embeddedAmong(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>> {
    const rows = await this.#server.rows<{ readonly hash: ContentHash }>(
      "SELECT hash FROM content JOIN embedding ON content_id = content.id AND encoder_id = $1 WHERE hash = ANY($2::text[])",
      [this.#of.encoderId, hashes],
    );
    return new Set(rows.map(({ hash }) => hash));
  }

  record(outcomes: readonly ReadOutcome[]): Promise<KnownAgain> {
    return this.#server.transaction((changes) => recordOutcomes(changes, this.#of, outcomes));
  }

  async outdatedCount(): Promise<number> {
    const row = await this.#server.row<{ readonly count: number }>(`SELECT count(DISTINCT content.id) ${OUTDATED}`, [
      FACTS_VERSION,
      this.#of.scan,
    ]);
    return row?.count ?? 0;
  }

  async *outdated(): AsyncGenerator<readonly OutdatedContent[]> {
    const read = (after: ContentId) =>
      this.#server.rows<PhotoFile & { readonly content: ContentId }>(
        `SELECT DISTINCT ON (content.id) content.id AS content, path, bytes, modified_ms AS "modifiedMs", changed_ms AS "changedMs",
           file_id AS "fileId" ${OUTDATED} AND content.id > $3 ORDER BY content.id, path LIMIT $4`,
        [FACTS_VERSION, this.#of.scan, after, PAGE_OF_CONTENTS],
      );
    for await (const page of pagesBehind(0 as ContentId, read, ({ content }) => content))
      yield page.map(({ content, ...file }) => ({ content, file }));
  }

  async recordFacts(read: readonly ReadAgain[]): Promise<void> {
    await this.#server.transaction((changes) => rereadContents(changes, this.#of, read));
  }
}

const OUTDATED = "FROM content JOIN photo ON content_id = content.id AND NOT missing WHERE facts_version < $1 AND photo.scan = $2";
