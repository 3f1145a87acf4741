/**
 * What an in-memory library holds: the tables of a library file, as maps.
 */
import type { SavedCalibration } from "../../src/core/calibration/saved-calibration.ts";
import type { Canary } from "../../src/core/drift/canary.ts";
import type { DriftCheck } from "../../src/core/drift/drift.ts";
import type { ChosenEncoder } from "../../src/core/encoders/ports.ts";
import type { ContentId, LibraryContent, LibraryRoot, Pair } from "../../src/core/library/contents.ts";
import type { KeptLook } from "../../src/core/look/look-store.ts";
import { comparePaths } from "../../src/core/paths.ts";
import { photoStems } from "../../src/core/photos/companion-names.ts";
import { isRaw } from "../../src/core/photos/file-kinds.ts";
import type { PassedByReason } from "../../src/core/photos/passed-by.ts";
import type { PhotoFile, PictureFacts, SkippedPhoto } from "../../src/core/photos/photo.ts";
import type { ContentHash, EncoderKey, PhotoPath } from "../../src/core/units.ts";

export interface ContentRow {
  readonly id: ContentId;
  readonly hash: ContentHash;
  readonly bytes: number;
  readonly facts: PictureFacts;
}

export interface PhotoRow {
  readonly content: ContentId;
  readonly modifiedMs: number;
  readonly changedMs: number | null;
  readonly fileId: string;
  readonly missing: boolean;
  readonly scan: number;
}

export interface SkippedRow extends SkippedPhoto {
  /** Null where it is to be tried again. */
  readonly file: Pick<PhotoFile, "bytes" | "modifiedMs" | "changedMs"> | null;
  readonly attempt: string;
  readonly scan: number;
}

export interface EmbeddingRow {
  readonly detail: number;
  readonly vector: Float32Array;
}

/** What one encoder has made. */
export class EncoderTable {
  readonly encoder: ChosenEncoder;
  /** In the order they were made. */
  readonly embeddings = new Map<ContentId, EmbeddingRow>();
  readonly pairs = new Map<string, Pair>();
  readonly compared = new Set<ContentId>();
  canaries: readonly Canary[] = [];
  checks: readonly DriftCheck[] = [];
  calibration: SavedCalibration | null = null;

  constructor(encoder: ChosenEncoder) {
    this.encoder = encoder;
  }
}

export class Tables {
  readonly roots = new Map<string, LibraryRoot & { readonly walked: boolean }>();
  readonly contents = new Map<ContentId, ContentRow>();
  readonly photos = new Map<PhotoPath, PhotoRow>();
  readonly pending = new Map<PhotoPath, PhotoFile & { readonly scan: number }>();
  readonly skipped = new Map<PhotoPath, SkippedRow>();
  readonly leftOut = new Map<PhotoPath, { readonly reason: PassedByReason; readonly scan: number }>();
  readonly companionFiles = new Map<PhotoPath, { readonly bytes: number; readonly scan: number }>();
  readonly encoders = new Map<string, EncoderTable>();
  readonly looks = new Map<string, KeptLook>();
  lookedThrough: EncoderKey | null = null;
  model: string | null = null;
  scans = 0;
  /** When each began. */
  readonly scanTimes: string[] = [];
  #lastContent = 0;

  encoder(encoder: ChosenEncoder): EncoderTable {
    const known = this.encoders.get(encoder.key) ?? new EncoderTable(encoder);
    this.encoders.set(encoder.key, known);
    return known;
  }

  contentOf(hash: ContentHash): ContentId | undefined {
    return [...this.contents.values()].find((row) => row.hash === hash)?.id;
  }

  addContent(row: Omit<ContentRow, "id">): ContentId {
    const known = this.contentOf(row.hash);
    if (known !== undefined) {
      this.putFacts(known, row.facts);
      return known;
    }
    const id = ++this.#lastContent as ContentId;
    this.contents.set(id, { ...row, id });
    return id;
  }

  /** What other encoders than the one at hand have made of it goes too. */
  forgetVectors(id: ContentId): void {
    for (const [key, { one, other }] of this.looks) if (one === id || other === id) this.looks.delete(key);
    for (const table of this.encoders.values()) {
      table.embeddings.delete(id);
      table.compared.delete(id);
      for (const [key, { a, b }] of table.pairs) if (a === id || b === id) table.pairs.delete(key);
    }
  }

  putFacts(id: ContentId, facts: PictureFacts): void {
    const known = this.contents.get(id);
    if (known !== undefined) this.contents.set(id, { ...known, facts });
  }

  /** In path order. */
  presentPhotos(): readonly (PhotoRow & { readonly path: PhotoPath })[] {
    return [...this.photos]
      .map(([path, row]) => ({ path, ...row }))
      .filter(({ missing }) => !missing)
      .sort((one, other) => comparePaths(one.path, other.path));
  }

  /** With their present photos; those that have none, or no embedding, are left out. */
  libraryContents(table: EncoderTable, ids: Iterable<ContentId>): ReadonlyMap<ContentId, LibraryContent> {
    const photos = this.presentPhotos();
    const found = new Map<ContentId, LibraryContent>();
    for (const id of ids) {
      const [row, embedding] = [this.contents.get(id), table.embeddings.get(id)];
      const held = photos
        .filter(({ content }) => content === id)
        .map(({ path, modifiedMs, changedMs, fileId }) => ({ path, modifiedMs, changedMs, fileId }));
      if (row !== undefined && embedding !== undefined && held.length > 0) {
        found.set(id, { ...row, detail: embedding.detail, photos: held });
      }
    }
    return found;
  }

  /** In path order. */
  skippedPhotos(): readonly SkippedPhoto[] {
    const listed = [...this.skipped.values()].map(({ path, reason, detail }) => ({ path, reason, detail }));
    return listed.sort((one, other) => comparePaths(one.path, other.path));
  }

  /** Camera originals that stand alone and were never read. */
  unreadOriginals(): readonly PhotoPath[] {
    const present = this.presentPhotos();
    const isFiltered = (path: PhotoPath) => this.leftOut.get(path)?.reason === "by-filter";
    const isKnown = (path: PhotoPath) =>
      this.photos.get(path)?.missing === false || this.skipped.has(path) || this.pending.has(path) || isFiltered(path);
    const there = [...present, ...[...this.leftOut.keys()].filter(isFiltered).map((path) => ({ path }))];
    return [...this.companionFiles.keys()].filter((path) => isRaw(path) && !isKnown(path) && !hasPhotoBeside(path, there));
  }
}

/** Whether the original travels with one of the photos. */
export function hasPhotoBeside(original: PhotoPath, photos: readonly { readonly path: PhotoPath }[]): boolean {
  const stems = photoStems(original);
  return photos.some(({ path }) => !isRaw(path) && stems.some((stem) => path.startsWith(`${stem}.`)));
}
