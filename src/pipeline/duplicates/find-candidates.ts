/**
 * What a report starts from: pairs that the encoder proposes, and the contents that they and equal files are of.
 */
import type { RankedContents, SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import { rankContents } from "../../core/duplicates/keeper.ts";
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import type { Pair } from "../../core/library/contents.ts";
import { allOf } from "../../core/library/pages.ts";
import type { LookStore } from "../../core/look/look-store.ts";
import { LooksSeen } from "../../core/look/looks-seen.ts";
import { isWithinAny } from "../../core/paths.ts";
import { CompanionIndex } from "../../core/photos/companions.ts";

export interface Candidates {
  /** All at or above the threshold. */
  readonly pairs: readonly Pair[];
  readonly known: RankedContents;
}

export async function findCandidates(
  store: ReportStore,
  threshold: number,
  choice: SetChoice & { readonly folders: readonly string[] },
): Promise<Candidates> {
  const pairs = await allOf(store.pairsAtOrAbove(threshold));
  const ids = new Set([...(await store.repeatedContents()), ...[...pairs, ...choice.decided.same].flatMap(({ a, b }) => [a, b])]);
  const companions = new CompanionIndex(await allOf(store.companionFiles()));
  const isAsked = (path: string) => isWithinAny(path, choice.folders);
  return { pairs, known: rankContents(await store.contents(ids), (photo) => companions.of(photo), choice, isAsked) };
}

/** Of the contents at hand. */
export async function looksAmong(store: Pick<LookStore, "looks">, contents: RankedContents): Promise<LooksSeen> {
  const seen = new LooksSeen();
  for await (const page of store.looks()) for (const look of page) if (contents.has(look.one) && contents.has(look.other)) seen.add(look);
  return seen;
}
