/**
 * What a search looks for, as one vector: a photo, words, or both, less what is not wanted.
 */
import { toUnitLength } from "../encoders/similarity.ts";
import { UserError } from "../errors.ts";

/** Below this length a difference of unit vectors in single precision is more rounding than direction. */
const LEAST_LENGTH = 1e-3;

/** Unit vectors of one encoder, at least one of photo and words. */
export interface QueryParts {
  readonly photo: Float32Array | null;
  readonly words: Float32Array | null;
  /** What the results shall not resemble. */
  readonly unwanted: Float32Array | null;
}

export interface QueryWeights {
  /** Share of the words beside a photo, in [0, 1]. */
  readonly words: number;
  /** How much of the unwanted is taken away, in [0, 1]. */
  readonly unwanted: number;
}

/**
 * `unit(wanted - unwantedWeight * unwanted)`, where `wanted` is the photo, the words, or
 * `unit((1 - wordsWeight) * photo + wordsWeight * words)`. To take away a weighted vector is Rocchio's relevance feedback
 * (The SMART Retrieval System, 1971, ch. 14): of two photos equally near to what is wanted, the one further from the
 * unwanted comes first. A projection instead would take nothing away where wanted and unwanted have nothing in common.
 * A photo alone and words alone are given back as they are, bit for bit.
 * @returns unit vector
 * @throws {UserError} when the parts cancel each other out
 */
export function queryVector({ photo, words, unwanted }: QueryParts, weights: QueryWeights): Float32Array {
  const wanted = photo !== null && words !== null ? sum(photo, 1 - weights.words, words, weights.words) : (photo ?? words);
  if (wanted === null) throw new TypeError("Expected a photo or words to look for");
  return unwanted === null ? wanted : sum(wanted, 1, unwanted, -weights.unwanted);
}

/**
 * The direction between unit vectors: their mean, brought back to length 1. Over several ways to say one thing it is a
 * better text vector than any of them (Radford et al., Learning Transferable Visual Models From Natural Language
 * Supervision, 2021, 3.1.4). One alone is given back as it is.
 * @param vectors at least one
 */
export function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (first === undefined) throw new TypeError("Expected at least one vector");
  if (vectors.length === 1) return first;
  return toDirection(
    Float64Array.from(first, (_, i) => vectors.reduce((total, vector) => total + (vector[i] as number), 0) / vectors.length),
  );
}

function sum(one: Float32Array, oneWeight: number, other: Float32Array, otherWeight: number): Float32Array {
  return toDirection(Float64Array.from(one, (value, i) => oneWeight * value + otherWeight * (other[i] as number)));
}

function toDirection(values: Float64Array): Float32Array {
  if (Math.sqrt(values.reduce((squares, value) => squares + value * value, 0)) >= LEAST_LENGTH) return toUnitLength(values);
  throw new UserError("query-cancels-out", "What is searched for and what is unwanted cancel each other out");
}

/** What is looked for: a photo, words, or both. */
export interface Query {
  /** As the user named it. */
  readonly photo: string | null;
  readonly words: string | null;
  /** What the results shall not resemble, each in words. */
  readonly unwanted: readonly string[];
}
