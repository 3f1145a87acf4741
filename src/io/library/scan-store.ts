/**
 * What a scan reads and writes: each page is one transaction.
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
import { compareStamps, type FileStamp } from "../../core/photos/file-stamp.ts";
import {
  type EmbeddedPhoto,
  FACTS_VERSION,
  type IdentifiedPhoto,
  type PhotoFile,
  type SkippedPhoto,
  TRANSIENT_REASONS,
} from "../../core/photos/photo.ts";
import type { ContentHash, ContentId, PhotoPath } from "../../core/units.ts";
import { FACT_COLUMNS, factColumns, SET_FACTS } from "./fact-columns.ts";
import { forgetLooks } from "./look-store.ts";
import { loneOriginals } from "./original-store.ts";
import { skippedPhotos } from "./report-store.ts";
import type { Sqlite } from "./sqlite.ts";
import { UnmetDatabase } from "./unmet-store.ts";
import { blobOf } from "./vector-blob.ts";

const PAGE_OF_PENDING = 500;

interface KnownPhoto extends FileStamp {
  readonly embedded: 0 | 1;
}

export class ScanDatabase implements ScanStore {
  readonly #db: Sqlite;
  readonly #encoderId: number;
  readonly #roots: readonly string[];
  readonly #attempt: string;
  readonly #scan: number;
  readonly #run: ReturnType<typeof prepareStatements>;
  readonly #unmet: UnmetDatabase;

  constructor(db: Sqlite, encoderId: number, roots: readonly ScanRoot[], attempt: string) {
    this.#db = db;
    this.#encoderId = encoderId;
    this.#roots = roots.map(({ path }) => path);
    this.#attempt = attempt;
    this.#run = prepareStatements(db);
    this.#scan = db.transaction(() => {
      const putRoot = db.prepare("INSERT OR REPLACE INTO root (path, exclude, follow_links, walked) VALUES (?, ?, ?, 0)");
      for (const { path, exclude, followLinks, partOf } of roots)
        if (partOf === undefined) putRoot.run(path, JSON.stringify(exclude), followLinks ? 1 : 0);
      return Number(db.prepare("INSERT INTO scan (started_at) VALUES (?)").run(new Date().toISOString()).lastInsertRowid);
    })();
    this.#unmet = new UnmetDatabase(db, this.#scan, this.#roots);
  }

  async meet(entries: readonly MetEntry[]): Promise<readonly FileState[]> {
    return this.#atOnce(() =>
      entries.flatMap((entry) => {
        if (entry.kind === "photo") return [this.#meetPhoto(entry.file)];
        if (entry.kind === "companion") this.#run.putSideFile.run(entry.file.path, entry.file.bytes, this.#scan);
        else if (entry.kind === "passed-by") this.#run.putLeftOut.run(entry.passedBy.path, entry.passedBy.reason, this.#scan);
        else this.#noteSkipped(entry.skipped, null);
        return [];
      }),
    );
  }

  loneOriginals(): AsyncGenerator<readonly PhotoPath[]> {
    return loneOriginals(this.#db, this.#scan, this.#roots);
  }

  finishWalk(lost: readonly string[], unmet: Unmet): Promise<WalkResult> {
    return this.#unmet.settle(lost, unmet);
  }

  async skippedCount(): Promise<number> {
    const met = new Set(this.#run.metSkipped.all(this.#scan));
    return skippedPhotos(this.#db).filter(({ path }) => met.has(path) || this.#roots.some((root) => isWithin(path, root))).length;
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

  /** A library in a file has one writer. */
  async awaitOthers(): Promise<boolean> {
    return false;
  }

  async embeddedAmong(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>> {
    return new Set(hashes.filter((hash) => this.#run.hasEmbedding.get(this.#encoderId, hash) !== undefined));
  }

  async record(outcomes: readonly ReadOutcome[]): Promise<KnownAgain> {
    return this.#atOnce(() => {
      const again = { renamed: 0, copied: 0 };
      for (const outcome of outcomes) {
        if (outcome.kind === "skipped") this.#noteSkipped(outcome.skipped, outcome.file);
        else if (outcome.kind === "embedded") this.#recordEmbedded(outcome.photo);
        else {
          const { file, hash } = outcome.photo;
          if (this.#run.heldBefore.get(hash, file.path) === undefined)
            again[this.#run.heldElsewhere.get(hash) === undefined ? "renamed" : "copied"]++;
          this.#recordKnown(outcome.photo);
        }
      }
      return again;
    });
  }

  async outdatedCount(): Promise<number> {
    return this.#run.outdatedCount.get(FACTS_VERSION, this.#scan) as number;
  }

  async *outdated(): AsyncGenerator<readonly OutdatedContent[]> {
    for (let after: ContentId | undefined = 0 as ContentId; after !== undefined; ) {
      const page: readonly OutdatedContent[] = this.#run.outdatedPage
        .all(FACTS_VERSION, this.#scan, after, PAGE_OF_PENDING)
        .map(({ content, ...file }) => ({ content, file }));
      if (page.length > 0) yield page;
      after = page.at(-1)?.content;
    }
  }

  async recordFacts(read: readonly ReadAgain[]): Promise<void> {
    this.#atOnce(() => {
      for (const { content, facts, isSamePicture } of read) {
        this.#run.updateFacts.run({ ...factColumns(facts), content });
        if (!isSamePicture) this.#embedAnew(content);
      }
    });
  }

  #embedAnew(content: ContentId): void {
    this.#run.dropPairs.run({ content });
    this.#run.dropVectors.run({ content });
    forgetLooks(this.#db, [content]);
    this.#run.addAllPending.run({ content, scan: this.#scan });
  }

  #meetPhoto(file: PhotoFile): FileState {
    const { path, bytes, modifiedMs, changedMs, fileId } = file;
    if (this.#isAsKnown(file)) return "unchanged";
    if (this.#run.meetSkipped.run(this.#scan, path, bytes, modifiedMs, changedMs, this.#attempt).changes > 0) return "skipped-before";
    this.#run.addPending.run(path, bytes, modifiedMs, changedMs, fileId, this.#scan);
    return "pending";
  }

  /** Takes note that a known photo was met, be it as it was or not. */
  #isAsKnown(file: PhotoFile): boolean {
    const { path, changedMs, fileId } = file;
    const known = this.#run.knownPhoto.get(this.#encoderId, path);
    if (known === undefined) return false;
    const compared = compareStamps(known, file);
    if (compared === "other")
      this.#run.forgetPhoto.run(path); // what the path held is not there any more
    else this.#unmet.devices.note(known.fileId, fileId);
    if (compared === "same") this.#run.meetPhoto.run(this.#scan, fileId, changedMs, path);
    // What the path held stays known until it is read again: most often it is the same.
    if (compared === "doubtful") this.#run.meetDoubtful.run(this.#scan, path);
    return compared === "same" && known.embedded === 1;
  }

  #noteSkipped({ path, reason, detail }: SkippedPhoto, file: PhotoFile | null): void {
    const lasting = file === null || TRANSIENT_REASONS.has(reason) ? null : file;
    this.#run.dropPending.run(path);
    if (lasting !== null) this.#run.forgetOther.run(path, lasting.modifiedMs, lasting.changedMs);
    const { bytes, modifiedMs, changedMs } = lasting ?? { bytes: null, modifiedMs: null, changedMs: null };
    this.#run.putSkipped.run(path, reason, detail, bytes, modifiedMs, changedMs, this.#attempt, this.#scan);
  }

  #recordKnown({ file, hash }: IdentifiedPhoto): void {
    const { path, modifiedMs, changedMs, fileId } = file;
    this.#run.putPhoto.run(path, hash, modifiedMs, changedMs, fileId, this.#scan);
    this.#run.dropPending.run(path);
    this.#run.dropSkipped.run(path);
  }

  #recordEmbedded({ photo, facts, detail, vector }: EmbeddedPhoto): void {
    this.#run.putContent.run({ ...factColumns(facts), hash: photo.hash, bytes: photo.file.bytes });
    this.#run.putEmbedding.run(this.#encoderId, photo.hash, detail, blobOf(vector));
    this.#recordKnown(photo);
  }

  #atOnce<Result>(work: () => Result): Result {
    return this.#db.transaction(work).immediate();
  }
}

