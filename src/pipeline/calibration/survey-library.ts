/**
 * How similar the library's unrelated photos are: what a threshold is up against. Left out are pairs at or above the threshold, pairs
 * that are labelled the same, and pairs that a report decides without their similarity.
 */
import type { LibraryFindings } from "../../core/calibration/calibration.ts";
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import {
  allPairs,
  EXCEEDANCES_AT_MOST,
  estimateFalsePairs,
  type FalsePairEstimate,
  type UnrelatedPairs,
} from "../../core/calibration/false-pair-estimate.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import type { ContentId, Pair } from "../../core/library/contents.ts";
import { exclusionOf, type PhotoEvidence, type ReviewablePair } from "../../core/pairs/labelled-pair.ts";
import { histogram } from "../../core/statistics/histogram.ts";
import { drawWithout, seededRandom } from "../../core/statistics/seeded-random.ts";

/** Compared with each other for a look at all similarities, those below the floor too: about a million pairs. */
const SAMPLED_CONTENTS = 1500;
/** With fewer kept pairs below the threshold, the sample has the better view of the tail. */
const KEPT_PAIRS_AT_LEAST = 200;
const SEED = 1;

/** @param threshold at or above the encoder's floor */
export function surveyLibrary(store: CalibrationStore, labelled: readonly ReviewablePair[], threshold: number): LibraryFindings {
  const contents = store.comparedContents();
  const isOnePicture = labelledTheSame(store, labelled);
  const sampled = comparePictures(drawWithout(contents, SAMPLED_CONTENTS, seededRandom(SEED)), store, isOnePicture);
  const unrelated =
    (contents.length > SAMPLED_CONTENTS ? keptPairs(store, contents, threshold, isOnePicture) : null) ?? tailOf(sampled, threshold);
  const falsePairs = estimateFalsePairs(unrelated, threshold, contents.length, seededRandom(SEED));
  const pairsFound = countFound(store, contents, threshold, isOnePicture);
  return {
    photos: contents.length,
    similarities: histogram(sampled.pairs.map(({ similarity }) => similarity)),
    threshold,
    pairsFound,
    falsePairs: falsePairs === null ? null : atMost(falsePairs, pairsFound),
  };
}

/** No more pairs can be wrong than there are. */
function atMost(falsePairs: FalsePairEstimate, pairsFound: number): FalsePairEstimate {
  const { expected, low, high } = falsePairs;
  return { ...falsePairs, expected: Math.min(expected, pairsFound), low: Math.min(low, pairsFound), high: Math.min(high, pairsFound) };
}

type IsOnePicture = (a: ContentId, b: ContentId) => boolean;

/** By way of other photos too: those of one picture have one origin. */
function labelledTheSame(store: CalibrationStore, labelled: readonly ReviewablePair[]): IsOnePicture {
  const origins = new Map<ContentId, string>();
  for (const { a, b, pictures } of labelled) {
    for (const [origin, { photo }] of [[a, pictures[0]] as const, [b, pictures[1]] as const]) {
      const content = store.contentAt(photo);
      if (content !== null) origins.set(content, origin);
    }
  }
  return (one, other) => origins.has(one) && origins.get(one) === origins.get(other);
}

/** Pairs at or above the threshold that a report calls the same and nobody labelled so. */
function countFound(store: CalibrationStore, contents: readonly ContentId[], threshold: number, isOnePicture: IsOnePicture): number {
  const isUnrelated = unrelatedAmong(contents, store, isOnePicture);
  let found = 0;
  for (const pair of store.pairsAtOrAbove(threshold)) if (isUnrelated(pair)) found++;
  return found;
}

/** Whether a pair that the scan kept is one of these contents that the similarity alone speaks for. */
function unrelatedAmong(contents: readonly ContentId[], store: CalibrationStore, isOnePicture: IsOnePicture): (pair: Pair) => boolean {
  const compared = new Set(contents);
  const photos = new Map<ContentId, PhotoEvidence>();
  const photo = (id: ContentId) => {
    const known = photos.get(id) ?? store.photo(id);
    photos.set(id, known);
    return known;
  };
  return ({ a, b }) => compared.has(a) && compared.has(b) && !isOnePicture(a, b) && exclusionOf(photo(a), photo(b)) === null;
}

interface ComparedSample {
  /** Falling similarities. */
  readonly pairs: readonly Pair[];
  readonly lookedAt: number;
  readonly photos: number;
}

/** All pairs of some contents. */
function comparePictures(ids: readonly ContentId[], store: CalibrationStore, isOnePicture: IsOnePicture): ComparedSample {
  const photos = ids.map((id) => ({ id, ...store.photo(id) }));
  const pairs: Pair[] = [];
  photos.forEach((one, index) => {
    for (const other of photos.slice(0, index)) {
      if (exclusionOf(one, other) !== null || isOnePicture(one.id, other.id)) continue;
      pairs.push({ a: one.id, b: other.id, similarity: cosine(one.vector, other.vector) });
    }
  });
  return { pairs: pairs.sort((one, other) => other.similarity - one.similarity), lookedAt: allPairs(ids.length), photos: ids.length };
}

function tailOf({ pairs, lookedAt, photos }: ComparedSample, cut: number): UnrelatedPairs {
  const from = pairs.findIndex(({ similarity }) => similarity < cut);
  return { pairs: from < 0 ? [] : pairs.slice(from, from + EXCEEDANCES_AT_MOST + 1), cut, lookedAt, photos };
}

/** The most similar of the pairs that the scan kept, which are of the whole library; null where they are few. */
function keptPairs(
  store: CalibrationStore,
  contents: readonly ContentId[],
  cut: number,
  isOnePicture: IsOnePicture,
): UnrelatedPairs | null {
  const isUnrelated = unrelatedAmong(contents, store, isOnePicture);
  const pairs: Pair[] = [];
  for (const pair of store.pairsBelow(cut)) {
    if (isUnrelated(pair)) pairs.push(pair);
    if (pairs.length > EXCEEDANCES_AT_MOST) break;
  }
  if (pairs.length < KEPT_PAIRS_AT_LEAST) return null;
  return { pairs, cut, lookedAt: allPairs(contents.length), photos: contents.length };
}
