/**
 * The library as a file: opened here, and handed to the stores that each read or write one side of it.
 */
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { LibraryRoot } from "../../core/library/contents.ts";
import type { Unfinished } from "../../core/library/unfinished.ts";
import { CalibrationDatabase } from "./calibration-store.ts";
import { CanaryDatabase } from "./canary-store.ts";
import { DerivedDatabase } from "./derived-vectors-store.ts";
import { LabelDatabase } from "./label-store.ts";
import { type OpenLibraryFile, openExistingLibraryFile, openLibraryFile, openLibraryForReading } from "./library-file.ts";
import { KnownFiles } from "./library-files.ts";
import { MapDatabase } from "./map-store.ts";
import { PairDatabase } from "./pair-store.ts";
import { ReportDatabase } from "./report-store.ts";
import { SampleDatabase } from "./sample-store.ts";
import { ScanDatabase } from "./scan-store.ts";
import { SearchDatabase } from "./search-store.ts";
import { damagedLibrary, type Sqlite } from "./sqlite.ts";
import { StatusDatabase } from "./status-store.ts";
import { readUnfinished, withoutVectorCount } from "./unfinished-store.ts";

/** No row has this id: an encoder that has embedded nothing here, in a library that is only read. */
const NO_ENCODER = 0;

interface RootRow {
  readonly path: string;
  readonly exclude: string;
  readonly follow_links: 0 | 1;
}

export class LibraryDatabase {
  readonly #db: Sqlite;
  readonly #file: OpenLibraryFile;

  private constructor(file: OpenLibraryFile) {
    this.#file = file;
    this.#db = file.db;
  }

  static open(path: string): LibraryDatabase {
    return new LibraryDatabase(openLibraryFile(path));
  }

  static openExisting(path: string): LibraryDatabase {
    return new LibraryDatabase(openExistingLibraryFile(path));
  }

  /** Writes nothing, and opens what may not be written to. */
  static openForReading(path: string): LibraryDatabase {
    return new LibraryDatabase(openLibraryForReading(path));
  }

  /** @param attempt names what can be decoded today; see `Decoder.attempt` */
  scanWith(encoder: ChosenEncoder, roots: readonly LibraryRoot[], attempt: string): ScanDatabase {
    return new ScanDatabase(this.#db, this.#encoderId(encoder), roots, attempt);
  }

  pairsOf(encoder: ChosenEncoder): PairDatabase {
    return new PairDatabase(this.#db, this.#encoderId(encoder), encoder.spec.image.dimensions);
  }

  reportOf(encoder: ChosenEncoder): ReportDatabase {
    return new ReportDatabase(this.#db, this.#encoderId(encoder));
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

  samples(): SampleDatabase {
    return new SampleDatabase(this.#db);
  }

  canariesOf(encoder: ChosenEncoder): CanaryDatabase {
    return new CanaryDatabase(this.#db, this.#encoderId(encoder), nameEncoder(encoder));
  }

  /** @param others encoders there are; those that embedded nothing here are left out */
  labelsOf(encoder: ChosenEncoder, others: readonly ChosenEncoder[]): LabelDatabase {
    const isUsed = this.#db.prepare<[string]>(
      "SELECT 1 FROM encoder WHERE key = ? AND EXISTS (SELECT 1 FROM embedding WHERE encoder_id = encoder.id)",
    );
    return new LabelDatabase(this.#db, this.reportOf(encoder), [encoder, ...others.filter(({ key }) => isUsed.get(key) !== undefined)]);
  }

  /** Vectors of one encoder, to be mapped into those of another. */
  derivation(from: ChosenEncoder, to: ChosenEncoder): DerivedDatabase {
    return new DerivedDatabase(this.#db, this.#encoderId(from), this.#encoderId(to));
  }

  knownFiles(): KnownFiles {
    return new KnownFiles(this.#db);
  }

  status(): StatusDatabase {
    return new StatusDatabase(this.#db);
  }

  /** Folders that were scanned, in path order, each as it was scanned last. */
  roots(): readonly LibraryRoot[] {
    return this.#db
      .prepare<[], RootRow>("SELECT path, exclude, follow_links FROM root ORDER BY path")
      .all()
      .map(({ path, exclude, follow_links }) => ({ path, exclude: JSON.parse(exclude) as string[], followLinks: follow_links === 1 }));
  }

  /** The encoder this library is used with where none is named; null until one was chosen. */
  defaultModel(): string | null {
    return this.#db.prepare<[], string>("SELECT value FROM setting WHERE name = 'model'").pluck().get() ?? null;
  }

  setDefaultModel(id: string): void {
    this.#db.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('model', ?)").run(id);
  }

  /** Contents of present photos that the encoder has embedded. */
  embeddedCount({ key }: ChosenEncoder): number {
    return this.#db
      .prepare<[string], number>(
        `SELECT count(*) FROM embedding JOIN encoder ON encoder.id = encoder_id AND key = ?
         WHERE EXISTS (SELECT 1 FROM photo WHERE photo.content_id = embedding.content_id AND missing = 0)`,
      )
      .pluck()
      .get(key) as number;
  }

  /** Present photos that it has no vector of, though their bytes may give one. */
  withoutVectorCount(encoder: ChosenEncoder): number {
    return withoutVectorCount(this.#db, this.#knownId(encoder));
  }

  /** What is left to do with an encoder, be it one that this library has never seen. */
  unfinishedOf(encoder: ChosenEncoder): Unfinished {
    return readUnfinished(this.#db, this.#knownId(encoder));
  }

  /** Forgets what the encoder made of the photos, and its canaries: the next scan or reindex begins anew. */
  forgetVectors(encoder: ChosenEncoder): void {
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

  close(): void {
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
