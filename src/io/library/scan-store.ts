/**
 * What a scan reads and writes: each page is one transaction.
 */
import type { LibraryRoot } from "../../core/library/contents.ts";
import type { FileState, MetEntry, ReadOutcome, RereadContent, ScanStore, WalkResult } from "../../core/library/scan-store.ts";
import { isWithin } from "../../core/paths.ts";
import { type EmbeddedPhoto, type IdentifiedPhoto, type PhotoFile, type SkippedPhoto, TRANSIENT_REASONS } from "../../core/photos/photo.ts";
import type { Presence } from "../../core/photos/ports.ts";
import type { ContentHash } from "../../core/units.ts";
import { ContentTable } from "./content-table.ts";
import { skippedPhotos } from "./report-store.ts";
import type { Sqlite } from "./sqlite.ts";
import { UnmetDatabase } from "./unmet-store.ts";

const PAGE_OF_PENDING = 500;

interface KnownPhoto {
  readonly bytes: number;
  readonly modified_ms: number;
  readonly file_id: string;
  readonly embedded: 0 | 1;
}

export class ScanDatabase implements ScanStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;
  readonly #roots: readonly string[];
  readonly #attempt: string;
  readonly #scan: number;
  readonly #run: ReturnType<typeof prepareStatements>;
  readonly #contents: ContentTable;
  readonly #unmet: UnmetDatabase;

  constructor(db: Sqlite, encoderId: number, roots: readonly LibraryRoot[], attempt: string) {
    this.#db = db;
    this.#encoderId = encoderId;
    this.#roots = roots.map(({ path }) => path);
    this.#attempt = attempt;
    this.#run = prepareStatements(db);
    this.#contents = new ContentTable(db);
    this.#scan = db.transaction(() => {
      const putRoot = db.prepare("INSERT OR REPLACE INTO root (path, exclude, follow_links, walked) VALUES (?, ?, ?, 0)");
      for (const { path, exclude, followLinks } of roots) putRoot.run(path, JSON.stringify(exclude), followLinks ? 1 : 0);
      return Number(db.prepare("INSERT INTO scan (started_at) VALUES (?)").run(new Date().toISOString()).lastInsertRowid);
    })();
    this.#unmet = new UnmetDatabase(db, this.#scan, this.#roots);
  }

  async meet(entries: readonly MetEntry[]): Promise<readonly FileState[]> {
    return this.#atOnce(() =>
      entries.flatMap((entry) => {
        if (entry.kind === "photo") return [this.#meetPhoto(entry.file)];
        if (entry.kind === "companion") this.#run.putSideFile.run(entry.file.path, entry.file.bytes, this.#scan);
        else this.#noteSkipped(entry.skipped, null);
        return [];
      }),
    );
  }

  finishWalk(lost: readonly string[], whyUnmet: Presence["whyUnmet"]): Promise<WalkResult> {
    return this.#unmet.settle(lost, whyUnmet);
  }

  async skippedCount(): Promise<number> {
    return skippedPhotos(this.#db).filter(({ path }) => this.#roots.some((root) => isWithin(path, root))).length;
  }

  async pendingCount(): Promise<number> {
    return this.#run.pendingCount.get(this.#scan) as number;
  }

  async *pending(): AsyncGenerator<readonly PhotoFile[]> {
    for (let after: string | undefined = ""; after !== undefined; ) {
      const page: readonly PhotoFile[] = this.#run.pendingPage.all(this.#scan, after, PAGE_OF_PENDING);
      if (page.length > 0) yield page;
      after = page.at(-1)?.path;
    }
  }

  async embeddedAmong(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>> {
    return new Set(hashes.filter((hash) => this.#run.hasEmbedding.get(this.#encoderId, hash) !== undefined));
  }

  async record(outcomes: readonly ReadOutcome[]): Promise<void> {
    this.#atOnce(() => {
      for (const outcome of outcomes) {
        if (outcome.kind === "skipped") this.#noteSkipped(outcome.skipped, outcome.file);
        else if (outcome.kind === "known") this.#recordKnown(outcome.photo);
        else this.#recordEmbedded(outcome.photo);
      }
    });
  }

  readEarlier(): AsyncIterable<readonly IdentifiedPhoto[]> {
    return this.#contents.readEarlier((path) => this.#roots.some((root) => isWithin(path, root)));
  }

  async refresh(contents: readonly RereadContent[]): Promise<void> {
    this.#atOnce(() => {
      for (const content of contents) this.#contents.refresh(content);
    });
  }

  #meetPhoto({ path, bytes, modifiedMs, fileId }: PhotoFile): FileState {
    const known = this.#run.knownPhoto.get(this.#encoderId, path);
    if (known !== undefined && known.bytes === bytes && known.modified_ms === modifiedMs) {
      this.#run.meetPhoto.run(this.#scan, fileId, path);
      this.#unmet.devices.note(known.file_id, fileId);
      if (known.embedded === 1) return "unchanged";
    } else if (known !== undefined) this.#run.forgetPhoto.run(path); // what the path held is not there any more
    if (this.#run.meetSkipped.run(this.#scan, path, bytes, modifiedMs, this.#attempt).changes > 0) return "skipped-before";
    this.#run.addPending.run(path, bytes, modifiedMs, fileId, this.#scan);
    return "pending";
  }

  #noteSkipped({ path, reason, detail }: SkippedPhoto, file: PhotoFile | null): void {
    const lasting = file !== null && !TRANSIENT_REASONS.has(reason);
    this.#run.dropPending.run(path);
    this.#run.putSkipped.run(
      path,
      reason,
      detail,
      lasting ? file.bytes : null,
      lasting ? file.modifiedMs : null,
      this.#attempt,
      this.#scan,
    );
  }

  #recordKnown({ file, hash }: IdentifiedPhoto): void {
    const { path, modifiedMs, fileId } = file;
    this.#run.putPhoto.run(path, hash, modifiedMs, fileId, this.#scan);
    this.#run.dropPending.run(path);
    this.#run.dropSkipped.run(path);
  }

  #recordEmbedded({ photo, facts, detail, vector }: EmbeddedPhoto): void {
    this.#contents.put(photo, facts);
    const blob = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
    this.#run.putEmbedding.run(this.#encoderId, photo.hash, detail, blob);
    this.#recordKnown(photo);
  }

  #atOnce<Result>(work: () => Result): Result {
    return this.#db.transaction(work).immediate();
  }
}

