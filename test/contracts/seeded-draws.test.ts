/**
 * Numbers that calibrations, comparisons and maps are drawn by: other ones would give the same library another answer.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { drawWithout, seededRandom, shuffled } from "../../src/core/statistics/seeded-random.ts";

interface Draws {
  readonly seed: number;
  readonly numbers: readonly number[];
  /** Six of the numbers from 0 to 19. */
  readonly sample: readonly number[];
  readonly shuffle: readonly number[];
}

const GOLDEN = JSON.parse(readFileSync(new URL("seeded-draws.json", import.meta.url), "utf8")) as readonly Draws[];
const TWENTY = Array.from({ length: 20 }, (_, i) => i);

test.each(GOLDEN)("seed $seed draws the numbers, the sample and the order that it always drew", ({ seed, numbers, sample, shuffle }) => {
  expect(Array.from(numbers, seededRandom(seed))).toEqual(numbers);
  expect(drawWithout(TWENTY, sample.length, seededRandom(seed))).toEqual(sample);
  expect(shuffled(TWENTY, seededRandom(seed))).toEqual(shuffle);
});
