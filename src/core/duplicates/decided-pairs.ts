/**
 * Pairs of contents that a person has decided about, as sets are formed with them: the decision counts more than any similarity, time or
 * lack of detail.
 */
import type { Decision } from "../decisions/decisions.ts";
import type { ContentId, HeldContent, Pair } from "../library/contents.ts";
import type { ContentHash, Similarity } from "../units.ts";

export interface DecidedPairs {
  verdictOf(one: ContentId, other: ContentId): "same" | "not-duplicates" | null;
  /** Those that are the same, as near as two pictures can be. */
  readonly same: readonly Pair[];
}

export const NOTHING_DECIDED: DecidedPairs = { verdictOf: () => null, same: [] };

const SAME = 1 as Similarity;

/**
 * @param decisions that stand
 * @param held what the library knows of their contents; of others nothing is said
 */
export function decidedPairs(decisions: readonly Decision[], held: ReadonlyMap<ContentHash, HeldContent>): DecidedPairs {
  const verdicts = new Map<ContentId, Map<ContentId, "same" | "not-duplicates">>();
  const same: Pair[] = [];
  for (const { a, b, verdict } of decisions) {
    const [one, other] = [held.get(a.sha256)?.id, held.get(b.sha256)?.id];
    if (one === undefined || other === undefined || one === other || verdict === "withdrawn") continue;
    const [smaller, larger] = inOrder(one, other);
    const ofSmaller = verdicts.get(smaller);
    if (ofSmaller === undefined) verdicts.set(smaller, new Map([[larger, verdict]]));
    else ofSmaller.set(larger, verdict);
    if (verdict === "same") same.push({ a: one, b: other, similarity: SAME });
  }
  // Asked for every pair of a report: by two numbers, since to make one key of them takes longer than all else that is done with a pair.
  const verdictOf = (one: ContentId, other: ContentId) => {
    const [smaller, larger] = inOrder(one, other);
    return verdicts.get(smaller)?.get(larger) ?? null;
  };
  return { verdictOf, same };
}

function inOrder(one: ContentId, other: ContentId): readonly [smaller: ContentId, larger: ContentId] {
  return one < other ? [one, other] : [other, one];
}
