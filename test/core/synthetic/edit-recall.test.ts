import { describe, expect, test } from "vitest";
import { calibrationCurve } from "../../../src/core/calibration/precision-recall-curve.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { recallByEdit, syntheticFindings } from "../../../src/core/synthetic/edit-recall.ts";
import {
  drawSamePairs,
  type EditedPhoto,
  editSimilarities,
  editsOf,
  type SampledPhoto,
  type SamplePair,
} from "../../../src/core/synthetic/edited-photo.ts";
import { suspectsAmong, withoutSuspects } from "../../../src/core/synthetic/suspects.ts";
import { contentHash, photoPath, similarity } from "../../../src/core/units.ts";
import { idOf, NO_EXIF, scoredPair } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

function hashOf(id: number) {
  return contentHash((id * 2654435761).toString(16).padStart(64, "0").slice(-64).split("").reverse().join(""));
}

function sampled(id: number, vector: Float32Array): SampledPhoto {
  const path = photoPath(`/photos/${id}.jpg`);
  return {
    id: idOf(id),
    file: { path, bytes: 1, modifiedMs: 0, changedMs: null, fileId: `1:${id}` },
    hash: hashOf(id),
    exposure: NO_EXIF,
    pixelsHash: null,
    detail: 0.5,
    vector,
  };
}

function edited(count: number): readonly EditedPhoto[] {
  const random = seededRandom(count);
  const vector = () => toUnitLength(Array.from({ length: 8 }, () => random() - 0.5));
  return Array.from({ length: count }, (_, id) => {
    const photo = sampled(id, vector());
    return { photo, edits: editsOf(photo.hash, 1).map((edit) => ({ edit, vector: vector() })) };
  });
}

describe("pairs made of edits", () => {
  test("are one for each photo, of two of its versions, the same for the same seed", () => {
    const photos = edited(400);
    const pairs = drawSamePairs(photos, seededRandom(1));
    expect(pairs).toEqual(drawSamePairs(photos, seededRandom(1)));
    for (const [at, { a, b, same, similarity: found, pictures }] of pairs.entries()) {
      const { photo, edits } = photos[at] as EditedPhoto;
      expect([a, b, same]).toEqual([photo.file.path, photo.file.path, true]);
      expect(pictures[0].name).not.toBe(pictures[1].name);
      const vectors = [photo, ...edits].map(({ vector }) => vector);
      const possible = vectors.flatMap((one, i) => vectors.slice(i + 1).map((other) => cosine(one, other)));
      expect(possible).toContain(found);
    }
  });

  test("are as often of the original and an edit as of two edits, of which there are as many", () => {
    const withOriginal = drawSamePairs(edited(2000), seededRandom(2)).filter(({ pictures }) => pictures[0].name === pictures[0].photo);
    expect(withOriginal.length).toBeGreaterThan(900);
    expect(withOriginal.length).toBeLessThan(1100);
  });

  test("depend on the content and the seed, not on what else is sampled", () => {
    expect(editsOf(hashOf(5), 1)).toEqual(editsOf(hashOf(5), 1));
    expect(editsOf(hashOf(5), 2)).not.toEqual(editsOf(hashOf(5), 1));
    expect(editsOf(hashOf(6), 1)).not.toEqual(editsOf(hashOf(5), 1));
  });
});

describe("what an encoder finds of the edits", () => {
  test("is counted by kind at the threshold", () => {
    const edits = [0.9, 0.7, 0.7, 0.2].map((value) => ({ kind: "crop", similarity: similarity(value) }) as const);
    const turned = { kind: "turn", similarity: similarity(0.3) } as const;
    expect(recallByEdit([...edits, turned], 0.7)).toEqual([
      { kind: "crop", total: 4, found: 3 },
      { kind: "turn", total: 1, found: 0 },
    ]);
    const suspects = { threshold: 0.8, count: 0, mostDoubtful: [] };
    expect(syntheticFindings({ photos: 1, skipped: 2, edits, suspects }, 0.8)).toEqual({
      photos: 1,
      skipped: 2,
      edits: [{ kind: "crop", total: 4, found: 1 }],
      suspects,
    });
  });

  test("is asked of every edit against its original", () => {
    const photos = edited(20);
    const [first] = photos as [EditedPhoto];
    const similarities = editSimilarities(photos);
    expect(similarities.length).toBe(60);
    expect(similarities[0]).toEqual({
      kind: first.edits[0]?.edit.kind,
      similarity: cosine(first.photo.vector, first.edits[0]?.vector as Float32Array),
    });
  });
});

describe("photos that may be duplicates already", () => {
  const sampled = (first: number, second: number, value: number): SamplePair => ({ first, second, similarity: similarity(value) });
  const pairs = [sampled(1, 2, 0.9), sampled(2, 3, 0.8), sampled(1, 3, 0.5), sampled(3, 4, 0.6), sampled(4, 5, 0.1)];

  test("are the pairs from the threshold on, the most doubtful first", () => {
    expect(suspectsAmong(pairs, 0.8)).toEqual([sampled(2, 3, 0.8), sampled(1, 2, 0.9)]);
  });

  test("leave no pair behind that both match a third photo", () => {
    expect(withoutSuspects(pairs, suspectsAmong(pairs, 0.8))).toEqual([sampled(3, 4, 0.6), sampled(4, 5, 0.1)]);
    expect(withoutSuspects(pairs, [])).toEqual(pairs);
  });
});

describe("different pairs that are too many to list", () => {
  test("count in the false-positive rate and change nothing else", () => {
    const pairs = [scoredPair("a", "a", true, 0.9), scoredPair("a", "b", false, 0.8), scoredPair("b", "b", true, 0.7)];
    const rates = calibrationCurve(pairs, 99).map(({ falsePositiveRate }) => falsePositiveRate);
    expect(rates).toEqual([0, 0.01, 0.01]);
    const [without, withThem] = [calibrationCurve(pairs), calibrationCurve(pairs, 99)];
    expect(withThem.map(({ precision, recall }) => [precision, recall])).toEqual(
      without.map(({ precision, recall }) => [precision, recall]),
    );
  });
});
