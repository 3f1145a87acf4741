import { describe, expect, test } from "vitest";
import type { SavedCalibration } from "../../../src/core/calibration/saved-calibration.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId } from "../../../src/core/library/contents.ts";
import type { PhotoEvidence } from "../../../src/core/pairs/labelled-pair.ts";
import { histogram } from "../../../src/core/statistics/histogram.ts";
import { compareNewPhotos } from "../../../src/pipeline/drift/compare-new-photos.ts";
import { idOf, NO_EXIF } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

/** Photos all over the space, and photos that lie close together. */
function vectors(spread: number, close: number): readonly Float32Array[] {
  const random = seededRandom(51);
  const vector = (middle: number) => toUnitLength(Array.from({ length: 16 }, (_, i) => random() - 0.5 + (i === 0 ? middle : 0)));
  return [...Array.from({ length: spread }, () => vector(0)), ...Array.from({ length: close }, () => vector(3))];
}

/** A library that was calibrated when it had the first photos. */
function store(photos: readonly Float32Array[], calibratedOn: number) {
  const then = photos.slice(0, calibratedOn);
  const similarities = histogram(then.flatMap((one, i) => then.slice(0, i).map((other) => cosine(one, other))));
  return {
    comparedContents: async () => [...photos.keys()].map(idOf),
    photos: async (ids: Iterable<ContentId>) =>
      new Map([...ids].map((id) => [id, { vector: photos[id] as Float32Array, detail: 1, exposure: NO_EXIF } as PhotoEvidence])),
    saved: async () => ({ library: { photos: calibratedOn, similarities } }) as unknown as SavedCalibration,
  };
}

describe("new photos", () => {
  test("that are like the old ones are no reason to calibrate again", async () => {
    expect(await compareNewPhotos(store(vectors(600, 0), 300))).toMatchObject({ kind: "compared", newPhotos: 300, isShifted: false });
  });

  test("of a kind of their own are, once they are a good part of the library", async () => {
    const shift = await compareNewPhotos(store(vectors(300, 300), 300));
    expect(shift).toMatchObject({ kind: "compared", newPhotos: 300, isShifted: true });
    expect(await compareNewPhotos(store(vectors(900, 60), 900))).toMatchObject({ newPhotos: 60, isShifted: false });
  });

  test("are not judged where they are few, were calibrated on few, or are fewer than were forgotten", async () => {
    expect(await compareNewPhotos(store(vectors(349, 0), 300))).toEqual({ kind: "too-few", newPhotos: 49 });
    expect(await compareNewPhotos(store(vectors(349, 0), 1))).toEqual({ kind: "too-few", newPhotos: 348 });
    expect(await compareNewPhotos({ ...store(vectors(300, 0), 300), comparedContents: async () => [1, 2, 3].map(idOf) })).toEqual({
      kind: "too-few",
      newPhotos: 0,
    });
  });

  test("are held against nothing where there is no calibration", async () => {
    expect(await compareNewPhotos({ ...store(vectors(300, 0), 100), saved: async () => null })).toEqual({ kind: "not-calibrated" });
  });
});
