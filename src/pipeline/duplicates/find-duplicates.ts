/**
 * The story of a report: load pairs and contents, narrow them to the folders asked for, form sets, add what travels
 * with them. Multiplies no matrix: pairs come from the scan, and only members of one set are compared here.
 */
import { buildSets, clusterSets, type DuplicateSet, membersOf, type SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import { compareKeepers, type KeeperChoice } from "../../core/duplicates/keeper.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import type { ContentId, LibraryContent } from "../../core/library/contents.ts";
import { allOf } from "../../core/library/pages.ts";
import { backlogOf } from "../../core/library/unfinished.ts";
import { isWithinAny } from "../../core/paths.ts";
import { CompanionIndex } from "../../core/photos/companions.ts";

export interface FindChoice extends SetChoice {
  readonly threshold: Report["threshold"];
  /** Photos outside are not looked at; empty for the whole library. */
  readonly folders: readonly string[];
  readonly bursts: boolean;
}

export async function findDuplicates(
  store: ReportStore,
  encoder: ChosenEncoder,
  uncomparedCount: number,
  choice: FindChoice,
): Promise<Report> {
  const inScope = (path: string) => isWithinAny(path, choice.folders);
  const pairs = await allOf(store.pairsAtOrAbove(choice.threshold.value));
  const ids = new Set([...(await store.repeatedContents()), ...pairs.flatMap(({ a, b }) => [a, b])]);
  const contents = narrow(await store.contents(ids), inScope, choice);
  const clustered = clusterSets(contents, pairs, choice);
  const vectors = await store.vectors(membersOf(clustered));
  const vector = (id: ContentId) => vectors.get(id) as Float32Array;
  const all = buildSets(clustered, contents, (one, other) => cosine(vector(one), vector(other)), choice);
  const sets = all.filter((set) => choice.bursts || set.kind === "copies");
  return {
    encoder: nameEncoder(encoder),
    threshold: choice.threshold,
    photoCount: await count(store.comparedPhotos(), inScope),
    ...backlogOf(await store.unfinished(), uncomparedCount, choice.folders),
    sets,
    burstCount: all.filter((set) => set.kind === "burst").length,
    companions: await companionsOf(sets, store),
    skipped: (await store.skipped()).filter(({ path }) => inScope(path)),
  };
}

/** Keeps the photos in scope, and each file once: of several names of one file the one that makes the best keeper. */
function narrow(contents: ReadonlyMap<ContentId, LibraryContent>, inScope: (path: string) => boolean, choice: KeeperChoice) {
  const better = compareKeepers(choice);
  const narrowed = new Map<ContentId, LibraryContent>();
  for (const content of contents.values()) {
    const byFile = new Map<string, LibraryContent["photos"][number]>();
    for (const photo of content.photos) {
      const known = byFile.get(photo.fileId);
      if (!inScope(photo.path)) continue;
      if (known === undefined || better({ content, photo }, { content, photo: known }) < 0) byFile.set(photo.fileId, photo);
    }
    if (byFile.size > 0) narrowed.set(content.id, { ...content, photos: [...byFile.values()] });
  }
  return narrowed;
}

async function companionsOf(sets: readonly DuplicateSet[], store: ReportStore): Promise<Report["companions"]> {
  const photos = sets.flatMap((set) => [set.keeper, ...set.extras]).map(({ photo }) => photo.path);
  if (photos.length === 0) return new Map();
  const index = new CompanionIndex(await allOf(store.companionFiles()));
  return new Map(photos.map((path) => [path, index.of(path)] as const).filter(([, files]) => files.length > 0));
}

async function count<Item>(pages: AsyncIterable<readonly Item[]>, matches: (item: Item) => boolean): Promise<number> {
  let found = 0;
  for await (const page of pages) for (const item of page) if (matches(item)) found++;
  return found;
}
