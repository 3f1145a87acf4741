/**
 * The library as a file: opened here, and handed to the stores that each read or write one side of it.
 */
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { HeldContent, LibraryRoot, ScannedRoot, ScanRoot } from "../../core/library/contents.ts";
import type { LibraryCounts } from "../../core/library/library-status.ts";
import type { Unfinished } from "../../core/library/unfinished.ts";
import type { SearchPairs } from "../../core/library/vectors.ts";
import type { Library } from "../../core/library-port.ts";
import type { PassedBy } from "../../core/photos/passed-by.ts";
import type { ContentHash, EncoderKey, PhotoPath } from "../../core/units.ts";
import { lazyPairSearch } from "../vectors/lazy-pair-search.ts";
import { CalibrationDatabase } from "./calibration-store.ts";
import { CanaryDatabase } from "./canary-store.ts";
import { DerivedDatabase } from "./derived-vectors-store.ts";
import { heldContents } from "./held-contents.ts";
import { knowsBelow, photoFolders } from "./known-places.ts";
import { LabelDatabase } from "./label-store.ts";
import { LeftOutDatabase } from "./left-out-store.ts";
import { type OpenLibraryFile, openExistingLibraryFile, openLibraryFile, openLibraryForReading } from "./library-file.ts";
import { KnownFiles } from "./library-files.ts";
import { LookDatabase } from "./look-store.ts";
import { MapDatabase } from "./map-store.ts";
import { moveFolder } from "./move-folder.ts";
import { PairDatabase } from "./pair-store.ts";
import { PruneDatabase } from "./prune-store.ts";
import { ReportDatabase } from "./report-store.ts";
import { ScanDatabase } from "./scan-store.ts";
import { SearchDatabase } from "./search-store.ts";
import { damagedLibrary, type Sqlite } from "./sqlite.ts";
import { StatusDatabase, scannedRoots } from "./status-store.ts";
import { TableDatabase } from "./table-store.ts";
import { readUnfinished, withoutVectorCount } from "./unfinished-store.ts";

/** A library that compares nothing needs no more. */
const DEFAULT_THREADS = 1;
/** No row has this id: an encoder that has embedded nothing here, in a library that is only read. */
const NO_ENCODER = 0;

interface RootRow {
  readonly path: string;
  readonly exclude: string;
  readonly follow_links: 0 | 1;
}

export class SqliteLibrary implements Library {
  readonly #db: Sqlite;
  readonly #file: OpenLibraryFile;
  readonly #searchPairs: SearchPairs;

  /** @param threads processors that a comparison may use */
  private constructor(file: OpenLibraryFile, threads: number) {
    this.#file = file;
    this.#db = file.db;
    this.#searchPairs = lazyPairSearch(threads);
  }

  static open(path: string, threads = DEFAULT_THREADS): SqliteLibrary {
    return new SqliteLibrary(openLibraryFile(path), threads);
  }

  static openExisting(path: string, threads = DEFAULT_THREADS): SqliteLibrary {
    return new SqliteLibrary(openExistingLibraryFile(path), threads);
  }

  /** Writes nothing, and opens what may not be written to. */
  static openForReading(path: string, threads = DEFAULT_THREADS): SqliteLibrary {
    return new SqliteLibrary(openLibraryForReading(path), threads);
  }

