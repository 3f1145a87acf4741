/**
 * A library in memory, for the stories' own tests: the same port as the real one, held to it by one contract
 * (`test/library-port.contract.ts`).
 */
import type { DerivedStore } from "../../src/core/adaptation/derived-vectors-store.ts";
import type { CalibrationStore } from "../../src/core/calibration/calibration-store.ts";
import type { DriftStore } from "../../src/core/drift/drift.ts";
import type { ReportStore } from "../../src/core/duplicates/report-store.ts";
import { nameEncoder } from "../../src/core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../src/core/encoders/ports.ts";
import { cosineOfRows } from "../../src/core/encoders/similarity.ts";
import type { LabelStore } from "../../src/core/labels/question.ts";
import type { ContentId, HeldContent, LibraryRoot, Pair, ScannedRoot } from "../../src/core/library/contents.ts";
import type { LibraryCounts } from "../../src/core/library/library-status.ts";
import type { PruneStore } from "../../src/core/library/prune-plan.ts";
import type { ScanStore } from "../../src/core/library/scan-store.ts";
import type { Unfinished } from "../../src/core/library/unfinished.ts";
import type { ComparedBlock, PairStore, SearchPairs, VectorBlock, VectorMatrix } from "../../src/core/library/vectors.ts";
import type { Library } from "../../src/core/library-port.ts";
import type { LookStore } from "../../src/core/look/look-store.ts";
import type { MapStore } from "../../src/core/map/ports.ts";
import { comparePending } from "../../src/core/pairs/compare-pending.ts";
import type { PhotoEvidence } from "../../src/core/pairs/labelled-pair.ts";
import { comparePaths, folderOf, isWithin, isWithinAny } from "../../src/core/paths.ts";
import { NEARLY_EMPTY_BELOW } from "../../src/core/photos/detail.ts";
import type { PassedBy } from "../../src/core/photos/passed-by.ts";
import { nearestContents } from "../../src/core/search/nearest-contents.ts";
import type { SearchStore } from "../../src/core/search/search-store.ts";
import type { ContentHash, EncoderKey, PhotoPath } from "../../src/core/units.ts";
import { MemoryScan } from "./scan-store.ts";
import { type EncoderTable, Tables } from "./tables.ts";

/** Every pair is a candidate: what decides is the exact cosine. */
const searchAll: SearchPairs = async function* (matrix, floor) {
  for (let row = matrix.comparedRows; row < matrix.contentIds.length; row++) {
    const columns = Array.from({ length: row }, (_, column) => column);
    const candidates = columns
      .filter((column) => cosineOfRows(matrix.values, matrix.dimensions, row, column) >= floor)
      .map((column) => [row, column, Number.POSITIVE_INFINITY] as const);
    yield { throughRow: row + 1, comparisons: row, candidates };
  }
};

export class MemoryLibrary implements Library {
  readonly #tables = new Tables();

