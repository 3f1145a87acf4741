/**
 * The library in a database that many machines share: opened here, and handed to the stores that each read or write one side of it.
 */
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { HeldContent, LibraryRoot, ScannedRoot, ScanRoot } from "../../core/library/contents.ts";
import type { LibraryServerPlace } from "../../core/library/library-place.ts";
import type { LibraryCounts } from "../../core/library/library-status.ts";
import type { Unfinished } from "../../core/library/unfinished.ts";
import type { Library } from "../../core/library-port.ts";
import type { PassedBy } from "../../core/photos/passed-by.ts";
import type { ContentHash, EncoderKey, PhotoPath } from "../../core/units.ts";
import { lazyPairSearch } from "../vectors/lazy-pair-search.ts";
import { ServerCalibrationStore } from "./calibration-store.ts";
import { ServerCanaryStore } from "./canary-store.ts";
import { ServerDerivedStore } from "./derived-vectors-store.ts";
import { type EncoderId, encoderIdOf, knownEncoderId } from "./encoder-row.ts";
import { fileAt, heldContents, knowsBelow, photoFolders } from "./known-places.ts";
import { ServerLabelStore } from "./label-store.ts";
import { ServerLeftOutStore } from "./left-out-store.ts";
import { lockForAdding, lockForChanging, lockForComparing, type ServerLock } from "./lock.ts";
import { ServerLookStore } from "./look-store.ts";
import { ServerMapStore } from "./map-store.ts";
import { moveFolder } from "./move-folder.ts";
import { openExistingServer, openServer, openServerForReading } from "./open-server.ts";
import { PairClaims } from "./pair-claims.ts";
import { type Comparing, ServerPairStore } from "./pair-store.ts";
import { ServerPruneStore } from "./prune-store.ts";
import { ServerReportStore } from "./report-store.ts";
import { ServerScanStore } from "./scan-store.ts";
import { ServerSearchStore } from "./search-store.ts";
import type { Server } from "./server.ts";
import { readSetting, writeSetting } from "./setting.ts";
import { readCounts, readRoots, scannedRoots } from "./status-store.ts";
import { ServerTableStore } from "./table-store.ts";
import { readUnfinished, withoutVectorCount } from "./unfinished-store.ts";

/** A library that compares nothing needs no more. */
const DEFAULT_THREADS = 1;
/** Below, all vectors fit into any machine, and comparing everything takes less time than to make an index. */
const NEAR_FROM = 200_000;
/** The setting: the encoder that is used where none is named. */
const MODEL = "model";

export class ServerLibrary implements Library {
  readonly #server: Server;
  readonly #name: string;
  readonly #comparing: Comparing;
  readonly #claims: PairClaims;

  /** @param threads processors that a comparison may use */
  private constructor(server: Server, name: string, threads: number, nearFrom = NEAR_FROM) {
    this.#server = server;
    this.#name = name;
    this.#comparing = { searchPairs: lazyPairSearch(threads), nearFrom };
    this.#claims = new PairClaims(server);
  }

  /** @param nearFrom embeddings from which on an index of nearest neighbours is made where one is asked for */
  static async open(place: LibraryServerPlace, threads = DEFAULT_THREADS, nearFrom = NEAR_FROM): Promise<ServerLibrary> {
    return new ServerLibrary(await openServer(place), place.name, threads, nearFrom);
  }

  static async openExisting(place: LibraryServerPlace, threads = DEFAULT_THREADS): Promise<ServerLibrary> {
    return new ServerLibrary(await openExistingServer(place), place.name, threads);
  }

  /** Writes nothing, and needs no right to. */
  static async openForReading(place: LibraryServerPlace, threads = DEFAULT_THREADS): Promise<ServerLibrary> {
    return new ServerLibrary(await openServerForReading(place), place.name, threads);
  }

