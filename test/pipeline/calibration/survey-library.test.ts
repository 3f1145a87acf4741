/**
 * The survey of a library that is larger than its sample: more contents than are all compared with each other.
 */
import { describe, expect, test } from "vitest";
import type { CalibrationStore } from "../../../src/core/calibration/calibration-store.ts";
import { allPairs } from "../../../src/core/calibration/false-pair-estimate.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { Pair } from "../../../src/core/library/contents.ts";
import type { SeenPhoto } from "../../../src/core/pairs/judged-pair.ts";
import { contentHash } from "../../../src/core/units.ts";
import { surveyLibrary } from "../../../src/pipeline/calibration/survey-library.ts";
import { NO_EXIF } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const CONTENTS = 2000;
const DIMENSIONS = 14;
const THRESHOLD = 0.8;
/** Every picture is another one: each pair that reaches the threshold is a false one. */
const VECTORS = randomDirections(CONTENTS);

function randomDirections(count: number): readonly Float32Array[] {
  const random = seededRandom(12);
  const bell = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => toUnitLength(Array.from({ length: DIMENSIONS }, bell)));
}

/** The most similar pairs, falling. */
const SIMILAR: readonly Pair[] = VECTORS.flatMap((one, a) =>
  VECTORS.slice(0, a).map((other, b): Pair => ({ a, b, similarity: cosine(one, other) })),
)
  .filter(({ similarity }) => similarity >= 0.6)
  .sort((one, other) => other.similarity - one.similarity);

/** A library in memory, whose scan kept the pairs at or above the floor. */
function libraryWith(floor: number): CalibrationStore {
  const kept = SIMILAR.filter(({ similarity }) => similarity >= floor);
  const photos = VECTORS.map(
    (vector, id): SeenPhoto => ({ hash: contentHash(id.toString(16).padStart(64, "0")), exposure: NO_EXIF, detail: 0.5, vector }),
  );
  return {
    findContent: () => null,
    contentAt: () => null,
    photo: (id) => photos[id] as SeenPhoto,
    comparedContents: () => photos.map((_, id) => id),
    pairsAtOrAbove: (threshold) => kept.filter(({ similarity }) => similarity >= threshold),
    pairsBelow: (threshold) => kept.filter(({ similarity }) => similarity < threshold),
    save: () => {
      throw new Error("A survey saves nothing");
    },
    saved: () => null,
  };
}

describe("a survey of a library with more contents than its sample", () => {
  test("takes the tail from the pairs that the scan kept, which are of the whole library", () => {
    const survey = surveyLibrary(libraryWith(0.6), [], THRESHOLD);
    expect(survey.photos).toBe(CONTENTS);
    expect(survey.similarities.reduce((sum, count) => sum + count, 0)).toBe(allPairs(1500));
    expect(survey.wrongPairs?.tail).toMatchObject({ cut: THRESHOLD, lookedAt: allPairs(CONTENTS) });
    expect(survey.pairsFound).toBeGreaterThan(100);
    expect(survey.wrongPairs?.low).toBeGreaterThan(survey.pairsFound / 20);
    expect(survey.wrongPairs?.low).toBeLessThanOrEqual(survey.pairsFound);
    expect(survey.wrongPairs?.high).toBe(survey.pairsFound);
  });

  test("takes it from the sample where the scan kept too few pairs below the threshold", () => {
    const survey = surveyLibrary(libraryWith(THRESHOLD - 0.001), [], THRESHOLD);
    expect(survey.wrongPairs?.tail).toMatchObject({ cut: THRESHOLD, lookedAt: allPairs(1500) });
  });
});
