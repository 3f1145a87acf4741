/**
 * How similar the library's unrelated photos are, and what a report would list at a threshold: what that threshold is up against. Left out
 * are pairs at or above a cut, pairs that are labelled the same, and pairs that a report decides without their similarity.
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
import type { AreDifferent } from "../../core/pairs/seen-different.ts";
import { histogram } from "../../core/statistics/histogram.ts";
import { drawWithout, seededRandom } from "../../core/statistics/seeded-random.ts";

/** Compared with each other for a look at all similarities, those below the floor too: about a million pairs. */
const SAMPLED_CONTENTS = 1500;
/** With fewer kept pairs below the threshold, the sample has the better view of the tail. */
const KEPT_PAIRS_AT_LEAST = 200;
const SEED = 1;

/**
 * @param threshold at or above the encoder's floor
 * @param areDifferent what looks said: such pairs are not listed. The tail of unrelated pairs is that of the similarities alone
 * @param cut similarity from which duplicates are likely: the tail of unrelated pairs is looked at below it, and below the threshold
 */
export async function surveyLibrary(
  store: CalibrationStore,
  labelled: readonly ReviewablePair[],
  threshold: number,
  cut: number,
  areDifferent: AreDifferent,
): Promise<LibraryFindings> {
  const contents = await store.comparedContents();
  const known = await readLabels(store, labelled);
  const { isOnePicture } = known;
  const below = Math.min(threshold, cut);
  const sampled = await comparePictures(drawWithout(contents, SAMPLED_CONTENTS, seededRandom(SEED)), store, isOnePicture);
  const kept = contents.length > SAMPLED_CONTENTS ? await keptPairs(store, contents, below, isOnePicture) : null;
  const estimate = estimateFalsePairs(kept ?? tailOf(sampled, below), threshold, contents.length, seededRandom(SEED));
  const { pairsListed, pairsFound, knownWrong } = await countListed(store, contents, threshold, known, areDifferent);
  const falsePairs = estimate === null ? null : { ...estimate, ...within(estimate, knownWrong, pairsFound) };
  return {
    photos: contents.length,
    similarities: histogram(sampled.pairs.map(({ similarity }) => similarity)),
    threshold,
    pairsListed,
    pairsFound,
    falsePairs,
    wrongShare: falsePairs === null || pairsListed === 0 ? null : shareOf(falsePairs, pairsListed),
  };
}

type Interval = Pick<FalsePairEstimate, "expected" | "low" | "high">;

/** No fewer pairs are wrong than a person called different, and no more than there are. */
function within({ expected, low, high }: Interval, least: number, most: number): Interval {
  const bounded = (count: number) => Math.min(Math.max(count, least), most);
  return { expected: bounded(expected), low: bounded(low), high: bounded(high) };
}

function shareOf({ expected, low, high }: Interval, all: number): Interval {
  return { expected: expected / all, low: low / all, high: high / all };
}

type IsOnePicture = (a: ContentId, b: ContentId) => boolean;

/** What a person said of the library's pairs. */
interface KnownPairs {
  /** By way of other photos too: those of one picture have one origin. */
  readonly isOnePicture: IsOnePicture;
  readonly areCalledDifferent: AreDifferent;
}

async function readLabels(store: CalibrationStore, labelled: readonly ReviewablePair[]): Promise<KnownPairs> {
  const contents = await store.contentsAt(labelled.flatMap(({ pictures }) => pictures.map(({ photo }) => photo)));
  const origins = new Map<ContentId, string>();
  const different = new Set<string>();
  const key = (one: ContentId, other: ContentId) => (one < other ? `${one} ${other}` : `${other} ${one}`);
  for (const { a, b, same, pictures } of labelled) {
    const [one, other] = [contents.get(pictures[0].photo), contents.get(pictures[1].photo)];
    if (!same && one !== undefined && other !== undefined) different.add(key(one, other));
    for (const [origin, { photo }] of [[a, pictures[0]] as const, [b, pictures[1]] as const]) {
      const content = contents.get(photo);
      if (content !== undefined) origins.set(content, origin);
    }
  }
  return {
    isOnePicture: (one, other) => origins.has(one) && origins.get(one) === origins.get(other),
    areCalledDifferent: (one, other) => different.has(key(one, other)),
  };
}

/** Pairs at or above the threshold that a report calls the same, those that no one called so, and those that someone called different. */
async function countListed(
  store: CalibrationStore,
  contents: readonly ContentId[],
  threshold: number,
  { isOnePicture, areCalledDifferent }: KnownPairs,
  areDifferent: AreDifferent,
): Promise<Pick<LibraryFindings, "pairsListed" | "pairsFound"> & { readonly knownWrong: number }> {
  const decided = unrelatedAmong(contents, store, () => false);
  const counts = { pairsListed: 0, pairsFound: 0, knownWrong: 0 };
  for await (const page of store.pairsAtOrAbove(threshold)) {
    const listed = (await decided(page)).filter(({ a, b }) => !areDifferent(a, b));
    const found = listed.filter(({ a, b }) => !isOnePicture(a, b));
    counts.pairsListed += listed.length;
    counts.pairsFound += found.length;
    counts.knownWrong += found.filter(({ a, b }) => areCalledDifferent(a, b)).length;
  }
  return counts;
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
