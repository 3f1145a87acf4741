import { describe, expect, test } from "vitest";
import { disagreement, type LabelCandidate, orderQuestions } from "../../../src/core/labels/question-order.ts";
import { similarity } from "../../../src/core/units.ts";
import { idOf, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

function candidate(a: number, b: number, value: number, doubt = 0): LabelCandidate {
  return { a: idOf(a), b: idOf(b), similarity: similarity(value), disagreement: doubt };
}

/** Pairs of disjoint contents, one for each similarity. */
function apart(...similarities: readonly number[]): readonly LabelCandidate[] {
  return similarities.map((value, i) => candidate(2 * i, 2 * i + 1, value));
}

const ask = (candidates: readonly LabelCandidate[], choice: Partial<Parameters<typeof orderQuestions>[1]> = {}) =>
  orderQuestions(candidates, { near: 0.65, count: 1000, labelled: [], ...choice });

function randomLibrary(random: () => number): readonly LabelCandidate[] {
  const contents = 3 + Math.floor(random() * 30);
  const pairs: LabelCandidate[] = [];
  for (let a = 0; a < contents; a++)
    for (let b = a + 1; b < contents; b++)
      if (random() < 0.4) pairs.push(candidate(a, b, 0.45 + 0.55 * random(), random() < 0.2 ? random() : 0));
  return pairs;
}

describe("the order of the questions", () => {
  test("alternates above and below the threshold, the nearest first", () => {
    const asked = ask(apart(0.9, 0.66, 0.5, 0.7, 0.64, 0.6));
    expect(asked.map((pair) => pair.similarity)).toEqual([0.66, 0.64, 0.7, 0.6, 0.9, 0.5]);
  });

  test("counts the threshold itself as above, and goes on above where nothing is left below", () => {
    expect(ask(apart(0.8, 0.65, 0.6, 0.7)).map((pair) => pair.similarity)).toEqual([0.65, 0.6, 0.7, 0.8]);
  });

  test("takes every third question from what encoders disagree on most", () => {
    const pairs = [...apart(0.66, 0.64, 0.67, 0.63), candidate(20, 21, 0.9, 0.2), candidate(22, 23, 0.46, 0.7)];
    expect(ask(pairs).map((pair) => pair.similarity)).toEqual([0.66, 0.64, 0.46, 0.67, 0.63, 0.9]);
  });

  test("asks about other photos before it comes back to one", () => {
    const burst = [candidate(1, 2, 0.649), candidate(1, 3, 0.648), candidate(1, 4, 0.647)];
    const asked = ask([...burst, candidate(5, 6, 0.5)]);
    expect(asked.map(({ a, b }) => [a, b])).toEqual([
      [1, 2],
      [5, 6],
      [1, 3],
      [1, 4],
    ]);
  });

  test("asks on both sides as evenly as there are pairs, also where few photos make up one of them", () => {
    const crowded = Array.from({ length: 10 }, (_, i) => candidate(1 + (i % 2), 10 + i, 0.7 + i / 100));
    const asked = ask([...crowded, ...Array.from({ length: 50 }, (_, i) => candidate(100 + 2 * i, 101 + 2 * i, 0.6 - i / 1000))], {
      count: 12,
    });
    expect(asked.filter((pair) => pair.similarity >= 0.65)).toHaveLength(6);
    expect(asked.filter((pair) => pair.similarity < 0.65)).toHaveLength(6);
  });

  test("above the threshold also asks about pairs from all over, so that the answers are of both kinds", () => {
    const pairs = apart(...Array.from({ length: 300 }, (_, i) => 0.65 + (i * 0.35) / 300));
    const asked = ask(pairs, { count: 40 }).map((pair) => pair.similarity);
    expect(asked.filter((value) => value < 0.68).length).toBeGreaterThanOrEqual(20);
    for (const from of [0.7, 0.75, 0.8, 0.85, 0.9, 0.95]) {
      const there = asked.filter((value) => value >= from && value < from + 0.05).length;
      expect(there).toBeGreaterThanOrEqual(2);
      expect(there).toBeLessThanOrEqual(4);
    }
  });

  test("does not ask again what has an answer, whichever way round, and counts it for the photos", () => {
    const burst = [candidate(1, 2, 0.66), candidate(1, 3, 0.67), candidate(1, 4, 0.68), candidate(1, 5, 0.69)];
    expect(ask(burst, { labelled: [{ a: idOf(2), b: idOf(1) }] }).map(({ b }) => b)).toEqual([4, 3]);
  });

  test("of any library holds each pair once, no content in more than three, at most as many as asked for, and only what was given", () => {
    const random = seededRandom(21);
    for (let i = 0; i < 200; i++) {
      const pairs = randomLibrary(random);
      const labelled = pairs.filter(() => random() < 0.1);
      const count = Math.floor(random() * 40);
      const asked = ask(pairs, { count, labelled });
      expect(asked.length).toBeLessThanOrEqual(count);
      expect(new Set(asked).size).toBe(asked.length);
      for (const pair of asked) expect(pairs.includes(pair) && !labelled.includes(pair)).toBe(true);
      for (let content = 0; content < 33; content++) {
        const times = (all: readonly LabelCandidate[]) => all.filter(({ a, b }) => a === content || b === content).length;
        if (times(asked) > 0) expect(times(asked) + times(labelled)).toBeLessThanOrEqual(3);
      }
    }
  });

  test("leaves out nothing it may ask", () => {
    const random = seededRandom(22);
    for (let i = 0; i < 200; i++) {
      const pairs = randomLibrary(random);
      const asked = new Set(ask(pairs));
      const times = (content: number) => [...asked].filter(({ a, b }) => a === content || b === content).length;
      for (const pair of pairs) expect(asked.has(pair) || times(pair.a) >= 3 || times(pair.b) >= 3).toBe(true);
    }
  });

  test("is the same whatever order the pairs come in, and a shorter list is the beginning of a longer one", () => {
    const random = seededRandom(23);
    for (let i = 0; i < 100; i++) {
      const pairs = randomLibrary(random).map((pair) => ({ ...pair, similarity: similarity(Math.round(pair.similarity * 20) / 20) }));
      const asked = ask(pairs);
      expect(ask(shuffled(pairs, random))).toEqual(asked);
      expect(ask(pairs, { count: 5 })).toEqual(asked.slice(0, 5));
    }
  });
});

describe("disagreement", () => {
  const threshold = (value: number, floor: number) => ({ value, floor, origin: "measured" as const });

  test("is nothing for one encoder, and where all are on one side", () => {
    expect(disagreement([{ similarity: 0.9, threshold: threshold(0.65, 0.45) }])).toBe(0);
    for (const similarities of [
      [0.9, 0.8],
      [0.5, 0.1],
    ])
      expect(disagreement(similarities.map((value) => ({ similarity: value, threshold: threshold(0.7, 0.4) })))).toBe(0);
  });

  test("grows with the surer of the two that is less sure", () => {
    const between = (one: number, other: number) =>
      disagreement([
        { similarity: one, threshold: threshold(0.6, 0.4) },
        { similarity: other, threshold: threshold(0.9, 0.8) },
      ]);
    expect(between(1, 0.8)).toBe(1);
    expect(between(0.8, 0.8)).toBeCloseTo(0.5);
    expect(between(1, 0.85)).toBeCloseTo(0.5);
    expect(between(0.5, 0.95)).toBeCloseTo(0.5);
    expect(between(1, -1)).toBe(1); // below the floor is no more different than at it
  });

  test("lies in [0, 1] for any thresholds, and does not depend on the order of the encoders", () => {
    const random = seededRandom(24);
    for (let i = 0; i < 1_000; i++) {
      const views = Array.from({ length: 2 + Math.floor(random() * 3) }, () => {
        const floor = random();
        return { similarity: random() * 2 - 1, threshold: threshold(floor + (1 - floor) * random(), floor) };
      });
      const value = disagreement(views);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(disagreement(shuffled(views, random))).toBe(value);
    }
  });
});
