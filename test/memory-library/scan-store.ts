/**
 * The in-memory library as a scan sees it.
 */

import type { LibraryRoot } from "../../src/core/library/contents.ts";
import type { FileState, MetEntry, ReadOutcome, RereadContent, ScanStore, WalkResult } from "../../src/core/library/scan-store.ts";
import { comparePaths, isWithin } from "../../src/core/paths.ts";
import { type IdentifiedPhoto, type PhotoFile, type SkippedPhoto, TRANSIENT_REASONS } from "../../src/core/photos/photo.ts";
import type { Presence } from "../../src/core/photos/ports.ts";
import type { ContentHash } from "../../src/core/units.ts";
import { Devices } from "../../src/io/photos/devices.ts";
import type { EncoderTable, Tables } from "./tables.ts";

export class MemoryScan implements ScanStore {
  readonly #tables: Tables;
  readonly #encoder: EncoderTable;
  readonly #roots: readonly string[];
  readonly #attempt: string;
  readonly #scan: number;
  readonly #devices = new Devices();

  constructor(tables: Tables, encoder: EncoderTable, roots: readonly LibraryRoot[], attempt: string) {
    this.#tables = tables;
    this.#encoder = encoder;
    this.#roots = roots.map(({ path }) => path);
    this.#attempt = attempt;
    this.#scan = ++tables.scans;
    for (const root of roots) tables.roots.set(root.path, { ...root, walked: false });
  }

  async meet(entries: readonly MetEntry[]): Promise<readonly FileState[]> {
    return entries.flatMap((entry) => {
      if (entry.kind === "photo") return [this.#meetPhoto(entry.file)];
      if (entry.kind === "companion") this.#tables.companionFiles.set(entry.file.path, { bytes: entry.file.bytes, scan: this.#scan });
      else this.#skip(entry.skipped, null);
      return [];
    });
  }

  async finishWalk(lost: readonly string[], whyUnmet: Presence["whyUnmet"]): Promise<WalkResult> {
    const emptyRoots = this.#roots.filter((root) => !lost.includes(root) && this.#isEmptied(root));
    let [missing, unsure] = [0, 0];
    for (const root of this.#roots) {
      if (emptyRoots.includes(root)) continue;
      let unsureHere = 0;
      for (const { path, ...row } of this.#tables.presentPhotos()) {
        if (!isWithin(path, root) || row.scan === this.#scan) continue;
        const photo = { path, root, devices: this.#devices.of(row.fileId) };
        if (lost.includes(root) || (await whyUnmet(photo)) === "unsure") unsureHere++;
        else {
          this.#tables.photos.set(path, { ...row, missing: true });
          missing++;
        }
      }
      unsure += unsureHere;
      if (unsureHere > 0 || lost.includes(root)) continue;
      for (const table of [this.#tables.skipped, this.#tables.companionFiles, this.#tables.pending]) {
        for (const [path, { scan }] of table) if (isWithin(path, root) && scan !== this.#scan) table.delete(path);
      }
      const known = this.#tables.roots.get(root);
      if (known !== undefined) this.#tables.roots.set(root, { ...known, walked: true });
    }
    return { missing, unsure, emptyRoots };
  }

  async skippedCount(): Promise<number> {
    return this.#tables.skippedPhotos().filter(({ path }) => this.#roots.some((root) => isWithin(path, root))).length;
  }

  async pendingCount(): Promise<number> {
    return this.#pendingFiles().length;
  }

  async *pending(): AsyncGenerator<readonly PhotoFile[]> {
    yield this.#pendingFiles();
  }

  async embeddedAmong(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>> {
    return new Set(
      hashes.filter((hash) => {
        const content = this.#tables.contentOf(hash);
        return content !== undefined && this.#encoder.embeddings.has(content);
      }),
    );
  }

  async record(outcomes: readonly ReadOutcome[]): Promise<void> {
    for (const outcome of outcomes) {
      if (outcome.kind === "skipped") {
        this.#skip(outcome.skipped, outcome.file);
        continue;
      }
      const photo = outcome.kind === "known" ? outcome.photo : outcome.photo.photo;
      if (outcome.kind === "embedded") {
        const { facts, detail, vector } = outcome.photo;
        const content = this.#tables.addContent({ hash: photo.hash, bytes: photo.file.bytes, facts });
        if (!this.#encoder.embeddings.has(content)) this.#encoder.embeddings.set(content, { detail, vector: vector.slice() });
      }
      const content = this.#tables.contentOf(photo.hash);
      if (content === undefined) throw new Error(`Expected the content of ${photo.file.path} to be known`);
      const { path, modifiedMs, fileId } = photo.file;
      this.#tables.photos.set(path, { content, modifiedMs, fileId, missing: false, scan: this.#scan });
      this.#tables.pending.delete(path);
      this.#tables.skipped.delete(path);
    }
  }

  /** Never of an earlier version. */
  async *readEarlier(): AsyncGenerator<readonly IdentifiedPhoto[]> {}

  async refresh(contents: readonly RereadContent[]): Promise<void> {
    for (const { hash, facts, isSamePicture } of contents) {
      const id = this.#tables.contentOf(hash);
      const known = id === undefined ? undefined : this.#tables.contents.get(id);
      if (id === undefined || known === undefined) continue;
      this.#tables.contents.set(id, { ...known, facts });
      if (!isSamePicture) this.#tables.forgetVectors(id);
    }
  }

  #meetPhoto(file: PhotoFile): FileState {
    const { path, bytes, modifiedMs, fileId } = file;
    const known = this.#tables.photos.get(path);
    if (known !== undefined && this.#tables.contents.get(known.content)?.bytes === bytes && known.modifiedMs === modifiedMs) {
      this.#tables.photos.set(path, { ...known, fileId, missing: false, scan: this.#scan });
      this.#devices.note(known.fileId, fileId);
      if (this.#encoder.embeddings.has(known.content)) return "unchanged";
    } else if (known !== undefined) this.#tables.photos.delete(path);
    const skipped = this.#tables.skipped.get(path);
    if (skipped?.file?.bytes === bytes && skipped.file.modifiedMs === modifiedMs && skipped.attempt === this.#attempt) {
      this.#tables.skipped.set(path, { ...skipped, scan: this.#scan });
      return "skipped-before";
    }
    this.#tables.pending.set(path, { ...file, scan: this.#scan });
    return "pending";
  }

  #skip(skipped: SkippedPhoto, file: PhotoFile | null): void {
    const isLasting = file !== null && !TRANSIENT_REASONS.has(skipped.reason);
    this.#tables.pending.delete(skipped.path);
    this.#tables.skipped.set(skipped.path, { ...skipped, file: isLasting ? file : null, attempt: this.#attempt, scan: this.#scan });
  }

  #pendingFiles(): readonly PhotoFile[] {
    return [...this.#tables.pending.values()]
      .filter(({ scan }) => scan === this.#scan)
      .map(({ path, bytes, modifiedMs, fileId }) => ({ path, bytes, modifiedMs, fileId }))
      .sort((one, other) => comparePaths(one.path, other.path));
  }

  #isEmptied(root: string): boolean {
    const below = this.#tables.presentPhotos().filter(({ path }) => isWithin(path, root));
    const isMet = below.some(({ scan }) => scan === this.#scan) || this.#pendingFiles().some(({ path }) => isWithin(path, root));
    return below.length > 0 && !isMet;
  }
}