function prepareStatements(db: Sqlite) {
  return {
    knownPhoto: db.prepare<[number, string], KnownPhoto>(
      `SELECT content.bytes, photo.modified_ms, photo.file_id,
         EXISTS (SELECT 1 FROM embedding WHERE encoder_id = ? AND content_id = photo.content_id) AS embedded
       FROM photo JOIN content ON content.id = photo.content_id WHERE path = ?`,
    ),
    meetPhoto: db.prepare<[number, string, string]>("UPDATE photo SET scan = ?, file_id = ?, missing = 0 WHERE path = ?"),
    forgetPhoto: db.prepare<[string]>("DELETE FROM photo WHERE path = ?"),
    meetSkipped: db.prepare<[number, string, number, number, string]>(
      "UPDATE skipped SET scan = ? WHERE path = ? AND bytes = ? AND modified_ms = ? AND attempt = ?",
    ),
    addPending: db.prepare<[string, number, number, string, number]>(
      "INSERT OR REPLACE INTO pending (path, bytes, modified_ms, file_id, scan) VALUES (?, ?, ?, ?, ?)",
    ),
    dropPending: db.prepare<[string]>("DELETE FROM pending WHERE path = ?"),
    pendingCount: db.prepare<[number], number>("SELECT count(*) FROM pending WHERE scan = ?").pluck(),
    pendingPage: db.prepare<[number, string, number], PhotoFile>(
      `SELECT path, bytes, modified_ms AS modifiedMs, file_id AS fileId FROM pending WHERE scan = ? AND path > ? ORDER BY path LIMIT ?`,
    ),
    putSideFile: db.prepare<[string, number, number]>("INSERT OR REPLACE INTO side_file VALUES (?, ?, ?)"),
    putSkipped: db.prepare<[string, string, string, number | null, number | null, string, number]>(
      "INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    dropSkipped: db.prepare<[string]>("DELETE FROM skipped WHERE path = ?"),
    hasEmbedding: db.prepare<[number, string]>(
      "SELECT 1 FROM content JOIN embedding ON content_id = content.id AND encoder_id = ? WHERE hash = ?",
    ),
    putEmbedding: db.prepare<[number, string, number, Buffer]>(
      `INSERT OR IGNORE INTO embedding (encoder_id, content_id, detail, vector)
       VALUES (?, (SELECT id FROM content WHERE hash = ?), ?, ?)`,
    ),
    putPhoto: db.prepare<[string, string, number, string, number]>(
      `INSERT OR REPLACE INTO photo (path, content_id, modified_ms, file_id, missing, scan)
       VALUES (?, (SELECT id FROM content WHERE hash = ?), ?, ?, 0, ?)`,
    ),
  };
}
