/**
 * How similar the library's unrelated photos are: what a threshold is up against. Duplicates must not pass for unrelated: pairs
 * at or above the threshold, pairs a person called the same, pairs whose photos both match a third one, and pairs that a
 * report decides without their similarity are left out.
 */
import type { LibraryFindings } from "../core/calibration.ts";
import type { CalibrationStore } from "../core/calibration-store.ts";
import { histogram } from "../core/histogram.ts";
import { decidedBefore, type JudgedPair, type SeenPhoto } from "../core/judged-pair.ts";
import type { ContentId, Pair } from "../core/library.ts";
import { drawWithout, seededRandom } from "../core/seeded-random.ts";
import { cosine } from "../core/similarity.ts";
import { allPairs, EXCEEDANCES_AT_MOST, expectWrongPairs, type UnrelatedPairs } from "../core/wrong-pairs.ts";

/** Compared with each other for a look at all similarities, those below the floor too: about a million pairs. */
const SAMPLED_CONTENTS = 1500;
/** With fewer kept pairs below the threshold, the sample has the better view of the tail. */
const KEPT_PAIRS_AT_LEAST = 200;
const SEED = 1;

/** @param threshold at or above the encoder's floor */
export function surveyLibrary(store: CalibrationStore, judged: readonly JudgedPair[], threshold: number): LibraryFindings {
  const contents = store.comparedContents();
  const isOnePicture = knownMatches(store, judged, threshold);
  const sampled = comparePictures(drawWithout(contents, SAMPLED_CONTENTS, seededRandom(SEED)), store, isOnePicture);
  const unrelated =
    (contents.length > SAMPLED_CONTENTS ? keptPairs(store, contents, threshold, isOnePicture) : null) ?? tailOf(sampled, threshold);
  const wrongPairs = expectWrongPairs(unrelated, threshold, contents.length, seededRandom(SEED));
  return {
    photos: contents.length,
    similarities: histogram(sampled.pairs.map(({ similarity }) => similarity)),
    wrongPairs: wrongPairs === null ? null : { ...wrongPairs, threshold },
  };
}

type IsOnePicture = (a: ContentId, b: ContentId) => boolean;

function knownMatches(store: CalibrationStore, judged: readonly JudgedPair[], threshold: number): IsOnePicture {
  const matches = new Map<ContentId, Set<ContentId>>();
  const add = (one: ContentId, other: ContentId) => {
    const known = matches.get(one);
    if (known === undefined) matches.set(one, new Set([other]));
    else known.add(other);
  };
  const note = (one: ContentId, other: ContentId) => {
    add(one, other);
    add(other, one);
  };
  for (const { a, b } of store.pairsAtOrAbove(threshold)) note(a, b);
  for (const { same, pictures } of judged) {
    const [a, b] = [store.contentAt(pictures[0].photo), store.contentAt(pictures[1].photo)];
    if (same && a !== null && b !== null && a !== b) note(a, b);
  }
  return (one, other) => {
    const known = matches.get(one);
    if (known === undefined) return false;
    return known.has(other) || [...(matches.get(other) ?? [])].some((third) => known.has(third));
  };
}

interface Sample {
  /** Falling similarities. */
  readonly pairs: readonly Pair[];
  readonly lookedAt: number;
  readonly photos: number;
}

/** All pairs of some contents. */
function comparePictures(ids: readonly ContentId[], store: CalibrationStore, isOnePicture: IsOnePicture): Sample {
  const photos = ids.map((id) => ({ id, ...store.photo(id) }));
  const pairs: Pair[] = [];
  photos.forEach((one, index) => {
    for (const other of photos.slice(0, index)) {
      if (decidedBefore(one, other) !== null || isOnePicture(one.id, other.id)) continue;
      pairs.push({ a: one.id, b: other.id, similarity: cosine(one.vector, other.vector) });
    }
  });
  return { pairs: pairs.sort((one, other) => other.similarity - one.similarity), lookedAt: allPairs(ids.length), photos: ids.length };
}

function tailOf({ pairs, lookedAt, photos }: Sample, cut: number): UnrelatedPairs {
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
  const compared = new Set(contents);
  const seen = new Map<ContentId, SeenPhoto>();
  const photo = (id: ContentId) => {
    const known = seen.get(id) ?? store.photo(id);
    seen.set(id, known);
    return known;
  };
  const pairs: Pair[] = [];
  for (const pair of store.pairsBelow(cut)) {
    if (!compared.has(pair.a) || !compared.has(pair.b) || isOnePicture(pair.a, pair.b)) continue;
    if (decidedBefore(photo(pair.a), photo(pair.b)) !== null) continue;
    pairs.push(pair);
    if (pairs.length > EXCEEDANCES_AT_MOST) break;
  }
  if (pairs.length < KEPT_PAIRS_AT_LEAST) return null;
  return { pairs, cut, lookedAt: allPairs(contents.length), photos: contents.length };
}
