import { describe, expect, test } from "vitest";
import { principalPlane, toUnitSquare } from "../../../src/core/map/principal-plane.ts";
import { idOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

/** Rows around a mean, that spread by `spread[i]` along the i-th dimension. */
function cloud(count: number, spread: readonly number[], mean = 3) {
  const random = seededRandom(count);
  const values = Float32Array.from({ length: count * spread.length }, (_, at) => {
    return mean + (random() - 0.5) * (spread[at % spread.length] as number);
  });
  return { values, dimensions: spread.length, contentIds: Array.from({ length: count }, (_, row) => idOf(row)) };
}

/** Correlation, whatever its sign. */
function likeness(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [oneMean, otherMean] = [mean(one), mean(other)];
  const sum = (f: (i: number) => number) => Array.from(one).reduce((total, _, i) => total + f(i), 0);
  const [a, b] = [(i: number) => (one[i] as number) - oneMean, (i: number) => (other[i] as number) - otherMean];
  return Math.abs(sum((i) => a(i) * b(i))) / Math.sqrt(sum((i) => a(i) ** 2) * sum((i) => b(i) ** 2));
}

describe("the principal plane", () => {
  test("lies along the two directions in which the rows differ most, the first one first", () => {
    const matrix = cloud(500, [1, 20, 2, 8]);
    const { x, y } = principalPlane(matrix);
    const column = (i: number) => Float64Array.from(matrix.contentIds, (row) => matrix.values[row * 4 + i] as number);
    expect(likeness(x, column(1))).toBeGreaterThan(0.99);
    expect(likeness(y, column(3))).toBeGreaterThan(0.99);
    expect(likeness(x, y)).toBeLessThan(0.01);
  });

  test("is the same for the same rows", () => {
    expect(principalPlane(cloud(50, [1, 2, 3]))).toEqual(principalPlane(cloud(50, [1, 2, 3])));
  });

  test("is one place where all rows are equal, and where there is one row", () => {
    for (const count of [1, 7]) {
      const { x, y } = principalPlane(cloud(count, [0, 0, 0]));
      expect([...x, ...y].map(Math.abs)).toEqual(new Array(2 * count).fill(0));
    }
  });

  test("is a line where rows differ in one direction only", () => {
    const { x, y } = principalPlane(cloud(20, [5, 0, 0], 0));
    expect(new Set(x).size).toBe(20);
    for (const value of y) expect(value).toBeCloseTo(0);
  });
});

describe("the unit square", () => {
  test("is filled by the longer side; the other keeps its proportion and stands in the middle", () => {
    const { x, y } = toUnitSquare({ x: Float64Array.of(-10, 0, 30), y: Float64Array.of(5, 5, 15) });
    expect([...x]).toEqual([0, 0.25, 1]);
    expect([...y]).toEqual([0.375, 0.375, 0.625]);
  });

  test("has a single place in its middle, and no places stay none", () => {
    expect(toUnitSquare({ x: Float64Array.of(7), y: Float64Array.of(-2) })).toEqual({ x: Float64Array.of(0.5), y: Float64Array.of(0.5) });
    expect(toUnitSquare({ x: new Float64Array(), y: new Float64Array() }).x).toHaveLength(0);
  });
});
