/**
 * What each pair says of its two pictures: the encoder proposes it, the looks decide.
 */
import type { ContentId, LibraryContent, Pair } from "../library/contents.ts";
import type { LooksSeen } from "../look/looks-seen.ts";
import { NEARLY_EMPTY_BELOW } from "../photos/detail.ts";
import { areDifferentExposures } from "../photos/exposure.ts";
import type { SetKind } from "./classes.ts";
import type { DecidedPairs } from "./decided-pairs.ts";

/** Pairs that are of no use to a report are in none. */
export interface SortedPairs extends Readonly<Record<SetKind, readonly Pair[]>> {
  /** Not looked at yet: copies, until they are. */
  readonly unseen: readonly Pair[];
}

/** What decides. */
export interface Evidence {
  /** Null where the encoder alone is to decide: every pair but those of equal pixels is undecided then. */
  readonly looks: LooksSeen | null;
  /** Whether the two cannot be looked at now, since a photo of them cannot be read. */
  readonly isUnreadable: (pair: Pair) => boolean;
  /** Whether both have so many look-alikes that were others that they are taken for others too, unseen. */
  readonly isFutile: (pair: Pair) => boolean;
  /** Similarity from which on a pair that was looked at in vain is undecided; below it is nothing. */
  readonly undecidedFrom: number;
}

/** Pairs by what the contents say of themselves, which stays as it is however much is looked at. */
export interface PairsByFacts {
  readonly copies: readonly Pair[];
  readonly burst: readonly Pair[];
  /** What the looks decide. */
  readonly open: readonly Pair[];
}

/**
 * A pair with a nearly empty picture says nothing. Equal pixels are copies without a look; different exposures are a burst's and no look
 * makes copies of them. But a person's word comes first.
 */
export function pairsByFacts(pairs: Iterable<Pair>, contents: ReadonlyMap<ContentId, LibraryContent>, decided: DecidedPairs): PairsByFacts {
  const sorted: Record<keyof PairsByFacts, Pair[]> = { copies: [], burst: [], open: [] };
  for (const pair of pairs) {
    const a = contents.get(pair.a);
    const b = contents.get(pair.b);
    if (a === undefined || b === undefined || decided.verdictOf(pair.a, pair.b) !== null) continue;
    if (a.detail < NEARLY_EMPTY_BELOW || b.detail < NEARLY_EMPTY_BELOW) continue;
    sorted[haveEqualPixels(a, b) ? "copies" : areDifferentExposures(a.facts, b.facts) ? "burst" : "open"].push(pair);
  }
  for (const pair of decided.same) if (contents.has(pair.a) && contents.has(pair.b)) sorted.copies.push(pair);
  return sorted;
}

export function sortPairs({ copies, burst, open }: PairsByFacts, evidence: Evidence): SortedPairs {
  const seen: Record<Exclude<SetKind, "burst"> | "unseen", Pair[]> = { copies: [...copies], altered: [], undecided: [], unseen: [] };
  for (const pair of open) {
    const kind = kindOf(pair, evidence);
    if (kind !== null) seen[kind].push(pair);
  }
  return { ...seen, burst };
}

export function haveEqualPixels({ facts: one }: LibraryContent, { facts: other }: LibraryContent): boolean {
  return one.pixelsHash !== null && one.pixelsHash === other.pixelsHash;
}

function kindOf(pair: Pair, { looks, isUnreadable, isFutile, undecidedFrom }: Evidence): Exclude<SetKind, "burst"> | "unseen" | null {
  const ifAlike = pair.similarity >= undecidedFrom ? "undecided" : null;
  if (looks === null) return ifAlike;
  switch (looks.verdictOf(pair.a, pair.b)) {
    case "same":
      return "copies";
    case "altered":
      return "altered";
    case "different":
      return null;
    case "undecided":
      return ifAlike;
    case undefined:
      if (isUnreadable(pair)) return ifAlike;
      return isFutile(pair) ? null : "unseen";
  }
}
