/**
 * The in-memory library as a scan sees it.
 */

import type { ScanRoot } from "../../src/core/library/contents.ts";
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
} from "../../src/core/library/scan-store.ts";
import { comparePaths, innermostOf, isWithin } from "../../src/core/paths.ts";
import { isRaw } from "../../src/core/photos/file-kinds.ts";
import { compareStamps } from "../../src/core/photos/file-stamp.ts";
import { type PhotoFile, type SkippedPhoto, TRANSIENT_REASONS } from "../../src/core/photos/photo.ts";
import type { Absence } from "../../src/core/photos/ports.ts";
import type { ContentHash, PhotoPath } from "../../src/core/units.ts";
import { Devices } from "../../src/io/photos/devices.ts";
import { type EncoderTable, hasPhotoBeside, type SkippedRow, type Tables } from "./tables.ts";

export class MemoryScan implements ScanStore {
  readonly #tables: Tables;
  readonly #encoder: EncoderTable;
  readonly #roots: readonly string[];
  readonly #attempt: string;
  readonly #scan: number;
  readonly #devices = new Devices();

  constructor(tables: Tables, encoder: EncoderTable, roots: readonly ScanRoot[], attempt: string) {
    this.#tables = tables;
    this.#encoder = encoder;
    this.#roots = roots.map(({ path }) => path);
    this.#attempt = attempt;
    this.#scan = ++tables.scans;
    tables.scanTimes.push(new Date().toISOString());
    for (const { partOf, ...root } of roots) if (partOf === undefined) tables.roots.set(root.path, { ...root, walked: false });
  }