  /** Keeps all other writers out until it is released. @throws {UserError} `library-locked` */
  lockForChanging(pause: () => Promise<void>): Promise<ServerLock> {
    return lockForChanging(this.#server, this.#name, pause);
  }

  /** Keeps out who would change what is known, and lets others add to it. @throws {UserError} `library-locked` */
  lockForAdding(): Promise<ServerLock> {
    return lockForAdding(this.#server, this.#name);
  }

  /** Keeps who would change something waiting while something is compared in passing. @returns null when another does */
  lockForComparing(): Promise<ServerLock | null> {
    return lockForComparing(this.#server);
  }

  /** Whether this user may keep what a comparison finds, on a server that is no copy of another. */
  async mayBeWritten(): Promise<boolean> {
    const row = await this.#server.row<{ readonly may: boolean }>(
      "SELECT has_table_privilege('pair', 'INSERT') AND NOT pg_is_in_recovery() AS may",
    );
    return row?.may === true;
  }

  scanWith(encoder: ChosenEncoder, roots: readonly ScanRoot[], attempt: string): Promise<ServerScanStore> {
    return ServerScanStore.begin(this.#server, this.#idOf(encoder), roots, attempt);
  }

  pairsOf(encoder: ChosenEncoder): ServerPairStore {
    return new ServerPairStore(this.#server, this.#idOf(encoder), encoder.spec.image.dimensions, this.#comparing);
  }

  reportOf(encoder: ChosenEncoder): ServerReportStore {
    return new ServerReportStore(this.#server, this.#idOf(encoder));
  }

  looks(): ServerLookStore {
    return new ServerLookStore(this.#server, this.#claims);
  }

  searchOf(encoder: ChosenEncoder): ServerSearchStore {
    return new ServerSearchStore(this.#server, this.#idOf(encoder), encoder.spec.image.dimensions);
  }

  mapOf(encoder: ChosenEncoder): ServerMapStore {
    return new ServerMapStore(this.#server, this.#idOf(encoder));
  }

  calibrationOf(encoder: ChosenEncoder): ServerCalibrationStore {
    return new ServerCalibrationStore(this.#server, this.#idOf(encoder));
  }

  canariesOf(encoder: ChosenEncoder): ServerCanaryStore {
    return new ServerCanaryStore(this.#server, this.#idOf(encoder), nameEncoder(encoder));
  }

  async labelsOf(encoder: ChosenEncoder, others: readonly ChosenEncoder[]): Promise<ServerLabelStore> {
    const rows = await this.#server.rows<{ readonly key: string }>(
      "SELECT key FROM encoder WHERE EXISTS (SELECT 1 FROM embedding WHERE encoder_id = encoder.id)",
    );
    const used = new Set(rows.map(({ key }) => key));
    return new ServerLabelStore(this.#server, this.reportOf(encoder), [encoder, ...others.filter(({ key }) => used.has(key))]);
  }

  derivation(from: ChosenEncoder, to: ChosenEncoder): ServerDerivedStore {
    return new ServerDerivedStore(this.#server, this.#idOf(from), this.#idOf(to));
  }

  tables(): ServerTableStore {
    return new ServerTableStore(this.#server);
  }

  pruning(): ServerPruneStore {
    return new ServerPruneStore(this.#server);
  }

  fileAt(path: string, fileId: string | null): Promise<string | null> {
    return fileAt(this.#server, path, fileId);
  }

  async moveFolder(from: string, to: string): Promise<void> {
    await moveFolder(this.#server, from, to);
  }

  contentsWith(hashes: Iterable<ContentHash>): Promise<ReadonlyMap<ContentHash, HeldContent>> {
    return heldContents(this.#server, hashes);
  }

  heldBack(encoder: EncoderKey): AsyncIterable<readonly PhotoPath[]> {
    return new ServerLeftOutStore(this.#server).heldBack(encoder);
  }

  passedBy(): AsyncIterable<readonly PassedBy[]> {
    return new ServerLeftOutStore(this.#server).passedBy();
  }

  status(): Promise<LibraryCounts> {
    return readCounts(this.#server);
  }

  roots(): Promise<readonly LibraryRoot[]> {
    return readRoots(this.#server);
  }

  scannedRoots(): Promise<readonly ScannedRoot[]> {
    return scannedRoots(this.#server);
  }

  knowsBelow(folder: string): Promise<boolean> {
    return knowsBelow(this.#server, folder);
  }

  photoFolders(): AsyncIterable<readonly string[]> {
    return photoFolders(this.#server);
  }

  defaultModel(): Promise<string | null> {
    return readSetting(this.#server, MODEL);
  }

  async setDefaultModel(id: string): Promise<void> {
    await this.#server.transaction((changes) => writeSetting(changes, MODEL, id));
  }

  async embeddedCount({ key }: ChosenEncoder): Promise<number> {
    const row = await this.#server.row<{ readonly count: number }>(
      `SELECT count(*) FROM embedding JOIN encoder ON encoder.id = encoder_id AND key = $1
       WHERE EXISTS (SELECT 1 FROM photo WHERE photo.content_id = embedding.content_id AND NOT missing)`,
      [key],
    );
    return row?.count ?? 0;
  }

  async withoutVectorCount(encoder: ChosenEncoder): Promise<number> {
    return withoutVectorCount(this.#server, await knownEncoderId(this.#server, encoder));
  }

  async unfinishedOf(encoder: ChosenEncoder): Promise<Unfinished> {
    return readUnfinished(this.#server, await knownEncoderId(this.#server, encoder));
  }

  async forgetVectors(encoder: ChosenEncoder): Promise<void> {
    const id = await knownEncoderId(this.#server, encoder);
    await this.#server.transaction(async (changes) => {
      for (const table of ["pair", "comparison", "embedding", "canary", "canary_check"])
        await changes.change(`DELETE FROM ${table} WHERE encoder_id = $1`, [id]);
      await changes.change("UPDATE encoder SET compared_through = 0 WHERE id = $1", [id]);
    });
  }

  async close(): Promise<void> {
    await this.#claims.dropAll();
    await this.#server.close();
  }

  #idOf(encoder: ChosenEncoder): EncoderId {
    return encoderIdOf(this.#server, encoder);
  }
}
