/**
 * A scan of photos in volumes: the walk has the paths of this machine, the library its own names for them.
 */
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
import type { VolumePaths } from "../../core/library/volumes.ts";
import type { PhotoFile } from "../../core/photos/photo.ts";
import type { ContentHash, PhotoPath } from "../../core/units.ts";

export class VolumeScan implements ScanStore {
  readonly #kept: ScanStore;
  readonly #paths: VolumePaths;

  constructor(kept: ScanStore, paths: VolumePaths) {
    this.#kept = kept;
    this.#paths = paths;
  }

  meet(entries: readonly MetEntry[]): Promise<readonly FileState[]> {
    return this.#kept.meet(entries.map((entry) => this.#keptEntry(entry)));
  }

  loneOriginals(): AsyncIterable<readonly PhotoPath[]> {
    return mapped(this.#kept.loneOriginals(), (path) => this.#paths.here(path));
  }

  async finishWalk(lost: readonly string[], presence: Unmet): Promise<WalkResult> {
    const keptLost = lost.flatMap((root) => this.#paths.keptFolders(root));
    const result = await this.#kept.finishWalk(keptLost, this.#presence(presence));
    return { ...result, emptyRoots: result.emptyRoots.map((root) => this.#paths.here(root)) };
  }

  skippedCount(): Promise<number> {
    return this.#kept.skippedCount();
  }

  pendingCount(): Promise<number> {
    return this.#kept.pendingCount();
  }

  pending(): AsyncIterable<readonly PhotoFile[]> {
    return mapped(this.#kept.pending(), this.#paths.atHere);
  }

  awaitOthers(): Promise<boolean> {
    return this.#kept.awaitOthers();
  }

  embeddedAmong(hashes: readonly ContentHash[]): Promise<ReadonlySet<ContentHash>> {
    return this.#kept.embeddedAmong(hashes);
  }

  record(outcomes: readonly ReadOutcome[]): Promise<KnownAgain> {
    return this.#kept.record(outcomes.map((outcome) => this.#keptOutcome(outcome)));
  }

  outdatedCount(): Promise<number> {
    return this.#kept.outdatedCount();
  }

  outdated(): AsyncIterable<readonly OutdatedContent[]> {
    return mapped(this.#kept.outdated(), ({ content, file }) => ({ content, file: this.#paths.atHere(file) }));
  }

  recordFacts(read: readonly ReadAgain[]): Promise<void> {
    return this.#kept.recordFacts(read);
  }

  #keptEntry(entry: MetEntry): MetEntry {
    switch (entry.kind) {
      case "photo":
        return { kind: "photo", file: this.#paths.atKept(entry.file) };
      case "companion":
        return { kind: "companion", file: this.#paths.atKept(entry.file) };
      case "skipped":
        return { kind: "skipped", skipped: this.#paths.atKept(entry.skipped) };
      case "passed-by":
        return { kind: "passed-by", passedBy: this.#paths.atKept(entry.passedBy) };
    }
  }

  #keptOutcome(outcome: ReadOutcome): ReadOutcome {
    switch (outcome.kind) {
      case "known":
        return { kind: "known", photo: { ...outcome.photo, file: this.#paths.atKept(outcome.photo.file) } };
      case "embedded": {
        const { photo } = outcome.photo;
        return { kind: "embedded", photo: { ...outcome.photo, photo: { ...photo, file: this.#paths.atKept(photo.file) } } };
      }
      case "skipped":
        return { kind: "skipped", skipped: this.#paths.atKept(outcome.skipped), file: this.#paths.atKept(outcome.file) };
    }
  }

  #presence(here: Unmet): Unmet {
    return {
      whyUnmet: (photo) => here.whyUnmet({ ...this.#paths.atHere(photo), root: this.#paths.here(photo.root) }),
      isForAnotherRoot: (path) => here.isForAnotherRoot(this.#paths.here(path)),
    };
  }
}

/** Each page as it comes. */
export async function* mapped<One, Other>(pages: AsyncIterable<readonly One[]>, as: (one: One) => Other): AsyncGenerator<readonly Other[]> {
  for await (const page of pages) yield page.map(as);
}
