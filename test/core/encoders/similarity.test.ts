import { describe, expect, test } from "vitest";
import { cosine, cosineOfRows, cosinesToRows, cosineToRow, roundingMargin, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = [1, 2, 3, 64, 384, 512, 1024];

function* vectorPairs(seed: number): Generator<readonly [Float32Array, Float32Array]> {
  const random = seededRandom(seed);
  for (const dimensions of DIMENSIONS) {
    for (let i = 0; i < 30; i++) {
      const one = Array.from({ length: dimensions }, () => random() - 0.5);
      const noise = random();
      const other = one.map((value) => value + noise * (random() - 0.5));
      yield [toUnitLength(one), toUnitLength(other)];
    }
  }
}

/** As a matrix multiplication in single precision may do it: every product and every sum rounded. */
function singlePrecisionDot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => Math.fround(sum + Math.fround(value * (other[i] as number))), 0);
}

describe("cosine", () => {
  test("agrees with a naive sum, whichever end it begins at", () => {
    for (const [one, other] of vectorPairs(1)) {
      const backwards = one.reduceRight((sum, value, i) => sum + value * (other[i] as number), 0);
      expect(Math.abs(cosine(one, other) - Math.min(1, backwards))).toBeLessThan(1e-13);
    }
  });

  test("is symmetric bit for bit", () => {
    for (const [one, other] of vectorPairs(2)) expect(cosine(other, one)).toBe(cosine(one, other));
  });

  test("of two rows of a matrix is that of the vectors in them, bit for bit", () => {
    for (const [one, other] of vectorPairs(9)) {
      const matrix = Float32Array.from([...one, ...other, ...one]);
      expect(cosineOfRows(matrix, one.length, 2, 1)).toBe(cosine(one, other));
      expect(cosineToRow(one, matrix, 1)).toBe(cosine(one, other));
    }
  });

  test("every row of a matrix has the same cosine to a vector side by side with others as by itself, bit for bit", () => {
    const random = seededRandom(11);
    for (const dimensions of [1, 3, 16, 129]) {
      const unit = () => toUnitLength(Array.from({ length: dimensions }, () => random() - 0.5));
      for (let count = 0; count < 11; count++) {
        const [vector, rows] = [unit(), Array.from({ length: count }, unit)];
        const found = new Float64Array(count + 1).fill(7);
        cosinesToRows(vector, Float32Array.from(rows.flatMap((row) => [...row])), found);
        expect([...found]).toEqual([...rows.map((row) => cosine(vector, row)), 7]);
      }
    }
  });

  test("adds the dimensions one after the other, whatever their number: a stored similarity stays what it is", () => {
    for (const [one, other] of vectorPairs(10)) {
      const inOrder = one.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
      expect(cosine(one, other)).toBe(Math.min(1, inOrder));
    }
  });

  test("of a vector with itself is 1 but for rounding, and never more", () => {
    for (const [one] of vectorPairs(3)) {
      expect(cosine(one, one)).toBeGreaterThan(1 - 1e-6);
      expect(cosine(one, one)).toBeLessThanOrEqual(1);
    }
  });

  test("of opposite, right-angled and 60 degree vectors is -1, 0 and 0.5", () => {
    const east = toUnitLength([1, 0]);
    expect(cosine(east, toUnitLength([-2, 0]))).toBe(-1);
    expect(cosine(east, toUnitLength([0, 5]))).toBe(0);
    expect(cosine(east, toUnitLength([1, Math.sqrt(3)]))).toBeCloseTo(0.5, 6);
  });

  test("refuses vectors of different encoders", () => {
    expect(() => cosine(new Float32Array(512), new Float32Array(384))).toThrow("Expected 512 dimensions, got 384");
  });

  test("refuses vectors that are not of unit length", () => {
    expect(() => cosine(Float32Array.of(3, 4), Float32Array.of(3, 4))).toThrow(RangeError);
  });
});

describe("bringing a vector to unit length", () => {
  test("keeps its direction", () => {
    expect([...toUnitLength([3, -4])]).toEqual([Math.fround(0.6), Math.fround(-0.8)]);
  });

  test("works for the largest and the smallest numbers of single precision", () => {
    for (const size of [3e38, 1e-45]) expect([...toUnitLength(Float32Array.of(size, 0))]).toEqual([1, 0]);
  });

  test.each([[[0, 0, 0]], [[Number.NaN, 1]], [[Number.POSITIVE_INFINITY, 1]], [[]]])("refuses %j, which has no direction", (vector) => {
    expect(() => toUnitLength(vector)).toThrow(RangeError);
  });
});

describe("the rounding margin", () => {
  test("bounds the error of a dot product in single precision", () => {
    for (const [one, other] of vectorPairs(4)) {
      expect(Math.abs(singlePrecisionDot(one, other) - cosine(one, other))).toBeLessThanOrEqual(roundingMargin(one.length));
    }
  });

  test("bounds it where every step rounds the same way", () => {
    for (const dimensions of DIMENSIONS) {
      const even = toUnitLength(new Float32Array(dimensions).fill(1));
      expect(Math.abs(singlePrecisionDot(even, even) - cosine(even, even))).toBeLessThanOrEqual(roundingMargin(dimensions));
    }
  });

  test("is small beside the differences between photos", () => {
    expect(roundingMargin(1024)).toBeLessThan(0.001);
  });
});
