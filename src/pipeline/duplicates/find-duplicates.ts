/**
 * The story of a report: load pairs and contents, rank them with what travels with them, form sets, keep those that touch the folders
 * asked for. Multiplies no matrix: pairs come from the scan, and only members of one set are compared here. Opens no photo, but looks
 * whether those of the sets are what they were.
 */
import { confineSets } from "../../core/duplicates/confine.ts";
import { buildSets, membersOf, type SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import { rankContents } from "../../core/duplicates/keeper.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import type { ContentId } from "../../core/library/contents.ts";
import { allOf } from "../../core/library/pages.ts";
import { backlogOf } from "../../core/library/unfinished.ts";
import { isWithinAny } from "../../core/paths.ts";
import { CompanionIndex } from "../../core/photos/companions.ts";
import type { LookAt } from "../../core/photos/ports.ts";
import { clusterStanding } from "./standing-sets.ts";

export interface FindChoice extends SetChoice {
  readonly threshold: Report["threshold"];
  /** Sets that touch them are listed, with what lies outside, which is no extra; empty for the whole library. */
  readonly folders: readonly string[];
  readonly bursts: boolean;
}

export interface FindPorts {
  readonly store: ReportStore;
  readonly lookAt: LookAt;
}

export async function findDuplicates(
  { store, lookAt }: FindPorts,
  encoder: ChosenEncoder,
  uncomparedCount: number,
  choice: FindChoice,
): Promise<Omit<Report, "returnedCount">> {
  const inScope = (path: string) => isWithinAny(path, choice.folders);
  const pairs = await allOf(store.pairsAtOrAbove(choice.threshold.value));
  const ids = new Set([...(await store.repeatedContents()), ...[...pairs, ...choice.decided.same].flatMap(({ a, b }) => [a, b])]);
  const companions = new CompanionIndex(await allOf(store.companionFiles()));
  const known = rankContents(await store.contents(ids), (photo) => companions.of(photo), choice, inScope);
  const { clustered, contents, stale } = await clusterStanding(known, pairs, choice, lookAt);
  const vectors = await store.vectors(membersOf(clustered));
  const vector = (id: ContentId) => vectors.get(id) as Float32Array;
  const whole = buildSets(clustered, contents, (one, other) => cosine(vector(one), vector(other)), choice);
  const all = confineSets(whole, choice.folders);
  const sets = all.filter((set) => choice.bursts || set.kind === "copies");
  return {
    encoder: nameEncoder(encoder),
    threshold: choice.threshold,
    folders: choice.folders,
    photoCount: await count(store.comparedPhotos(), inScope),
    // Of the whole library: what is not read yet may be a copy of what the report is about.
    ...backlogOf(await store.unfinished(), uncomparedCount, []),
    sets,
    stale,
    burstCount: all.filter((set) => set.kind === "burst").length,
    skipped: (await store.skipped()).filter(({ path }) => inScope(path)),
  };
}

async function count<Item>(pages: AsyncIterable<readonly Item[]>, matches: (item: Item) => boolean): Promise<number> {
  let found = 0;
  for await (const page of pages) for (const item of page) if (matches(item)) found++;
  return found;
}
