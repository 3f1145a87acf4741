import { describe, expect, test } from "vitest";
import { allPairs } from "../../../src/core/calibration/false-pair-estimate.ts";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { editsOf, type SampledPhoto } from "../../../src/core/synthetic/edited-photo.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createPairSearch } from "../../../src/io/vectors/pair-search.ts";
import { compareOnEdits, type EmbeddedSample } from "../../../src/pipeline/calibration/compare-encoders.ts";
import { idOf, NO_EXIF } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 64;
const PHOTOS = 40;

/** An encoder for which an edit lies `spread` away from its original, and photo 1 where photo 0 does if they are `alike`. */
function seenBy({ seed = 1, spread = 0.3, threshold = 0.8, alike = false, without = -1 }): EmbeddedSample {
  const random = seededRandom(seed);
  const draw = () => Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const near = (vector: Float32Array, by: number) => {
    const noise = draw();
    return toUnitLength(vector.map((value, i) => value + by * (noise[i] as number)));
  };
  const originals = Array.from({ length: PHOTOS }, () => toUnitLength(draw()));
  if (alike) originals[1] = near(originals[0] as Float32Array, 0.01);
  const edited = originals.map((vector, id) => {
    const hash = contentHash(id.toString(16).padStart(64, "7"));
    const file = { path: photoPath(`/photos/${id}.jpg`), bytes: 1, modifiedMs: 0, changedMs: null, fileId: `1:${id}` };
    const photo: SampledPhoto = { id: idOf(id), file, hash, exposure: NO_EXIF, pixelsHash: null, detail: 0.5, vector };
    return { photo, edits: editsOf(hash, 1).map((edit) => ({ edit, vector: near(vector, spread) })) };
  });
  return { threshold, edited: edited.filter(({ photo }) => photo.id !== without), photosPerSecond: 1 };
}

const compare = (...seen: readonly EmbeddedSample[]) => compareOnEdits(seen, createPairSearch(2), 0.99);

describe("encoders on the edits of one sample", () => {
  test("score by how near edits stay to their photo, compared with other photos", async () => {
    const { scores, pairs, suspects } = await compare(seenBy({ spread: 0.2 }), seenBy({ seed: 2, spread: 2 }));
    expect({ pairs, suspects }).toEqual({ pairs: { same: PHOTOS, different: allPairs(PHOTOS), photos: PHOTOS }, suspects: 0 });
    expect(scores[0]).toMatchObject({ averagePrecision: 1, at: { precision: 1, recall: 1 } });
    expect(scores[1]?.averagePrecision).toBeLessThan(0.9);
    expect(scores[0]?.edits.reduce((sum, { found }) => sum + found, 0)).toBe(3 * PHOTOS);
    expect(scores[1]?.edits.reduce((sum, { found }) => sum + found, 0) ?? 0).toBeLessThan(2 * PHOTOS);
  });

  test("are not asked about a pair that one of them takes for duplicates", async () => {
    const [blind, seeing] = [seenBy({ seed: 3 }), seenBy({ seed: 4, alike: true })];
    expect(await compare(blind, seeing)).toMatchObject({ suspects: 1, pairs: { different: allPairs(PHOTOS) - 1 } });
    expect((await compare(seeing, blind)).suspects).toBe(1);
    expect((await compare(blind)).suspects).toBe(0);
  });

  test("have no say in that when their threshold takes a tenth of all pairs for the same", async () => {
    const [good, hopeless] = [seenBy({ seed: 5, alike: true }), seenBy({ seed: 6, threshold: -0.5 })];
    const { suspects, scores } = await compare(good, hopeless);
    expect(suspects).toBe(1);
    expect(scores.map(({ averagePrecision }) => averagePrecision)).toEqual([1, 1]);
  });

  test("are compared on the photos that all of them could read", async () => {
    const { pairs } = await compare(seenBy({ without: 3 }), seenBy({ seed: 2, without: 7 }));
    expect(pairs).toMatchObject({ same: PHOTOS - 2, photos: PHOTOS - 2 });
  });
});
