/**
 * The story of a report: load pairs and contents, rank them with what travels with them, form sets, keep those that touch the folders
 * asked for. Multiplies no matrix: pairs come from the scan, and only members of one set that are no pair are compared here. Opens no photo but those
 * that the scan has not looked at yet, and sees whether those of the sets are what they were.
 */
import { confineSets, setsTouching } from "../../core/duplicates/confine.ts";
import { buildSets, type SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import { countByFolder, type FolderCounts, type FolderTally } from "../../core/duplicates/folder-tally.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import { type EncoderSpec, nameEncoder, strictThreshold } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { countLeftOut, type LeftOutStore } from "../../core/library/left-out.ts";
import { backlogOf } from "../../core/library/unfinished.ts";
import type { LookStore } from "../../core/look/look-store.ts";
import { isWithinAny } from "../../core/paths.ts";
import type { StampAt } from "../../core/photos/ports.ts";
import type { LookMore } from "../look/look-at-pairs.ts";
import { findCandidates } from "./find-candidates.ts";
import { settleSets } from "./settle-sets.ts";
import { similaritiesWithin } from "./similarities-within.ts";

export interface FindChoice extends SetChoice {
  readonly threshold: Report["threshold"];
  /** Sets that touch them are listed, with what lies outside, which is no extra; empty for the whole library. */
  readonly folders: readonly string[];
  /** Sets with a photo in one of these alone, wherever their others lie; empty for all. */
  readonly touching: readonly string[];
  readonly bursts: boolean;
  /** Whether the pictures decide; else the encoder alone does, and no two that are not equal are called the same. */
  readonly looking: boolean;
}

export interface FindPorts {
  readonly store: ReportStore;
  readonly looks: Pick<LookStore, "looksAt">;
  readonly lookMore: LookMore;
  readonly stop: AbortSignal;
  readonly stampAt: StampAt;
  readonly leftOut: LeftOutStore;
}

export async function findDuplicates(
  { store, looks, lookMore, stop, stampAt, leftOut }: FindPorts,
  encoder: ChosenEncoder,
  uncomparedCount: number,
  choice: FindChoice,
): Promise<Omit<Report, "returnedCount">> {
  const inScope = (path: string) => isWithinAny(path, choice.folders);
  const { pairs, known } = await findCandidates(store, choice.threshold.value, choice);
  const deciding = { kept: choice.looking ? looks : null, lookMore, stop, undecidedFrom: undecidedFrom(encoder.spec, choice) };
  const { clustered, contents, stale, looks: seen, unreadable } = await settleSets(known, pairs, deciding, choice, stampAt);
  const whole = buildSets(clustered, contents, await similaritiesWithin(clustered, pairs, store), seen, choice);
  const all = setsTouching(confineSets(whole, choice.folders), choice.touching);
  const sets = all.filter((set) => choice.bursts || set.kind !== "burst");
  const [unfinished, skipped] = [await store.unfinished(), await store.skipped()];
  const tally = await tallyFolders(store, leftOut, [...skipped.map(({ path }) => path), ...unfinished.unread]);
  return {
    encoder: nameEncoder(encoder),
    threshold: choice.threshold,
    folders: choice.folders,
    photoCount: choice.folders.length === 0 ? total(tally.photos) : await count(store.comparedPhotos(), inScope),
    // Of the whole library: what is not read yet may be a copy of what the report is about.
    ...backlogOf(unfinished, uncomparedCount, []),
    tally,
    sets,
    stale,
    unreadablePairs: unreadable,
    only: null,
    since: null,
    looked: choice.looking,
    burstCount: all.filter((set) => set.kind === "burst").length,
    skipped: skipped.filter(({ path }) => inScope(path)),
    leftOut: await countLeftOut(leftOut, encoder.key, choice.folders),
  };
}

/** Where nobody could tell by looking, the encoder has to be surer than when it proposes; where nobody looks, the threshold is what was asked for. */
function undecidedFrom({ threshold }: EncoderSpec, choice: FindChoice): number {
  return choice.looking ? Math.max(choice.threshold.value, strictThreshold(threshold.value)) : choice.threshold.value;
}

/** @param unread what was skipped or is not read yet */
async function tallyFolders(store: ReportStore, leftOut: LeftOutStore, unread: readonly string[]): Promise<FolderTally> {
  return { photos: await countByFolder(store.comparedPhotos()), notCompared: await countByFolder(notCompared(leftOut, unread)) };
}

async function* notCompared(leftOut: LeftOutStore, unread: readonly string[]): AsyncGenerator<readonly string[]> {
  yield unread;
  for await (const page of leftOut.passedBy()) yield page.map(({ path }) => path);
}

/** What was counted by folder need not be read once more. */
function total(counts: FolderCounts): number {
  let sum = 0;
  for (const photos of counts.values()) sum += photos;
  return sum;
}

async function count<Item>(pages: AsyncIterable<readonly Item[]>, matches: (item: Item) => boolean): Promise<number> {
  let found = 0;
  for await (const page of pages) for (const item of page) if (matches(item)) found++;
  return found;
}
