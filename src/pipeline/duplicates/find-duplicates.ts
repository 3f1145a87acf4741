/**
 * The story of a report: load pairs and contents, narrow them to the folders asked for, rank them with what travels with them, form
 * sets. Multiplies no matrix: pairs come from the scan, and only members of one set are compared here.
 */
import { buildSets, clusterSets, membersOf, type SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import { rankContents } from "../../core/duplicates/keeper.ts";
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
  const companions = new CompanionIndex(await allOf(store.companionFiles()));
  const contents = rankContents(narrow(await store.contents(ids), inScope), (photo) => companions.of(photo), choice);
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
    skipped: (await store.skipped()).filter(({ path }) => inScope(path)),
  };
}

/** Keeps the photos in scope. */
function narrow(contents: ReadonlyMap<ContentId, LibraryContent>, inScope: (path: string) => boolean) {
  const narrowed = [...contents.values()].map((content) => ({ ...content, photos: content.photos.filter(({ path }) => inScope(path)) }));
  return new Map(narrowed.filter(({ photos }) => photos.length > 0).map((content) => [content.id, content]));
}

async function count<Item>(pages: AsyncIterable<readonly Item[]>, matches: (item: Item) => boolean): Promise<number> {
  let found = 0;
  for await (const page of pages) for (const item of page) if (matches(item)) found++;
  return found;
}
