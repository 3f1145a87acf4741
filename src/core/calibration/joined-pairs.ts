/**
 * Labelled pairs and synthetic ones as one set. What a person says of two photos overrules what is taken for granted of them.
 */
import type { ReviewablePair } from "../pairs/labelled-pair.ts";
import type { ScoredPairSet } from "../synthetic/scored-pair-set.ts";

/** Photos that were called the same are one witness, edits of them too. */
export function joinPairSets(labelled: ScoredPairSet, synthetic: ScoredPairSet): ScoredPairSet {
  const origins = new Map<string, string>();
  for (const { a, b, pictures } of labelled.pairs) origins.set(pictures[0].photo, a).set(pictures[1].photo, b);
  const known = new Set(labelled.pairs.map(photosOf));
  const taken = synthetic.pairs
    .filter((pair) => pair.same || !known.has(photosOf(pair)))
    .map((pair) => ({ ...pair, a: origins.get(pair.a) ?? pair.a, b: origins.get(pair.b) ?? pair.b }))
    .filter(({ a, b, same }) => same || a !== b);
  return {
    pairs: [...labelled.pairs, ...taken],
    labelled: labelled.labelled,
    unlisted: labelled.unlisted + synthetic.unlisted,
    excluded: {
      sameBytes: labelled.excluded.sameBytes + synthetic.excluded.sameBytes,
      nearlyEmpty: labelled.excluded.nearlyEmpty + synthetic.excluded.nearlyEmpty,
      differentExposures: labelled.excluded.differentExposures + synthetic.excluded.differentExposures,
      seenDifferent: labelled.excluded.seenDifferent + synthetic.excluded.seenDifferent,
    },
    synthetic: synthetic.synthetic,
  };
}

function photosOf({ pictures: [one, other] }: ReviewablePair): string {
  return [one.photo, other.photo].sort().join("\0");
}
