import { describe, expect, test } from "vitest";
import { allPairs } from "../../../src/core/calibration/false-pair-estimate.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { SampledPhoto } from "../../../src/core/synthetic/edited-photo.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createPairSearch } from "../../../src/io/vectors/pair-search.ts";
import { pairSample } from "../../../src/pipeline/synthetic/pair-sample.ts";
import { frame, idOf, NO_EXIF } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 32;

function photos(count: number): readonly SampledPhoto[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, (_, id) => ({
    id: idOf(id),
    file: { path: photoPath(`/photos/${id}.jpg`), bytes: 1, modifiedMs: 0, changedMs: null, fileId: `1:${id}` },
    hash: contentHash(id.toString(16).padStart(64, "0")),
    exposure: id < 3 ? frame(`2020:01:01 10:00:0${id}`) : NO_EXIF,
    pixelsHash: null,
    detail: 0.5,
    vector: toUnitLength(Array.from({ length: DIMENSIONS }, () => random() - 0.4)),
  }));
}

describe("the pairs of a sample", () => {
  test("are all listed where they are few, but for those of different exposures", async () => {
    const sample = photos(40);
    const { listed, unlisted, excluded } = await pairSample(sample, 0.5, createPairSearch(2), seededRandom(1));
    expect(excluded).toEqual({ sameBytes: 0, nearlyEmpty: 0, differentExposures: 3, seenDifferent: 0 });
    expect([listed.length, unlisted]).toEqual([allPairs(40) - 3, 0]);
    for (const { first, second, similarity } of listed) {
      expect(similarity).toBe(cosine((sample[first] as SampledPhoto).vector, (sample[second] as SampledPhoto).vector));
    }
  });

  test("are listed from some similarity on where they are many, all others being less similar and counted", async () => {
    const sample = photos(900);
    const { listed, unlisted, excluded } = await pairSample(sample, 0.99, createPairSearch(2), seededRandom(1));
    expect(listed.length).toBeGreaterThan(180_000);
    expect(listed.length).toBeLessThan(220_000);
    const left = Object.values(excluded).reduce((sum, count) => sum + count, 0);
    expect(listed.length + unlisted + left).toBe(allPairs(900));
    const lowest = listed.reduce((least, { similarity }) => Math.min(least, similarity), 1);
    let reaching = 0;
    sample.forEach((one, row) => {
      for (const other of sample.slice(0, row)) if (cosine(one.vector, other.vector) >= lowest) reaching++;
    });
    expect(listed.length + left).toBe(reaching);
  });

  test("are all listed at or above the floor, however many", async () => {
    const sample = photos(900);
    const { listed, unlisted } = await pairSample(sample, -1, createPairSearch(2), seededRandom(1));
    expect([listed.length, unlisted]).toEqual([allPairs(900) - 3, 0]);
  });
});
