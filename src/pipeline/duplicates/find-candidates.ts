/**
 * What a report starts from: pairs that the encoder proposes, and the contents that they and equal files are of.
 */
import type { RankedContents, SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import { rankContents } from "../../core/duplicates/keeper.ts";
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import type { Pair } from "../../core/library/contents.ts";
import { allOf } from "../../core/library/pages.ts";
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
  const ids = new Set(await store.repeatedContents());
  for (const some of [pairs, choice.decided.same]) for (const { a, b } of some) ids.add(a).add(b);
  const companions = new CompanionIndex(await allOf(store.companionFiles()));
  const isAsked = (path: string) => isWithinAny(path, choice.folders);
  return { pairs, known: rankContents(await store.contents(ids), (photo) => companions.of(photo), choice, isAsked) };
}
