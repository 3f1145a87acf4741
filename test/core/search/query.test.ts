import { describe, expect, test } from "vitest";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { UserError } from "../../../src/core/errors.ts";
import { PROMPT_CHOICES, PROMPTS, promptsFor } from "../../../src/core/search/prompts.ts";
import { meanDirection, queryVector } from "../../../src/core/search/query.ts";
import { seededRandom } from "../../seeded-random.ts";

const WEIGHTS = { words: 0.5, unwanted: 0.5 };
const NOTHING = { photo: null, words: null, unwanted: null };

function* randomVectors(seed: number, count: number, dimensions = 24): Generator<readonly Float32Array[]> {
  const random = seededRandom(seed);
  const vector = () => toUnitLength(Array.from({ length: dimensions }, () => random() - 0.5));
  for (let i = 0; i < 100; i++) yield Array.from({ length: count }, vector);
}

/** A direction at right angles to the others, made from `vector`. */
function asideOf(vector: Float32Array, ...others: readonly Float32Array[]): Float32Array {
  let rest = vector;
  for (let turn = 0; turn < 2; turn++) {
    for (const other of others) rest = toUnitLength(rest.map((value, i) => value - cosine(rest, other) * (other[i] as number)));
  }
  return rest;
}

describe("what is looked for", () => {
  test("is the photo or the words themselves where there is nothing else, bit for bit", () => {
    for (const [vector] of randomVectors(1, 1)) {
      const one = vector as Float32Array;
      expect(queryVector({ ...NOTHING, photo: one }, WEIGHTS)).toBe(one);
      expect(queryVector({ ...NOTHING, words: one }, WEIGHTS)).toBe(one);
    }
  });

  test("has length 1, whatever it is made of", () => {
    for (const [photo, words, unwanted] of randomVectors(2, 3) as Iterable<[Float32Array, Float32Array, Float32Array]>) {
      const query = queryVector({ photo, words, unwanted }, { words: 0.3, unwanted: 0.8 });
      expect(cosine(query, query)).toBeCloseTo(1, 6);
    }
  });

  test("goes from the photo to the words as their weight grows", () => {
    for (const [photo, words] of randomVectors(3, 2) as Iterable<[Float32Array, Float32Array]>) {
      const near = [0, 0.2, 0.4, 0.6, 0.8, 1].map((weight) => {
        const query = queryVector({ photo, words, unwanted: null }, { words: weight, unwanted: 0 });
        return [cosine(query, photo), cosine(query, words)] as const;
      });
      for (const [i, [toPhoto, toWords]] of near.entries()) {
        if (i === 0) continue;
        expect(toPhoto).toBeLessThan(near[i - 1]?.[0] as number);
        expect(toWords).toBeGreaterThan(near[i - 1]?.[1] as number);
      }
      expect(near[0]?.[0]).toBeCloseTo(1, 6);
      expect(near.at(-1)?.[1]).toBeCloseTo(1, 6);
    }
  });

  test("puts the photo further from the unwanted first, of two that are equally near to the wanted", () => {
    for (const [words, unwanted, other] of randomVectors(4, 3) as Iterable<[Float32Array, Float32Array, Float32Array]>) {
      const query = queryVector({ photo: null, words, unwanted }, WEIGHTS);
      const away = asideOf(unwanted, words);
      const neutral = asideOf(other, words, unwanted);
      const mix = (direction: Float32Array, sign: number) => toUnitLength(words.map((value, i) => value + sign * (direction[i] as number)));
      const [like, plain, unlike] = [mix(away, 1), mix(neutral, 1), mix(away, -1)];
      expect(cosine(words, like)).toBeCloseTo(cosine(words, unlike), 5);
      expect(cosine(query, unlike)).toBeGreaterThan(cosine(query, plain));
      expect(cosine(query, plain)).toBeGreaterThan(cosine(query, like));
    }
  });

  test("is not moved by an unwanted part of no weight", () => {
    for (const [words, unwanted] of randomVectors(5, 2) as Iterable<[Float32Array, Float32Array]>) {
      expect(cosine(queryVector({ photo: null, words, unwanted }, { words: 0.5, unwanted: 0 }), words)).toBeCloseTo(1, 6);
    }
  });

  test("is refused with a sentence where its parts cancel each other out", () => {
    const [vector] = randomVectors(6, 1).next().value as [Float32Array];
    expect(() => queryVector({ photo: null, words: vector, unwanted: vector }, { words: 0.5, unwanted: 1 })).toThrow(UserError);
  });
});

describe("the direction between vectors", () => {
  test("is one alone as it is, and the same in any order but for rounding", () => {
    for (const vectors of randomVectors(7, 5)) {
      expect(meanDirection(vectors.slice(0, 1))).toBe(vectors[0]);
      expect(cosine(meanDirection(vectors), meanDirection([...vectors].reverse()))).toBeCloseTo(1, 6);
    }
  });

  test("is at least as near to them all together as any of them is", () => {
    for (const vectors of randomVectors(8, 5)) {
      const nearness = (direction: Float32Array) => vectors.reduce((sum, vector) => sum + cosine(direction, vector), 0);
      for (const vector of vectors) expect(nearness(meanDirection(vectors))).toBeGreaterThanOrEqual(nearness(vector) - 1e-6);
    }
  });
});

describe("prompts", () => {
  test("hold the words once each, as they are typed, dollar signs and braces too", () => {
    const words = "a $& {} sign";
    for (const choice of PROMPT_CHOICES) {
      const prompts = promptsFor(words, choice);
      expect(prompts.every((prompt) => prompt.split(words).length === 2)).toBe(true);
      expect(new Set(prompts).size).toBe(PROMPTS[choice].length);
    }
    expect(promptsFor(words, "none")).toEqual([words]);
  });
});
