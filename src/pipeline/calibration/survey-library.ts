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
export async function surveyLibrary(
  store: CalibrationStore,
  labelled: readonly ReviewablePair[],
  threshold: number,
): Promise<LibraryFindings> {
  const contents = await store.comparedContents();
  const isOnePicture = await labelledTheSame(store, labelled);
  const sampled = await comparePictures(drawWithout(contents, SAMPLED_CONTENTS, seededRandom(SEED)), store, isOnePicture);
  const kept = contents.length > SAMPLED_CONTENTS ? await keptPairs(store, contents, threshold, isOnePicture) : null;
  const falsePairs = estimateFalsePairs(kept ?? tailOf(sampled, threshold), threshold, contents.length, seededRandom(SEED));
  const pairsFound = await countFound(store, contents, threshold, isOnePicture);
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
async function labelledTheSame(store: CalibrationStore, labelled: readonly ReviewablePair[]): Promise<IsOnePicture> {
  const contents = await store.contentsAt(labelled.flatMap(({ pictures }) => pictures.map(({ photo }) => photo)));
  const origins = new Map<ContentId, string>();
  for (const { a, b, pictures } of labelled) {
    for (const [origin, { photo }] of [[a, pictures[0]] as const, [b, pictures[1]] as const]) {
      const content = contents.get(photo);
      if (content !== undefined) origins.set(content, origin);
    }
  }
  return (one, other) => origins.has(one) && origins.get(one) === origins.get(other);
}

/** Pairs at or above the threshold that a report calls the same and no one judged to be. */
async function countFound(
  store: CalibrationStore,
  contents: readonly ContentId[],
  threshold: number,
  isOnePicture: IsOnePicture,
): Promise<number> {
  const unrelated = unrelatedAmong(contents, store, isOnePicture);
  let found = 0;
  for await (const page of store.pairsAtOrAbove(threshold)) found += (await unrelated(page)).length;
  return found;
}

/** Those of a page of pairs that the scan kept which are of these contents, and which the similarity alone speaks for. */
function unrelatedAmong(
  contents: readonly ContentId[],
  store: CalibrationStore,
  isOnePicture: IsOnePicture,
): (page: readonly Pair[]) => Promise<readonly Pair[]> {
  const compared = new Set(contents);
  const seen = new Map<ContentId, PhotoEvidence>();
  return async (page) => {
    const asked = page.filter(({ a, b }) => compared.has(a) && compared.has(b) && !isOnePicture(a, b));
    const unseen = new Set(asked.flatMap(({ a, b }) => [a, b]).filter((id) => !seen.has(id)));
    for (const [id, photo] of await store.photos(unseen)) seen.set(id, photo);
    const photo = (id: ContentId) => seen.get(id) as PhotoEvidence;
    return asked.filter(({ a, b }) => exclusionOf(photo(a), photo(b)) === null);
  };
}

interface ComparedSample {
  /** Falling similarities. */
  readonly pairs: readonly Pair[];
  readonly lookedAt: number;
  readonly photos: number;
}

/** All pairs of some contents. */
async function comparePictures(ids: readonly ContentId[], store: CalibrationStore, isOnePicture: IsOnePicture): Promise<ComparedSample> {
  const seen = await store.photos(ids);
  const photos = ids.map((id) => ({ id, ...(seen.get(id) as PhotoEvidence) }));
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
async function keptPairs(
  store: CalibrationStore,
  contents: readonly ContentId[],
  cut: number,
  isOnePicture: IsOnePicture,
): Promise<UnrelatedPairs | null> {
  const unrelated = unrelatedAmong(contents, store, isOnePicture);
  const pairs: Pair[] = [];
  for await (const page of store.pairsBelow(cut)) {
    pairs.push(...(await unrelated(page)));
    if (pairs.length > EXCEEDANCES_AT_MOST) break;
  }
  if (pairs.length < KEPT_PAIRS_AT_LEAST) return null;
  return { pairs: pairs.slice(0, EXCEEDANCES_AT_MOST + 1), cut, lookedAt: allPairs(contents.length), photos: contents.length };
}
