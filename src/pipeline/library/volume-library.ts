/**
 * A library whose paths in volumes are told as this machine has them: every path that goes in is named as the library keeps it, and every
 * path that comes out as it is here.
 */
import type { DerivedStore } from "../../core/adaptation/derived-vectors-store.ts";
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import type { DriftStore } from "../../core/drift/drift.ts";
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { LabelStore } from "../../core/labels/question.ts";
import type { ContentId, HeldContent, LibraryContent, LibraryRoot, ScannedRoot, ScanRoot } from "../../core/library/contents.ts";
import type { LibraryCounts } from "../../core/library/library-status.ts";
import type { ForgetPlan, KnownPhoto, PruneStore } from "../../core/library/prune-plan.ts";
import type { ScanStore } from "../../core/library/scan-store.ts";
import type { Unfinished } from "../../core/library/unfinished.ts";
import type { PairStore } from "../../core/library/vectors.ts";
import { keptFolder, type VolumePaths } from "../../core/library/volumes.ts";
import type { Library } from "../../core/library-port.ts";
import type { LookStore } from "../../core/look/look-store.ts";
import type { MapStore } from "../../core/map/ports.ts";
import { comparePaths } from "../../core/paths.ts";
import type { PassedBy } from "../../core/photos/passed-by.ts";
import type { SearchStore } from "../../core/search/search-store.ts";
import type { ContentHash, EncoderKey, PhotoPath } from "../../core/units.ts";
import { mapped, VolumeScan } from "./volume-scan.ts";

export class VolumeLibrary implements Library {
  readonly #kept: Library;
  readonly #paths: VolumePaths;

  constructor(kept: Library, paths: VolumePaths) {
    this.#kept = kept;
    this.#paths = paths;
  }

  async roots(): Promise<readonly LibraryRoot[]> {
    return this.#inOrder(await this.#kept.roots());
  }

  async scannedRoots(): Promise<readonly ScannedRoot[]> {
    return this.#inOrder(await this.#kept.scannedRoots());
  }

