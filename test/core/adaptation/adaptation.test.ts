import { describe, expect, test } from "vitest";
import { type AdaptationFindings, evaluateAdaptation, requireEnoughToLearn } from "../../../src/core/adaptation/adaptation.ts";
import { type CrossValidation, crossValidate, learnFromAll, type VectorPair } from "../../../src/core/adaptation/cross-validation.ts";
import { averagePrecision, calibrationCurve } from "../../../src/core/calibration/precision-recall-curve.ts";
import { applyMap } from "../../../src/core/encoders/linear-map.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 16;

/** Pictures, each with two photos that differ along the first `nuisance` axes much more than pictures do along all others. */
function labels(
  count: number,
  nuisance: number,
  seed: number,
  answer: (same: boolean, random: () => number) => boolean,
): readonly VectorPair[] {
  const random = seededRandom(seed);
  const centred = () => random() + random() + random() - 1.5;
  const photo = (shown: readonly number[]) => toUnitLength(shown.map((value, i) => value + (i < nuisance ? 4 : 0.3) * centred()));
  const pictures = Array.from({ length: count }, (_, i) => {
    const shown = Array.from({ length: DIMENSIONS }, centred);
    return { name: `picture-${i}`, one: photo(shown), other: photo(shown) };
  });
  const pair = (a: (typeof pictures)[number], b: (typeof pictures)[number]): VectorPair => {
    const vectors = [a.one, b.other] as const;
    return { a: a.name, b: b.name, same: answer(a === b, random), similarity: cosine(...vectors), vectors };
  };
  return pictures.flatMap((picture, i) => [pair(picture, picture), pair(picture, pictures[i % 2 === 0 ? i + 1 : i - 1] ?? picture)]);
}

const TRUTH = (same: boolean) => same;
const ANYTHING = (_: boolean, random: () => number) => random() < 0.5;

function validated(pairs: readonly VectorPair[], seed = 1): CrossValidation<VectorPair> {
  const work = crossValidate(pairs, seededRandom(seed));
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function judged(pairs: readonly VectorPair[], seed = 1): AdaptationFindings {
  return evaluateAdaptation(pairs, validated(pairs, seed), 0.9, seededRandom(seed));
}

describe("labels that say what the encoder does not see", () => {
  const pairs = labels(160, 5, 1, TRUTH);
  const findings = judged(pairs);

  test("make it better on photos left out, and beyond chance", () => {
    expect(findings.better).toBe(true);
    expect(findings.shrinkage).toBeLessThan(1);
    expect(findings.adapted.averagePrecision).toBeGreaterThan(findings.plain.averagePrecision + 0.05);
    expect(findings.gain.averagePrecision.low).toBeGreaterThan(0);
  });

  test("promise what the map keeps on pictures that no one labelled", () => {
    const map = learnFromAll(pairs, findings.shrinkage);
    const fresh = labels(400, 5, 99, TRUTH);
    const mapped = fresh.map((pair) => {
      const [one, other] = pair.vectors;
      return { ...pair, similarity: cosine(applyMap(map, one), applyMap(map, other)) };
    });
    const quality = averagePrecision(calibrationCurve(mapped));
    expect(Math.abs(quality - findings.adapted.averagePrecision)).toBeLessThan(0.06);
    expect(quality).toBeGreaterThan(averagePrecision(calibrationCurve(fresh)) + 0.05);
  });

  test("give the same answer at every run, whichever way round a pair is written", () => {
    expect(judged(pairs)).toEqual(findings);
    const turned = pairs.map(({ a, b, vectors: [one, other], ...rest }): VectorPair => ({ a: b, b: a, vectors: [other, one], ...rest }));
    expect(judged(turned).adapted.averagePrecision).toBeCloseTo(findings.adapted.averagePrecision, 2);
  });
});

test("what is tested on a fold does not change when the fold's own labels are turned over", () => {
  const pairs = labels(100, 3, 2, TRUTH);
  const { plain, adapted } = validated(pairs);
  // One pair with both photos in one fold: its answer changes what others score, but not the map that it is itself scored with.
  const [probe] = plain as [VectorPair];
  const similarityOf = (validation: CrossValidation<VectorPair>) =>
    validation.adapted.find(({ vectors }) => vectors[0] === probe.vectors[0] && vectors[1] === probe.vectors[1])?.similarity;
  const turned = pairs.map((pair) => (pair === probe ? { ...pair, same: !pair.same } : pair));
  expect(similarityOf(validated(turned))).toBe(similarityOf({ plain, adapted, shrinkage: 1 }));
  expect(similarityOf({ plain, adapted, shrinkage: 1 })).not.toBe(probe.similarity);
});

describe("labels that teach nothing are refused", () => {
  test("when the answers are random, in at least 90 of 100 cases", () => {
    const verdicts = Array.from({ length: 40 }, (_, seed) => judged(labels(60, 4, seed, ANYTHING), seed).better);
    expect(verdicts.filter((better) => better).length).toBeLessThanOrEqual(4);
  });

  test("when the encoder tells all of them apart already", () => {
    const findings = judged(labels(80, 0, 3, TRUTH));
    expect(findings.plain.averagePrecision).toBeGreaterThan(0.99);
    expect(findings).toMatchObject({ better: false });
  });

  test("when there are too few of them, or of too few pictures", () => {
    expect(() => requireEnoughToLearn(labels(20, 4, 1, TRUTH), "labels.csv")).toThrow(
      "Adapting needs 30 pairs of each kind, of 10 different pictures; labels.csv has 20 the same and 20 different, of 20 pictures",
    );
    const few = labels(40, 4, 1, TRUTH).map((pair) => ({ ...pair, a: "one", b: "one" }));
    expect(() => requireEnoughToLearn(few, "labels.csv")).toThrow("of 1 pictures");
    expect(() => requireEnoughToLearn(labels(40, 4, 1, TRUTH), "labels.csv")).not.toThrow();
  });
});