  async roots(): Promise<readonly LibraryRoot[]> {
    return [...this.#tables.roots.values()]
      .map(({ path, exclude, followLinks }) => ({ path, exclude, followLinks }))
      .sort((one, other) => comparePaths(one.path, other.path));
  }

  async scannedRoots(): Promise<readonly ScannedRoot[]> {
    const { photos, scanTimes } = this.#tables;
    return (await this.roots()).map((root) => {
      const known = [...photos].filter(([path]) => isWithin(path, root.path)).map(([, photo]) => photo);
      const last = Math.max(...known.map(({ scan }) => scan));
      const scannedAt = scanTimes[last - 1] ?? null;
      return {
        ...root,
        photos: known.filter(({ missing }) => !missing).length,
        scannedAt,
        isWalked: !this.#unwalked().includes(root.path),
      };
    });
  }

  async knowsBelow(folder: string): Promise<boolean> {
    const { photos, pending, skipped } = this.#tables;
    return [photos, pending, skipped].some((table) => [...table.keys()].some((path) => isWithin(path, folder)));
  }

  photoFolders(): AsyncIterable<readonly string[]> {
    return onePage([...new Set([...this.#tables.photos.keys()].sort(comparePaths).map(folderOf))]);
  }

  async defaultModel(): Promise<string | null> {
    return this.#tables.model;
  }

  async setDefaultModel(id: string): Promise<void> {
    this.#tables.model = id;
  }

  heldBack(encoder: EncoderKey): AsyncIterable<readonly PhotoPath[]> {
    const shown = [...(this.#tables.encoders.get(encoder)?.embeddings ?? [])].filter(([, { detail }]) => detail < NEARLY_EMPTY_BELOW);
    const byDetail = shown.sort(([one, a], [other, b]) => a.detail - b.detail || one - other);
    const photos = this.#tables.presentPhotos();
    return onePage(byDetail.flatMap(([id]) => photos.filter(({ content }) => content === id).map(({ path }) => path)));
  }

  passedBy(): AsyncIterable<readonly PassedBy[]> {
    const { leftOut, photos, pending, skipped, companionFiles, roots } = this.#tables;
    const isMet = (path: PhotoPath) =>
      photos.get(path)?.missing === false || roots.has(path) || [pending, skipped, companionFiles].some((table) => table.has(path));
    return onePage(
      [...leftOut]
        .filter(([path]) => !isMet(path))
        .map(([path, { reason }]) => ({ path, reason }))
        .sort((one, other) => comparePaths(one.path, other.path)),
    );
  }

  async status(): Promise<LibraryCounts> {
    const { photos, contents, pending, encoders } = this.#tables;
    const present = this.#tables.presentPhotos().length;
    return {
      roots: (await this.roots()).map(({ path }) => path),
      photos: present,
      missing: photos.size - present,
      contents: contents.size,
      pending: pending.size,
      unwalked: this.#unwalked(),
      encoders: [...encoders.values()].map((table) => ({
        ...nameEncoder(table.encoder),
        version: null,
        embedded: table.embeddings.size,
        uncompared: table.embeddings.size - table.compared.size,
        pairs: table.pairs.size,
      })),
      skipped: this.#tables.skippedPhotos(),
    };
  }

  async embeddedCount(encoder: ChosenEncoder): Promise<number> {
    const { embeddings } = this.#tables.encoder(encoder);
    const present = new Set(this.#tables.presentPhotos().map(({ content }) => content));
    return [...embeddings.keys()].filter((id) => present.has(id)).length;
  }

  async withoutVectorCount(encoder: ChosenEncoder): Promise<number> {
    const { embeddings } = this.#tables.encoder(encoder);
    const isSettled = (path: PhotoPath) => (this.#tables.skipped.get(path)?.file ?? null) !== null;
    return this.#tables.presentPhotos().filter(({ path, content }) => !embeddings.has(content) && !isSettled(path)).length;
  }

  async unfinishedOf(encoder: ChosenEncoder): Promise<Unfinished> {
    const { embeddings } = this.#tables.encoder(encoder);
    const { skipped, pending } = this.#tables;
    const hasVector = (path: PhotoPath) => {
      const [photo, found] = [this.#tables.photos.get(path), pending.get(path)];
      if (photo === undefined || !embeddings.has(photo.content)) return false;
      return found === undefined || (found.modifiedMs === photo.modifiedMs && found.changedMs === photo.changedMs);
    };
    const present = this.#tables.presentPhotos().map(({ path }) => path);
    const unread = new Set([...pending.keys(), ...present.filter((path) => !skipped.has(path))].filter((path) => !hasVector(path)));
    return { unread: [...unread, ...this.#tables.unreadOriginals()].sort(comparePaths), unwalked: this.#unwalked() };
  }

  async forgetVectors(encoder: ChosenEncoder): Promise<void> {
    const table = this.#tables.encoder(encoder);
    for (const rows of [table.embeddings, table.pairs, table.compared]) rows.clear();
    [table.canaries, table.checks] = [[], []];
  }

  async fileAt(path: string, fileId: string | null): Promise<string | null> {
    const { photos, pending, skipped, companionFiles } = this.#tables;
    const named = [photos, pending, skipped, companionFiles].some((table) => table.has(path as PhotoPath));
    if (named || fileId === null) return named ? path : null;
    return [...photos, ...pending].find(([, file]) => file.fileId === fileId)?.[0] ?? null;
  }

  async moveFolder(from: string, to: string): Promise<void> {
    const { photos, pending, skipped, leftOut, companionFiles, roots } = this.#tables;
    const tables: readonly Map<string, unknown>[] = [photos, pending, skipped, leftOut, companionFiles, roots];
    for (const table of tables)
      for (const [path, row] of [...table]) {
        if (!isWithin(path, from)) continue;
        const moved = to + path.slice(from.length);
        table.delete(path);
        if (!table.has(moved)) table.set(moved, { ...(row as object), ...("path" in (row as object) && { path: moved }) });
      }
  }

  async contentsWith(hashes: Iterable<ContentHash>): Promise<ReadonlyMap<ContentHash, HeldContent>> {
    const tables = this.#tables;
    return found(hashes, (hash) => {
      const id = tables.contentOf(hash);
      if (id === undefined) return undefined;
      const photos = tables.presentPhotos().filter(({ content }) => content === id);
      const held = photos.map(({ path, fileId }) => ({ path, fileId })).sort((one, other) => comparePaths(one.path, other.path));
      return { id, pixelsHash: tables.contents.get(id)?.facts.pixelsHash ?? null, photos: held };
    });
  }

  async scanWith(encoder: ChosenEncoder, roots: readonly LibraryRoot[], attempt: string): Promise<ScanStore> {
    return new MemoryScan(this.#tables, this.#tables.encoder(encoder), roots, attempt);
  }

  pairsOf(encoder: ChosenEncoder): PairStore {
    const table = this.#tables.encoder(encoder);
    const loadVectors = async () => matrixOf(table);
    return {
      loadVectors,
      uncomparedCount: async () => table.embeddings.size - table.compared.size,
      findPairs: async function* (floor, by = searchAll): AsyncGenerator<ComparedBlock> {
        yield* comparePending(await loadVectors(), by, floor);
      },
      hasNearestIndex: async () => false,
      findNearPairs: async () => null,
      recordPairs: async ({ pairs, through }) => {
        for (const { a, b, similarity } of pairs) {
          const pair = { a: Math.min(a, b) as ContentId, b: Math.max(a, b) as ContentId, similarity };
          table.pairs.set(`${pair.a} ${pair.b}`, pair);
        }
        for (const id of table.embeddings.keys()) {
          table.compared.add(id);
          if (id === through) break;
        }
      },
    };
  }

  reportOf(encoder: ChosenEncoder): ReportStore {
    const table = this.#tables.encoder(encoder);
    const tables = this.#tables;
    return {
      pairsAtOrAbove: (threshold) => onePage([...table.pairs.values()].filter(({ similarity }) => similarity >= threshold)),
      repeatedContents: async () => {
        const counts = new Map<ContentId, number>();
        for (const { content } of tables.presentPhotos()) counts.set(content, (counts.get(content) ?? 0) + 1);
        return [...counts].filter(([, count]) => count > 1).map(([id]) => id);
      },
      contents: async (ids) => tables.libraryContents(table, ids),
      vectors: async (ids) => vectorsAmong(table, ids),
      comparedPhotos: () => onePage(this.#embeddedPhotos(table).map(({ path }) => path)),
      companionFiles: () =>
        onePage(
          [...tables.companionFiles].map(([path, { bytes }]) => ({ path, bytes })).sort((one, other) => comparePaths(one.path, other.path)),
        ),
      skipped: async () => tables.skippedPhotos(),
      unfinished: () => this.unfinishedOf(encoder),
    };
  }

  searchOf(encoder: ChosenEncoder): SearchStore {
    const table = this.#tables.encoder(encoder);
    const tables = this.#tables;
    return {
      find: async (hash) => {
        const content = tables.contentOf(hash);
        const row = content === undefined ? undefined : table.embeddings.get(content);
        return content === undefined || row === undefined ? null : { content, vector: row.vector };
      },
      nearest: async (wanted, { folders, ...choice }) => {
        const held = this.#embeddedPhotos(table).filter(({ path }) => isWithinAny(path, folders));
        const present = new Set(held.map(({ content }) => content));
        return nearestContents([blockOf(table)], wanted, (content) => present.has(content), choice);
      },
      vectors: async function* () {
        yield blockOf(table);
      },
      photos: () => onePage(this.#embeddedPhotos(table).map(({ content, path, fileId }) => ({ content, path, fileId }))),
      contents: async (ids) => tables.libraryContents(table, ids),
    };
  }

  looks(): LookStore {
    const tables = this.#tables;
    const { looks, contents } = tables;
    return {
      lookedThrough: async () => tables.lookedThrough,
      markLookedThrough: async (encoder) => {
        tables.lookedThrough = encoder;
      },
      claim: async (pairs) => ({ taken: pairs, seen: [] }),
      letGo: async () => {},
      looks: () => onePage([...looks.values()]),
      looksAt: async (pairs) => pairs.flatMap(({ one, other }) => looks.get(`${one} ${other}`) ?? []),
      record: async (seen) => {
        for (const look of seen) if (contents.has(look.one) && contents.has(look.other)) looks.set(`${look.one} ${look.other}`, look);
      },
    };
  }

  mapOf(encoder: ChosenEncoder): MapStore {
    const table = this.#tables.encoder(encoder);
    const takenAt = (content: ContentId) => this.#tables.contents.get(content)?.facts.exposure.takenAt ?? null;
    return {
      photos: () => onePage(this.#embeddedPhotos(table).map(({ content, path }) => ({ content, path, takenAt: takenAt(content) }))),
    };
  }

  calibrationOf(encoder: ChosenEncoder): CalibrationStore {
    const table = this.#tables.encoder(encoder);
    const tables = this.#tables;
    const byFalling = (one: Pair, other: Pair) => other.similarity - one.similarity || other.a - one.a || other.b - one.b;
    return {
      contentsOf: async (hashes) => found(hashes, (hash) => known(table, tables.contentOf(hash))),
      contentsAt: async (paths) => found(paths, (path) => known(table, tables.photos.get(path)?.content)),
      photos: async (contents) => found(contents, (content) => photoEvidence(tables, table, content)),
      filesOf: async (contents) =>
        found(contents, (content) => {
          const photo = tables.presentPhotos().find((row) => row.content === content);
          const bytes = tables.contents.get(content)?.bytes;
          if (photo === undefined || bytes === undefined) return undefined;
          return { path: photo.path, bytes, modifiedMs: photo.modifiedMs, changedMs: null, fileId: photo.fileId };
        }),
      comparedContents: async () => {
        const present = new Set(tables.presentPhotos().map(({ content }) => content));
        const isAsked = (id: ContentId) => present.has(id) && (table.embeddings.get(id)?.detail ?? 0) >= NEARLY_EMPTY_BELOW;
        return [...table.compared].filter(isAsked).sort((one, other) => one - other);
      },
      pairsAtOrAbove: (threshold) => onePage([...table.pairs.values()].filter(({ similarity }) => similarity >= threshold)),
      pairsBelow: (threshold) => onePage([...table.pairs.values()].filter(({ similarity }) => similarity < threshold).sort(byFalling)),
      save: async (calibration) => {
        table.calibration = calibration;
      },
      saved: async () => table.calibration,
    };
  }

  canariesOf(encoder: ChosenEncoder): DriftStore {
    const table = this.#tables.encoder(encoder);
    return {
      encoder: nameEncoder(encoder),
      canaries: async () => table.canaries,
      checks: async () => table.checks,
      recordMade: async (canaries, check) => {
        table.canaries = canaries;
        table.checks = [...table.checks, check];
      },
      recordCheck: async (check) => {
        table.checks = [...table.checks, check];
      },
    };
  }

  async labelsOf(encoder: ChosenEncoder, others: readonly ChosenEncoder[]): Promise<LabelStore> {
    const tables = this.#tables;
    const used = others.filter((other) => tables.encoder(other).embeddings.size > 0);
    return {
      encoders: [encoder, ...used],
      pairsNear: async (by, similarity, limit) => {
        const pairs = [...tables.encoder(by).pairs.values()];
        const above = pairs.filter((pair) => pair.similarity >= similarity).sort((one, other) => one.similarity - other.similarity);
        const below = pairs.filter((pair) => pair.similarity < similarity).sort((one, other) => other.similarity - one.similarity);
        return [...above.slice(0, limit), ...below.slice(0, limit)];
      },
      vectors: async (by, contents) => vectorsAmong(tables.encoder(by), contents),
      contents: async (ids) => tables.libraryContents(tables.encoder(encoder), ids),
      contentsAt: async (paths) => found(paths, (path) => tables.photos.get(path)?.content),
    };
  }

  derivation(from: ChosenEncoder, to: ChosenEncoder): DerivedStore {
    const [source, target] = [this.#tables.encoder(from), this.#tables.encoder(to)];
    return {
      total: async () => source.embeddings.size,
      pages: () => onePage([...source.embeddings].map(([content, { detail, vector }]) => ({ content, detail, vector }))),
      keep: async (vectors) => {
        for (const { content, detail, vector } of vectors) {
          if (!target.embeddings.has(content)) target.embeddings.set(content, { detail, vector });
        }
      },
    };
  }

  pruning(): PruneStore {
    const tables = this.#tables;
    return {
      photosBelow: (root) =>
        onePage(
          [...tables.photos]
            .filter(([path]) => isWithin(path, root))
            .map(([path, { content, fileId }]) => ({ path, content, fileId }))
            .sort((one, other) => comparePaths(one.path, other.path)),
        ),
      contentsWithout: async (photos) => orphansWithout(tables, new Set(photos.map(({ path }) => path))),
      forget: async ({ photos, contents, roots, folders }) => {
        const isAsPlanned = ({ path, content, fileId }: (typeof photos)[number]) => {
          const known = tables.photos.get(path);
          return known?.content === content && known.fileId === fileId;
        };
        const orphans = new Set(orphansWithout(tables, new Set(photos.map(({ path }) => path))));
        if (!photos.every(isAsPlanned) || !contents.every((id) => orphans.has(id))) return false;
        if (!roots.every((root) => tables.roots.has(root))) return false;
        for (const { path } of photos) tables.photos.delete(path);
        for (const id of contents) forgetContent(tables, id);
        for (const root of roots) tables.roots.delete(root);
        for (const table of [tables.pending, tables.skipped, tables.companionFiles, tables.leftOut]) {
          for (const path of table.keys()) if (folders.some((folder) => isWithin(path, folder))) table.delete(path);
        }
        return true;
      },
    };
  }

  async close(): Promise<void> {}

  #unwalked(): readonly string[] {
    return [...this.#tables.roots.values()]
      .filter(({ walked }) => !walked)
      .map(({ path }) => path)
      .sort(comparePaths);
  }

  #embeddedPhotos(table: EncoderTable) {
    return this.#tables.presentPhotos().filter(({ content }) => table.embeddings.has(content));
  }
}

async function* onePage<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  if (items.length > 0) yield items;
}

function found<Key, Value>(keys: Iterable<Key>, find: (key: Key) => Value | undefined): ReadonlyMap<Key, Value> {
  return new Map(
    [...keys].flatMap((key) => {
      const value = find(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

function known({ embeddings }: EncoderTable, content: ContentId | undefined): ContentId | undefined {
  return content !== undefined && embeddings.has(content) ? content : undefined;
}

function photoEvidence(tables: Tables, table: EncoderTable, content: ContentId): PhotoEvidence | undefined {
  const [row, embedding] = [tables.contents.get(content), table.embeddings.get(content)];
  if (row === undefined || embedding === undefined) return undefined;
  const { exposure, pixelsHash } = row.facts;
  return { hash: row.hash, exposure, pixelsHash, detail: embedding.detail, vector: embedding.vector };
}

function vectorsAmong({ embeddings }: EncoderTable, ids: Iterable<ContentId>): ReadonlyMap<ContentId, Float32Array> {
  return found(ids, (id) => embeddings.get(id)?.vector);
}

function matrixOf({ embeddings, compared, encoder }: EncoderTable): VectorMatrix {
  const { dimensions } = encoder.spec.image;
  const contentIds = [...embeddings.keys()];
  const values = new Float32Array(contentIds.length * dimensions);
  for (const [row, id] of contentIds.entries()) values.set((embeddings.get(id) as { vector: Float32Array }).vector, row * dimensions);
  return { values, dimensions, contentIds, comparedRows: compared.size };
}

function blockOf(table: EncoderTable): VectorBlock {
  const { contentIds, values } = matrixOf(table);
  return { contentIds: Float64Array.from(contentIds), values };
}

/** By id. */
function orphansWithout({ contents, photos }: Tables, gone: ReadonlySet<PhotoPath>): readonly ContentId[] {
  const held = new Set([...photos].filter(([path]) => !gone.has(path)).map(([, { content }]) => content));
  return [...contents.keys()].filter((id) => !held.has(id)).sort((one, other) => one - other);
}

function forgetContent(tables: Tables, id: ContentId): void {
  tables.contents.delete(id);
  tables.forgetVectors(id);
}
