/**
 * The survey of a library that is larger than its sample: more contents than are all compared with each other.
 */
import { describe, expect, test } from "vitest";
import type { CalibrationStore } from "../../../src/core/calibration/calibration-store.ts";
import { allPairs } from "../../../src/core/calibration/false-pair-estimate.ts";
import type { ChosenEncoder } from "../../../src/core/encoders/ports.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { Pair } from "../../../src/core/library/contents.ts";
import { contentHash, encoderKey, photoPath } from "../../../src/core/units.ts";
import { surveyLibrary } from "../../../src/pipeline/calibration/survey-library.ts";
import { idOf, NO_EXIF, NO_MARKS } from "../../library-fixtures.ts";
import { MemoryLibrary } from "../../memory-library/memory-library.ts";
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

/** The most similar pairs. Contents are numbered from 1 in the order they are recorded. */
const SIMILAR: readonly Pair[] = VECTORS.flatMap((one, a) =>
  VECTORS.slice(0, a).map((other, b): Pair => ({ a: idOf(b + 1), b: idOf(a + 1), similarity: cosine(one, other) })),
).filter(({ similarity }) => similarity >= 0.6);

const ENCODER = {
  spec: { id: "made-up", version: null, image: { dimensions: DIMENSIONS } },
  key: encoderKey("a".repeat(64)),
} as unknown as ChosenEncoder;

/** A library in memory, whose scan kept the pairs at or above the floor. */
async function libraryWith(floor: number): Promise<CalibrationStore> {
  const library = new MemoryLibrary();
  const facts = { width: 1, height: 1, format: "jpeg", exposure: NO_EXIF, ...NO_MARKS } as const;
  const scan = await library.scanWith(ENCODER, [{ path: "/photos", exclude: [], followLinks: false }], "test");
  await scan.record(
    VECTORS.map((vector, number) => {
      const file = { path: photoPath(`/photos/${number}.jpg`), bytes: 1, modifiedMs: 1, changedMs: null, fileId: `1:${number}` };
      const photo = { file, hash: contentHash(number.toString(16).padStart(64, "0")) };
      return { kind: "embedded", photo: { photo, facts, detail: 0.5, vector } };
    }),
  );
  const pairs = SIMILAR.filter(({ similarity }) => similarity >= floor);
  await library.pairsOf(ENCODER).recordPairs({ pairs, through: idOf(CONTENTS) });
  return library.calibrationOf(ENCODER);
}

describe("a survey of a library with more contents than its sample", () => {
  test("takes the tail from the pairs that the scan kept, which are of the whole library", async () => {
    const survey = await surveyLibrary(await libraryWith(0.6), [], THRESHOLD, THRESHOLD, () => false);
    expect(survey.photos).toBe(CONTENTS);
    expect(survey.similarities.reduce((sum, count) => sum + count, 0)).toBe(allPairs(1500));
    expect(survey.falsePairs?.tail).toMatchObject({ cut: THRESHOLD, lookedAt: allPairs(CONTENTS) });
    expect(survey.pairsFound).toBeGreaterThan(100);
    expect(survey.falsePairs?.low).toBeGreaterThan(survey.pairsFound / 20);
    expect(survey.falsePairs?.low).toBeLessThanOrEqual(survey.pairsFound);
    expect(survey.falsePairs?.high).toBe(survey.pairsFound);
  });

  test("lists no pair that was seen to be different, and takes none of those for false", async () => {
    const library = await libraryWith(0.6);
    const all = await surveyLibrary(library, [], THRESHOLD, THRESHOLD, () => false);
    const half = await surveyLibrary(library, [], THRESHOLD, THRESHOLD, (one) => one % 2 === 0);
    expect(half.pairsListed).toBeLessThan(all.pairsListed);
    expect(half.pairsListed).toBeGreaterThan(0);
    expect(half.falsePairs?.high).toBeLessThanOrEqual(half.pairsFound);
    const none = await surveyLibrary(library, [], THRESHOLD, THRESHOLD, () => true);
    expect([none.pairsListed, none.pairsFound, none.falsePairs?.high]).toEqual([0, 0, 0]);
  });

  test("takes it from the sample where the scan kept too few pairs below the threshold", async () => {
    const survey = await surveyLibrary(await libraryWith(THRESHOLD - 0.001), [], THRESHOLD, THRESHOLD, () => false);
    expect(survey.falsePairs?.tail).toMatchObject({ cut: THRESHOLD, lookedAt: allPairs(1500) });
  });
});