function prepareStatements(db: Sqlite) {
  const outdated = "FROM content JOIN photo ON content_id = content.id AND missing = 0 WHERE facts_version < ? AND photo.scan = ?";
  return {
    knownPhoto: db.prepare<[number, string], KnownPhoto>(
      `SELECT content.bytes, modified_ms AS modifiedMs, changed_ms AS changedMs, file_id AS fileId,
         EXISTS (SELECT 1 FROM embedding WHERE encoder_id = ? AND content_id = photo.content_id) AS embedded
       FROM photo JOIN content ON content.id = photo.content_id WHERE path = ?`,
    ),
    meetPhoto: db.prepare<[number, string, number | null, string]>(
      "UPDATE photo SET scan = ?, file_id = ?, changed_ms = ?, missing = 0 WHERE path = ?",
    ),
    meetDoubtful: db.prepare<[number, string]>("UPDATE photo SET scan = ?, missing = 0 WHERE path = ?"),
    forgetOther: db.prepare<[string, number, number | null]>(
      "DELETE FROM photo WHERE path = ? AND NOT (modified_ms = ? AND changed_ms IS ?)",
    ),
    forgetPhoto: db.prepare<[string]>("DELETE FROM photo WHERE path = ?"),
    meetSkipped: db.prepare<[number, string, number, number, number | null, string]>(
      `UPDATE skipped SET scan = ?
       WHERE path = ? AND bytes = ? AND modified_ms = ? AND (changed_ms IS NULL OR changed_ms IS ?) AND attempt = ?`,
    ),
    addPending: db.prepare<[string, number, number, number | null, string, number]>(
      "INSERT OR REPLACE INTO pending (path, bytes, modified_ms, changed_ms, file_id, scan) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    dropPending: db.prepare<[string]>("DELETE FROM pending WHERE path = ?"),
    pendingCount: db.prepare<[number], number>("SELECT count(*) FROM pending WHERE scan = ?").pluck(),
    pendingPage: db.prepare<[number, string, number], PhotoFile>(
      `SELECT path, bytes, modified_ms AS modifiedMs, changed_ms AS changedMs, file_id AS fileId
       FROM pending WHERE scan = ? AND path > ? ORDER BY path LIMIT ?`,
    ),
    heldBefore: db.prepare<[string, string]>("SELECT 1 FROM photo WHERE content_id = (SELECT id FROM content WHERE hash = ?) AND path = ?"),
    heldElsewhere: db.prepare<[string]>(
      "SELECT 1 FROM photo WHERE content_id = (SELECT id FROM content WHERE hash = ?) AND missing = 0 LIMIT 1",
    ),
    putSideFile: db.prepare<[string, number, number]>("INSERT OR REPLACE INTO side_file VALUES (?, ?, ?)"),
    putLeftOut: db.prepare<[string, string, number]>("INSERT OR REPLACE INTO left_out (path, reason, scan) VALUES (?, ?, ?)"),
    putSkipped: db.prepare<[string, string, string, number | null, number | null, number | null, string, number]>(
      `INSERT OR REPLACE INTO skipped (path, reason, detail, bytes, modified_ms, changed_ms, attempt, scan)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    metSkipped: db.prepare<[number], string>("SELECT path FROM skipped WHERE scan = ?").pluck(),
    dropSkipped: db.prepare<[string]>("DELETE FROM skipped WHERE path = ?"),
    hasEmbedding: db.prepare<[number, string]>(
      "SELECT 1 FROM content JOIN embedding ON content_id = content.id AND encoder_id = ? WHERE hash = ?",
    ),
    // Read again, for another encoder, it may tell what an earlier version did not look for.
    putContent: db.prepare<[ReturnType<typeof factColumns> & { readonly hash: string; readonly bytes: number }]>(
      `INSERT INTO content (hash, bytes, ${FACT_COLUMNS.join(", ")}) VALUES (:hash, :bytes, ${FACT_COLUMNS.map((name) => `:${name}`).join(", ")})
       ON CONFLICT (hash) DO UPDATE SET ${SET_FACTS}`,
    ),
    updateFacts: db.prepare<[ReturnType<typeof factColumns> & { readonly content: ContentId }]>(
      `UPDATE content SET ${SET_FACTS} WHERE id = :content`,
    ),
    outdatedCount: db.prepare<[number, number], number>(`SELECT count(DISTINCT content.id) ${outdated}`).pluck(),
    outdatedPage: db.prepare<[number, number, ContentId, number], PhotoFile & { readonly content: ContentId }>(
      `SELECT content.id AS content, min(path) AS path, bytes, modified_ms AS modifiedMs, changed_ms AS changedMs, file_id AS fileId
       ${outdated} AND content.id > ? GROUP BY content.id ORDER BY content.id LIMIT ?`,
    ),
    dropPairs: db.prepare<[{ readonly content: ContentId }]>("DELETE FROM pair WHERE a = :content OR b = :content"),
    dropVectors: db.prepare<[{ readonly content: ContentId }]>("DELETE FROM embedding WHERE content_id = :content"),
    addAllPending: db.prepare<[{ readonly content: ContentId; readonly scan: number }]>(
      `INSERT OR REPLACE INTO pending (path, bytes, modified_ms, changed_ms, file_id, scan)
       SELECT path, bytes, modified_ms, changed_ms, file_id, scan FROM photo JOIN content ON content.id = content_id
       WHERE content_id = :content AND scan = :scan AND missing = 0`,
    ),
    putEmbedding: db.prepare<[number, string, number, Buffer]>(
      `INSERT OR IGNORE INTO embedding (encoder_id, content_id, detail, vector)
       VALUES (?, (SELECT id FROM content WHERE hash = ?), ?, ?)`,
    ),
    putPhoto: db.prepare<[string, string, number, number | null, string, number]>(
      `INSERT OR REPLACE INTO photo (path, content_id, modified_ms, changed_ms, file_id, missing, scan)
       VALUES (?, (SELECT id FROM content WHERE hash = ?), ?, ?, ?, 0, ?)`,
    ),
  };
}