  async scanWith(encoder: ChosenEncoder, roots: readonly ScanRoot[], attempt: string): Promise<ScanDatabase> {
    return new ScanDatabase(this.#db, this.#encoderId(encoder), roots, attempt);
  }

  pairsOf(encoder: ChosenEncoder): PairDatabase {
    return new PairDatabase(this.#db, this.#encoderId(encoder), encoder.spec.image.dimensions, this.#searchPairs);
  }

  reportOf(encoder: ChosenEncoder): ReportDatabase {
    return new ReportDatabase(this.#db, this.#encoderId(encoder));
  }

  looks(): LookDatabase {
    return new LookDatabase(this.#db);
  }

  mapOf(encoder: ChosenEncoder): MapDatabase {
    return new MapDatabase(this.#db, this.#encoderId(encoder));
  }

  calibrationOf(encoder: ChosenEncoder): CalibrationDatabase {
    return new CalibrationDatabase(this.#db, this.#encoderId(encoder));
  }

  searchOf(encoder: ChosenEncoder): SearchDatabase {
    return new SearchDatabase(this.#db, this.#encoderId(encoder), encoder);
  }

  canariesOf(encoder: ChosenEncoder): CanaryDatabase {
    return new CanaryDatabase(this.#db, this.#encoderId(encoder), nameEncoder(encoder));
  }

  async labelsOf(encoder: ChosenEncoder, others: readonly ChosenEncoder[]): Promise<LabelDatabase> {
    const isUsed = this.#db.prepare<[string]>(
      "SELECT 1 FROM encoder WHERE key = ? AND EXISTS (SELECT 1 FROM embedding WHERE encoder_id = encoder.id)",
    );
    return new LabelDatabase(this.#db, this.reportOf(encoder), [encoder, ...others.filter(({ key }) => isUsed.get(key) !== undefined)]);
  }

  derivation(from: ChosenEncoder, to: ChosenEncoder): DerivedDatabase {
    return new DerivedDatabase(this.#db, this.#encoderId(from), this.#encoderId(to));
  }

  async fileAt(path: string, fileId: string | null): Promise<string | null> {
    return new KnownFiles(this.#db).at(path, fileId);
  }

  async moveFolder(from: string, to: string): Promise<void> {
    moveFolder(this.#db, from, to);
  }

  async contentsWith(hashes: Iterable<ContentHash>): Promise<ReadonlyMap<ContentHash, HeldContent>> {
    return heldContents(this.#db, hashes);
  }

  heldBack(encoder: EncoderKey): AsyncIterable<readonly PhotoPath[]> {
    return new LeftOutDatabase(this.#db).heldBack(encoder);
  }

  passedBy(): AsyncIterable<readonly PassedBy[]> {
    return new LeftOutDatabase(this.#db).passedBy();
  }

  async status(): Promise<LibraryCounts> {
    return new StatusDatabase(this.#db).read();
  }

  tables(): TableDatabase {
    return new TableDatabase(this.#db);
  }

  pruning(): PruneDatabase {
    return new PruneDatabase(this.#db);
  }

  async roots(): Promise<readonly LibraryRoot[]> {
    return this.#db
      .prepare<[], RootRow>("SELECT path, exclude, follow_links FROM root ORDER BY path")
      .all()
      .map(({ path, exclude, follow_links }) => ({ path, exclude: JSON.parse(exclude) as string[], followLinks: follow_links === 1 }));
  }

  async scannedRoots(): Promise<readonly ScannedRoot[]> {
    return scannedRoots(this.#db, await this.roots());
  }

  async knowsBelow(folder: string): Promise<boolean> {
    return knowsBelow(this.#db, folder);
  }

  photoFolders(): AsyncIterable<readonly string[]> {
    return photoFolders(this.#db);
  }

  async defaultModel(): Promise<string | null> {
    return this.#db.prepare<[], string>("SELECT value FROM setting WHERE name = 'model'").pluck().get() ?? null;
  }

  async setDefaultModel(id: string): Promise<void> {
    this.#db.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('model', ?)").run(id);
  }

  async embeddedCount({ key }: ChosenEncoder): Promise<number> {
    return this.#db
      .prepare<[string], number>(
        `SELECT count(*) FROM embedding JOIN encoder ON encoder.id = encoder_id AND key = ?
         WHERE EXISTS (SELECT 1 FROM photo WHERE photo.content_id = embedding.content_id AND missing = 0)`,
      )
      .pluck()
      .get(key) as number;
  }

  async withoutVectorCount(encoder: ChosenEncoder): Promise<number> {
    return withoutVectorCount(this.#db, this.#knownId(encoder));
  }

  async unfinishedOf(encoder: ChosenEncoder): Promise<Unfinished> {
    return readUnfinished(this.#db, this.#knownId(encoder));
  }

  async forgetVectors(encoder: ChosenEncoder): Promise<void> {
    const id = this.#encoderId(encoder);
    this.#db
      .transaction(() => {
        for (const table of ["pair", "embedding", "canary", "canary_check"])
          this.#db.prepare(`DELETE FROM ${table} WHERE encoder_id = ?`).run(id);
        this.#db.prepare("UPDATE encoder SET compared_through = 0 WHERE id = ?").run(id);
      })
      .immediate();
  }

  /**
   * Reads every page: a few hundred milliseconds for 100,000 photos, so for commands that take longer anyway.
   * @throws {UserError} when a page is not what was written
   */
  requireWhole(): void {
    const fault = this.#db.prepare<[], string>("PRAGMA quick_check(1)").pluck().get();
    if (fault !== "ok") throw damagedLibrary(this.#db.name, fault ?? "no answer");
  }

  async close(): Promise<void> {
    this.#file.close();
  }

  /** No encoder's where this one has embedded nothing yet. */
  #knownId({ key }: ChosenEncoder): number {
    return this.#db.prepare<[string], number>("SELECT id FROM encoder WHERE key = ?").pluck().get(key) ?? -1;
  }

  get #isForReading(): boolean {
    return this.#db.pragma("query_only", { simple: true }) === 1;
  }

  #encoderId({ key, spec }: ChosenEncoder): number {
    const find = this.#db.prepare<[string], number>("SELECT id FROM encoder WHERE key = ?").pluck();
    const known = find.get(key);
    if (known !== undefined) return known;
    if (this.#isForReading) return NO_ENCODER;
    this.#db.prepare("INSERT OR IGNORE INTO encoder (key, model, dimensions) VALUES (?, ?, ?)").run(key, spec.id, spec.image.dimensions);
    return find.get(key) as number;
  }
}
