import { describe, expect, test } from "vitest";
import { addPair, learnMap, noMoments } from "../../../src/core/adaptation/metric-learning.ts";
import { applyMap, mapLength } from "../../../src/core/encoders/linear-map.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 12;

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function direction(random: () => number, dimensions = DIMENSIONS): Float32Array<ArrayBuffer> {
  return toUnitLength(Array.from({ length: dimensions }, () => normal(random)));
}

/** The same vector with noise along one axis that says nothing of what it shows. */
function disturbed(vector: Float32Array, axis: number, random: () => number): Float32Array<ArrayBuffer> {
  return toUnitLength(Array.from(vector, (value, i) => (i === axis ? value + 2 * normal(random) : value)));
}

function learned(shrinkage: number, axis = 4) {
  const random = seededRandom(7);
  const moments = noMoments(DIMENSIONS);
  for (let i = 0; i < 400; i++) {
    const one = direction(random);
    addPair(moments, disturbed(one, axis, random), disturbed(one, axis, random), true);
    addPair(moments, disturbed(one, axis, random), disturbed(direction(random), axis, random), false);
  }
  return { map: learnMap(moments, shrinkage), random };
}

describe("a linear map", () => {
  test("is the packed lower triangle times the vector, at unit length", () => {
    const mapped = applyMap(Float32Array.of(2, 1, 3), Float32Array.of(0.6, 0.8));
    expect([...mapped]).toEqual([...toUnitLength([2 * Math.fround(0.6), Math.fround(0.6) + 3 * Math.fround(0.8)])]);
  });

  test("gives the same bits at every call, and leaves its vector alone", () => {
    const { map, random } = learned(0.3);
    const vector = direction(random);
    const copy = vector.slice();
    expect(applyMap(map, vector)).toEqual(applyMap(map, vector));
    expect(vector).toEqual(copy);
  });

  test("refuses vectors of other dimensions", () => {
    expect(() => applyMap(Float32Array.of(1, 0, 1), Float32Array.of(1, 0, 0))).toThrow("Expected a map of 3 dimensions, got 3 values");
  });
});

describe("a map learned from pairs", () => {
  test("plays down the direction that says nothing, and finds disturbed copies by it", () => {
    const { map, random } = learned(0.1);
    const similarities = (through: (vector: Float32Array) => Float32Array) =>
      Array.from({ length: 200 }, () => {
        const one = direction(random);
        return cosine(through(disturbed(one, 4, random)), through(disturbed(one, 4, random)));
      }).sort((a, b) => a - b);
    const [plain, adapted] = [similarities((vector) => vector), similarities((vector) => applyMap(map, vector))];
    expect(plain[20]).toBeLessThan(0.1);
    expect(adapted[20]).toBeGreaterThan(0.5);
  });

  test("is the same metric whichever axis the disturbance lies along", () => {
    const along = (axis: number) => {
      const { map } = learned(0.2, axis);
      const unit = (i: number) => Float32Array.from({ length: DIMENSIONS }, (_, at) => (at === i ? 1 : 0));
      const stretch = (i: number) => {
        let squares = 0;
        for (let row = i; row < DIMENSIONS; row++) squares += (map[mapLength(row) + i] as number) ** 2;
        expect(applyMap(map, unit(i)).length).toBe(DIMENSIONS);
        return squares;
      };
      const others = Array.from({ length: DIMENSIONS }, (_, i) => i).filter((i) => i !== axis);
      return stretch(axis) / (others.reduce((sum, i) => sum + stretch(i), 0) / others.length);
    };
    const ratios = [along(0), along(4), along(DIMENSIONS - 1)];
    for (const ratio of ratios) expect(ratio).toBeLessThan(0.35);
    expect(Math.max(...ratios) / Math.min(...ratios)).toBeLessThan(1.3);
  });

  test("is the identity where it is shrunk all the way, or learned from nothing", () => {
    const { map, random } = learned(1);
    const vector = direction(random);
    expect(applyMap(map, vector)).toEqual(toUnitLength(vector));
    expect(applyMap(learnMap(noMoments(DIMENSIONS), 0.1), vector)).toEqual(toUnitLength(vector));
  });

  test("comes nearer to the identity the more it is shrunk", () => {
    const away = [0.1, 0.3, 0.5, 0.7, 0.9, 1].map((shrinkage) => {
      const { map, random } = learned(shrinkage);
      const vectors = Array.from({ length: 50 }, () => direction(random));
      return vectors.reduce((sum, vector) => sum + 1 - cosine(vector, applyMap(map, vector)), 0);
    });
    expect(away).toEqual([...away].sort((a, b) => b - a));
    expect(away.at(-1)).toBeCloseTo(0, 5);
  });

  test("L Lᵀ of the inverse is the shrunk matrix: with one pair of each kind it can be checked by hand", () => {
    const moments = noMoments(2);
    addPair(moments, Float32Array.of(1, 0), Float32Array.of(0, 1), true); // difference (1, -1)
    addPair(moments, Float32Array.of(1, 0), Float32Array.of(0, 1), false); // sum (1, 1)
    // N = 2 / (2 * 2) * ([1 -1; -1 1] + [1 1; 1 1]) = I, and so is every mix of it with I.
    expect([...learnMap(moments, 0.25)]).toEqual([1, 0, 1]);
    const onlySame = noMoments(2);
    addPair(onlySame, Float32Array.of(1, 0), Float32Array.of(0, 0), true); // N = diag(2, 0), mixed half and half: diag(1.5, 0.5)
    const map = learnMap(onlySame, 0.5);
    expect(map[0]).toBeCloseTo(1 / Math.sqrt(1.5), 6);
    expect(map[1]).toBe(0);
    expect(map[2]).toBeCloseTo(1 / Math.sqrt(0.5), 6);
  });
});