  async meet(entries: readonly MetEntry[]): Promise<readonly FileState[]> {
    return entries.flatMap((entry) => {
      if (entry.kind === "photo") return [this.#meetPhoto(entry.file)];
      if (entry.kind === "companion") this.#tables.companionFiles.set(entry.file.path, { bytes: entry.file.bytes, scan: this.#scan });
      else if (entry.kind === "passed-by")
        this.#tables.leftOut.set(entry.passedBy.path, { reason: entry.passedBy.reason, scan: this.#scan });
      else this.#skip(entry.skipped, null);
      return [];
    });
  }

  async *loneOriginals(): AsyncGenerator<readonly PhotoPath[]> {
    const isElsewhere = (path: PhotoPath) => !this.#roots.some((root) => isWithin(path, root));
    const there = this.#tables.presentPhotos().filter(({ path, scan }) => scan === this.#scan || isElsewhere(path));
    const filtered = [...this.#tables.leftOut.keys()].filter((path) => this.#isFiltered(path)).map((path) => ({ path }));
    const met = [...there, ...this.#pendingFiles(), ...filtered];
    const originals = [...this.#tables.companionFiles].flatMap(([path, { scan }]) => (scan === this.#scan && isRaw(path) ? [path] : []));
    const lone = originals.filter((path) => !hasPhotoBeside(path, met)).sort(comparePaths);
    for (const path of originals) {
      const row = this.#tables.photos.get(path);
      if (row !== undefined && !lone.includes(path)) this.#tables.photos.set(path, { ...row, missing: true });
    }
    if (lone.length > 0) yield lone;
  }

  async finishWalk(lost: readonly string[], { whyUnmet, isForAnotherRoot }: Unmet): Promise<WalkResult> {
    const emptyRoots: string[] = [];
    const counts: Record<Absence, number> = { gone: 0, excluded: 0, unsure: 0 };
    for (const root of this.#roots) {
      const isLost = lost.includes(root);
      const unmet = new Map<PhotoPath, Absence>();
      for (const { path, scan, fileId } of this.#tables.presentPhotos()) {
        if (scan === this.#scan || innermostOf(this.#roots, path) !== root || isForAnotherRoot(path) || this.#isFiltered(path)) continue;
        unmet.set(path, isLost ? "unsure" : await whyUnmet({ path, root, devices: this.#devices.of(fileId) }));
      }
      const absences = [...unmet.values()];
      if (!isLost && absences.some((absence) => absence !== "excluded") && !this.#isMet(root)) {
        emptyRoots.push(root);
        continue;
      }
      for (const [path, absence] of unmet) {
        counts[absence]++;
        const row = this.#tables.photos.get(path);
        if (absence !== "unsure" && row !== undefined) this.#tables.photos.set(path, { ...row, missing: true });
      }
      if (!isLost && !absences.includes("unsure")) this.#finishRoot(root, isForAnotherRoot);
    }
    return { missing: counts.gone, nowExcluded: counts.excluded, unsure: counts.unsure, emptyRoots };
  }

  #finishRoot(root: string, isForAnotherRoot: Unmet["isForAnotherRoot"]): void {
    for (const table of [this.#tables.skipped, this.#tables.companionFiles, this.#tables.pending, this.#tables.leftOut]) {
      for (const [path, { scan }] of table)
        if (isWithin(path, root) && scan !== this.#scan && !isForAnotherRoot(path) && !this.#isFiltered(path)) table.delete(path);
    }
    const known = this.#tables.roots.get(root);
    if (known !== undefined) this.#tables.roots.set(root, { ...known, walked: true });
  }

  async skippedCount(): Promise<number> {
    const isMet = (path: PhotoPath) => this.#tables.skipped.get(path)?.scan === this.#scan;
    return this.#tables.skippedPhotos().filter(({ path }) => isMet(path) || this.#roots.some((root) => isWithin(path, root))).length;
  }

  async pendingCount(): Promise<number> {
    return this.#pendingFiles().length;
  }

  async awaitOthers(): Promise<boolean> {
    return false;
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

  async record(outcomes: readonly ReadOutcome[]): Promise<KnownAgain> {
    const again = { renamed: 0, copied: 0 };
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
      const { path, modifiedMs, changedMs, fileId } = photo.file;
      const isHeldElsewhere = this.#tables.presentPhotos().some((row) => row.content === content);
      if (outcome.kind === "known" && this.#tables.photos.get(path)?.content !== content) again[isHeldElsewhere ? "copied" : "renamed"]++;
      this.#tables.photos.set(path, { content, modifiedMs, changedMs, fileId, missing: false, scan: this.#scan });
      this.#tables.pending.delete(path);
      this.#tables.skipped.delete(path);
    }
    return again;
  }

  /** Nothing in it was read by an earlier dupfind. */
  async outdatedCount(): Promise<number> {
    return 0;
  }

  async *outdated(): AsyncGenerator<readonly OutdatedContent[]> {}

  async recordFacts(read: readonly ReadAgain[]): Promise<void> {
    for (const { content, facts, isSamePicture } of read) {
      this.#tables.putFacts(content, facts);
      if (isSamePicture) continue;
      this.#tables.forgetVectors(content);
      for (const [path, { scan, ...row }] of this.#tables.photos) {
        const bytes = this.#tables.contents.get(content)?.bytes ?? 0;
        if (row.content === content && !row.missing && scan === this.#scan) this.#tables.pending.set(path, { path, bytes, ...row, scan });
      }
    }
  }

  #meetPhoto(file: PhotoFile): FileState {
    const { path, changedMs, fileId } = file;
    const known = this.#tables.photos.get(path);
    if (known !== undefined) {
      const compared = compareStamps({ ...known, bytes: this.#tables.contents.get(known.content)?.bytes ?? 0 }, file);
      if (compared === "other") this.#tables.photos.delete(path);
      else {
        const met = { ...known, missing: false, scan: this.#scan };
        this.#tables.photos.set(path, compared === "same" ? { ...met, fileId, changedMs } : met);
        this.#devices.note(known.fileId, fileId);
        if (compared === "same" && this.#encoder.embeddings.has(known.content)) return "unchanged";
      }
    }
    const skipped = this.#tables.skipped.get(path);
    if (skipped !== undefined && isSameFile(skipped.file, file) && skipped.attempt === this.#attempt) {
      this.#tables.skipped.set(path, { ...skipped, scan: this.#scan });
      return "skipped-before";
    }
    this.#tables.pending.set(path, { ...file, scan: this.#scan });
    return "pending";
  }

  #skip(skipped: SkippedPhoto, file: PhotoFile | null): void {
    const isLasting = file !== null && !TRANSIENT_REASONS.has(skipped.reason);
    const known = this.#tables.photos.get(skipped.path);
    const isOther = known?.modifiedMs !== file?.modifiedMs || known?.changedMs !== file?.changedMs;
    if (isLasting && isOther) this.#tables.photos.delete(skipped.path);
    this.#tables.pending.delete(skipped.path);
    this.#tables.skipped.set(skipped.path, { ...skipped, file: isLasting ? file : null, attempt: this.#attempt, scan: this.#scan });
  }

  #pendingFiles(): readonly PhotoFile[] {
    return [...this.#tables.pending.values()]
      .filter(({ scan }) => scan === this.#scan)
      .map(({ path, bytes, modifiedMs, changedMs, fileId }) => ({ path, bytes, modifiedMs, changedMs, fileId }))
      .sort((one, other) => comparePaths(one.path, other.path));
  }

  #isMet(root: string): boolean {
    const met = this.#tables.presentPhotos().filter(({ scan }) => scan === this.#scan);
    const filtered = [...this.#tables.leftOut.keys()].filter((path) => this.#isFiltered(path)).map((path) => ({ path }));
    return [...met, ...this.#pendingFiles(), ...filtered].some(({ path }) => isWithin(path, root));
  }

  #isFiltered(path: PhotoPath): boolean {
    const passed = this.#tables.leftOut.get(path);
    return passed?.reason === "by-filter" && passed.scan === this.#scan;
  }
}

function isSameFile(tried: SkippedRow["file"], now: PhotoFile): boolean {
  if (tried === null || tried.bytes !== now.bytes || tried.modifiedMs !== now.modifiedMs) return false;
  return tried.changedMs === null || tried.changedMs === now.changedMs;
}
