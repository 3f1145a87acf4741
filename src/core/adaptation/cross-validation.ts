/**
 * What a map learned from labelled pairs is worth on photos that it was not learned from.
 */
import { averagePrecision, calibrationCurve } from "../calibration/precision-recall-curve.ts";
import { applyMap, type LinearMap } from "../encoders/linear-map.ts";
import { cosine } from "../encoders/similarity.ts";
import type { ScoredPair } from "../pairs/scored-pair.ts";
import { foldPictures } from "../statistics/picture-folds.ts";
import type { Random } from "../statistics/seeded-random.ts";
import { addPair, addUp, learnMap, noMoments, type PairMoments } from "./metric-learning.ts";

/** A labelled pair with the plain encoder's vectors; those of one photo are one array. */
export interface VectorPair extends ScoredPair {
  readonly vectors: readonly [Float32Array, Float32Array];
}

export interface CrossValidation<Pair extends VectorPair> {
  /** Pairs within a fold, with the plain encoder's similarities. */
  readonly plain: readonly Pair[];
  /** The same pairs, each with the similarity under a map that was learned, and shrunk, without any photo of its fold. */
  readonly adapted: readonly Pair[];
  /** For the map of all pairs: the one with which left-out folds do best. 1 where no map beats the plain encoder. */
  readonly shrinkage: number;
}

export const FOLDS = 5;
/** From the plain encoder to a map that hardly hears anything but the labels. Of two that do as well, the first is taken. */
const SHRINKAGES = [1, 0.9, 0.7, 0.5, 0.3, 0.1, 0.03] as const;

/** Maps learned. */
export interface LearningProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Nested, as a shrinkage chosen on the pairs that it is tested on would look better than it is (Varma and Simon 2006): for every fold, the
 * shrinkage is chosen by leaving out each other fold in turn, and then tried on the fold itself.
 * @param pairs of both kinds; a and b name pictures, which are parted into folds
 * @returns yields after every map, so that the caller can stop
 */
export function* crossValidate<Pair extends VectorPair>(
  pairs: readonly Pair[],
  random: Random,
): Generator<LearningProgress, CrossValidation<Pair>> {
  const parts = partPairs(pairs, random);
  const all = Array.from({ length: FOLDS }, (_, fold) => fold);
  const leftOut = all.flatMap((one) => [[one], ...all.filter((other) => other > one).map((other) => [one, other])]);
  const total = leftOut.length * (SHRINKAGES.length - 1);
  let done = 0;
  /** What a fold scores with the maps that were learned without it and the other; without it alone where they are one. */
  const scores = all.map(() => all.map((): Pair[][] => []));
  for (const out of leftOut) {
    const moments = parts.momentsWithout(out);
    for (const [index, shrinkage] of SHRINKAGES.entries()) {
      const map = shrinkage === 1 ? null : learnMap(moments, shrinkage);
      for (const fold of out) {
        const other = out.find((candidate) => candidate !== fold) ?? fold;
        (scores[fold]?.[other] as Pair[][])[index] = scoreWith(map, parts.within[fold] as readonly Pair[]);
      }
      if (map !== null) yield { done: ++done, total };
    }
  }
  const of = (fold: number, without: number) => scores[fold]?.[without] as readonly (readonly Pair[])[];
  const adapted = all.flatMap(
    (fold) => of(fold, fold)[bestOf(all.filter((other) => other !== fold).map((other) => of(other, fold)))] ?? [],
  );
  const shrinkage = SHRINKAGES[bestOf(all.map((fold) => of(fold, fold)))] as number;
  return { plain: parts.within.flat(), adapted, shrinkage };
}

/** The map of all pairs. */
export function learnFromAll(pairs: readonly VectorPair[], shrinkage: number): LinearMap {
  const moments = noMoments(dimensionsOf(pairs));
  for (const { vectors, same } of pairs) addPair(moments, ...vectors, same);
  return learnMap(moments, shrinkage);
}

interface Parts<Pair> {
  /** Pairs of two pictures of one fold, for each fold. */
  readonly within: readonly (readonly Pair[])[];
  /** Of all pairs without a picture of these folds. */
  readonly momentsWithout: (folds: readonly number[]) => PairMoments;
}

function partPairs<Pair extends VectorPair>(pairs: readonly Pair[], random: Random): Parts<Pair> {
  const dimensions = dimensionsOf(pairs);
  const foldOf = foldPictures(pairs, FOLDS, random);
  const within = Array.from({ length: FOLDS }, (): Pair[] => []);
  const blocks = new Map<string, { readonly folds: readonly number[]; readonly moments: PairMoments }>();
  for (const pair of pairs) {
    const folds = [foldOf.get(pair.a) as number, foldOf.get(pair.b) as number].sort();
    const block = blocks.get(folds.join()) ?? { folds, moments: noMoments(dimensions) };
    blocks.set(folds.join(), block);
    addPair(block.moments, ...pair.vectors, pair.same);
    if (folds[0] === folds[1]) within[folds[0] as number]?.push(pair);
  }
  const momentsWithout = (out: readonly number[]) =>
    addUp(
      [...blocks.values()].filter(({ folds }) => !folds.some((fold) => out.includes(fold))).map(({ moments }) => moments),
      dimensions,
    );
  return { within, momentsWithout };
}

/** @param map null for none */
function scoreWith<Pair extends VectorPair>(map: LinearMap | null, pairs: readonly Pair[]): Pair[] {
  if (map === null) return [...pairs];
  const mapped = new Map<Float32Array, Float32Array>();
  const through = (vector: Float32Array) => {
    const known = mapped.get(vector) ?? applyMap(map, vector);
    mapped.set(vector, known);
    return known;
  };
  return pairs.map((pair) => ({ ...pair, similarity: cosine(through(pair.vectors[0]), through(pair.vectors[1])) }));
}

/** @param folds for each fold, its pairs as each shrinkage scores them */
function bestOf(folds: readonly (readonly (readonly ScoredPair[])[])[]): number {
  const qualities = SHRINKAGES.map((_, index) => averagePrecision(calibrationCurve(folds.flatMap((fold) => fold[index] ?? []))));
  return qualities.indexOf(Math.max(...qualities));
}

function dimensionsOf(pairs: readonly VectorPair[]): number {
  return pairs[0]?.vectors[0].length ?? 0;
}