  async knowsBelow(folder: string): Promise<boolean> {
    for (const kept of this.#paths.keptFolders(folder)) if (await this.#kept.knowsBelow(kept)) return true;
    return false;
  }

  photoFolders(): AsyncIterable<readonly string[]> {
    return mapped(this.#kept.photoFolders(), this.#here);
  }

  defaultModel(): Promise<string | null> {
    return this.#kept.defaultModel();
  }

  setDefaultModel(id: string): Promise<void> {
    return this.#kept.setDefaultModel(id);
  }

  async status(): Promise<LibraryCounts> {
    const counts = await this.#kept.status();
    return {
      ...counts,
      roots: counts.roots.map(this.#here).sort(comparePaths),
      unwalked: counts.unwalked.map(this.#here).sort(comparePaths),
      skipped: this.#inOrder(counts.skipped),
    };
  }

  embeddedCount(encoder: ChosenEncoder): Promise<number> {
    return this.#kept.embeddedCount(encoder);
  }

  withoutVectorCount(encoder: ChosenEncoder): Promise<number> {
    return this.#kept.withoutVectorCount(encoder);
  }

  async unfinishedOf(encoder: ChosenEncoder): Promise<Unfinished> {
    return this.#unfinished(await this.#kept.unfinishedOf(encoder));
  }

  forgetVectors(encoder: ChosenEncoder): Promise<void> {
    return this.#kept.forgetVectors(encoder);
  }

  async fileAt(path: string, fileId: string | null): Promise<string | null> {
    const found = await this.#kept.fileAt(this.#paths.kept(path), fileId);
    return found === null ? null : this.#paths.here(found);
  }

  moveFolder(from: string, to: string): Promise<void> {
    return this.#kept.moveFolder(this.#paths.kept(from), this.#paths.kept(to));
  }

  async contentsWith(hashes: Iterable<ContentHash>): Promise<ReadonlyMap<ContentHash, HeldContent>> {
    const held = await this.#kept.contentsWith(hashes);
    return new Map([...held].map(([hash, content]) => [hash, { ...content, photos: this.#inOrder(content.photos) }]));
  }

  heldBack(encoder: EncoderKey): AsyncIterable<readonly PhotoPath[]> {
    return mapped(this.#kept.heldBack(encoder), this.#here);
  }

  passedBy(): AsyncIterable<readonly PassedBy[]> {
    return mapped(this.#kept.passedBy(), this.#paths.atHere);
  }

  /**
   * What is known of a volume by the folder it was mounted in, before it had a name, is known by its name from here on. A volume that is
   * mounted within a root is a root of its own, with the same rules.
   */
  async scanWith(encoder: ChosenEncoder, roots: readonly ScanRoot[], attempt: string): Promise<ScanStore> {
    for (const { name, folder } of this.#paths.volumes) await this.#adopt(folder, keptFolder({ name }));
    const kept = new Map<string, ScanRoot>();
    for (const root of roots) kept.set(this.#paths.kept(root.path), this.#keptRoot(root, this.#paths.kept(root.path)));
    for (const root of roots)
      for (const path of this.#paths.keptFolders(root.path)) if (!kept.has(path)) kept.set(path, this.#keptRoot(root, path));
    return new VolumeScan(await this.#kept.scanWith(encoder, [...kept.values()], attempt), this.#paths);
  }

  pairsOf(encoder: ChosenEncoder): PairStore {
    return this.#kept.pairsOf(encoder);
  }

  reportOf(encoder: ChosenEncoder): ReportStore {
    const kept = this.#kept.reportOf(encoder);
    return {
      pairsAtOrAbove: (threshold) => kept.pairsAtOrAbove(threshold),
      repeatedContents: () => kept.repeatedContents(),
      contents: async (ids) => this.#contents(await kept.contents(ids)),
      vectors: (ids) => kept.vectors(ids),
      comparedPhotos: () => mapped(kept.comparedPhotos(), this.#here),
      companionFiles: () => mapped(kept.companionFiles(), this.#paths.atHere),
      skipped: async () => this.#inOrder(await kept.skipped()),
      unfinished: async () => this.#unfinished(await kept.unfinished()),
    };
  }

  looks(): LookStore {
    return this.#kept.looks();
  }

  searchOf(encoder: ChosenEncoder): SearchStore {
    const kept = this.#kept.searchOf(encoder);
    return {
      find: (hash) => kept.find(hash),
      nearest: (wanted, choice) =>
        kept.nearest(wanted, { ...choice, folders: choice.folders.flatMap((one) => this.#paths.keptFolders(one)) }),
      vectors: () => kept.vectors(),
      photos: () => mapped(kept.photos(), this.#paths.atHere),
      contents: async (ids) => this.#contents(await kept.contents(ids)),
    };
  }

  mapOf(encoder: ChosenEncoder): MapStore {
    const kept = this.#kept.mapOf(encoder);
    return { photos: () => mapped(kept.photos(), this.#paths.atHere) };
  }

  calibrationOf(encoder: ChosenEncoder): CalibrationStore {
    const kept = this.#kept.calibrationOf(encoder);
    return {
      contentsOf: (hashes) => kept.contentsOf(hashes),
      contentsAt: (paths) => this.#contentsAt(kept, paths),
      photos: (contents) => kept.photos(contents),
      filesOf: async (contents) => new Map([...(await kept.filesOf(contents))].map(([id, file]) => [id, this.#paths.atHere(file)])),
      comparedContents: () => kept.comparedContents(),
      pairsAtOrAbove: (threshold) => kept.pairsAtOrAbove(threshold),
      pairsBelow: (threshold) => kept.pairsBelow(threshold),
      save: (calibration) => kept.save(calibration),
      saved: () => kept.saved(),
    };
  }

  canariesOf(encoder: ChosenEncoder): DriftStore {
    return this.#kept.canariesOf(encoder);
  }

  async labelsOf(encoder: ChosenEncoder, others: readonly ChosenEncoder[]): Promise<LabelStore> {
    const kept = await this.#kept.labelsOf(encoder, others);
    return {
      encoders: kept.encoders,
      pairsNear: (which, similarity, limit) => kept.pairsNear(which, similarity, limit),
      vectors: (which, contents) => kept.vectors(which, contents),
      contents: async (ids) => this.#contents(await kept.contents(ids)),
      contentsAt: (paths) => this.#contentsAt(kept, paths),
    };
  }

  derivation(from: ChosenEncoder, to: ChosenEncoder): DerivedStore {
    return this.#kept.derivation(from, to);
  }

  pruning(): PruneStore {
    const kept = this.#kept.pruning();
    const known = (photos: readonly KnownPhoto[]) => photos.map(this.#paths.atKept);
    return {
      photosBelow: (root) => this.#photosBelow(kept, root),
      contentsWithout: (photos) => kept.contentsWithout(known(photos)),
      forget: (plan) => kept.forget(this.#keptPlan(plan)),
    };
  }

  close(): Promise<void> {
    return this.#kept.close();
  }

  readonly #here = <Path extends string>(path: Path): Path => this.#paths.here(path);

  /** Names that the library keeps are in another order than those here. */
  #inOrder<One extends { readonly path: string }>(those: readonly One[]): readonly One[] {
    return those.map(this.#paths.atHere).sort((one, other) => comparePaths(one.path, other.path));
  }

  #contents(contents: ReadonlyMap<ContentId, LibraryContent>): ReadonlyMap<ContentId, LibraryContent> {
    return new Map([...contents].map(([id, content]) => [id, { ...content, photos: this.#inOrder(content.photos) }]));
  }

  async #contentsAt(kept: Pick<LabelStore, "contentsAt">, paths: readonly PhotoPath[]): Promise<ReadonlyMap<PhotoPath, ContentId>> {
    const found = await kept.contentsAt(paths.map((path) => this.#paths.kept(path)));
    return new Map([...found].map(([path, content]) => [this.#paths.here(path), content]));
  }

  #unfinished({ unread, unwalked }: Unfinished): Unfinished {
    return { unread: unread.map(this.#here).sort(comparePaths), unwalked: unwalked.map(this.#here).sort(comparePaths) };
  }

  async *#photosBelow(kept: PruneStore, root: string): AsyncGenerator<readonly KnownPhoto[]> {
    for (const folder of this.#paths.keptFolders(root)) yield* mapped(kept.photosBelow(folder), this.#paths.atHere);
  }

  #keptPlan(plan: ForgetPlan): ForgetPlan {
    const { photos, contents, roots, folders } = plan;
    const all = (those: readonly string[]) => those.flatMap((folder) => this.#paths.keptFolders(folder));
    return { photos: photos.map(this.#paths.atKept), contents, roots: roots.map((root) => this.#paths.kept(root)), folders: all(folders) };
  }

  #keptRoot(root: ScanRoot, path: string): ScanRoot {
    return { ...root, path, ...(root.partOf !== undefined && { partOf: this.#paths.kept(root.partOf) }) };
  }

  async #adopt(folder: string, kept: string): Promise<void> {
    const roots = await this.#kept.roots();
    if (roots.some(({ path }) => path === folder) || (await this.#kept.knowsBelow(folder))) await this.#kept.moveFolder(folder, kept);
  }
}
