/**
 * What a calibration saves, and what it does not: on a library in memory.
 */
import { describe, expect, test } from "vitest";
import type { CalibrationSource } from "../../../src/core/calibration/calibration-source.ts";
import type { CalibrationStore } from "../../../src/core/calibration/calibration-store.ts";
import { chooseThreshold } from "../../../src/core/calibration/threshold-choice.ts";
import type { ChosenEncoder } from "../../../src/core/encoders/ports.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { Pair } from "../../../src/core/library/contents.ts";
import type { ReviewablePair } from "../../../src/core/pairs/labelled-pair.ts";
import type { ScoredPairSet } from "../../../src/core/synthetic/scored-pair-set.ts";
import { contentHash, encoderKey, photoPath } from "../../../src/core/units.ts";
import { calibrateThreshold } from "../../../src/pipeline/calibration/calibrate-threshold.ts";
import { idOf, NO_EXIF, NO_MARKS, scoredPair } from "../../library-fixtures.ts";
import { MemoryLibrary } from "../../memory-library/memory-library.ts";
import { models } from "../../models.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 14;
const SPEC = models("/nowhere").find("dupfind-lite");
const OWN = SPEC.threshold.value;
const ENCODER = { spec: SPEC, key: encoderKey("a".repeat(64)) } as unknown as ChosenEncoder;

/** A library of so many different pictures: every pair that reaches a threshold is a wrong one. */
async function lookAlikes(count: number): Promise<CalibrationStore> {
  const random = seededRandom(12);
  const bell = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const vectors = Array.from({ length: count }, () => toUnitLength(Array.from({ length: DIMENSIONS }, bell)));
  const library = new MemoryLibrary();
  const facts = { width: 1, height: 1, format: "jpeg", exposure: NO_EXIF, ...NO_MARKS } as const;
  const scan = await library.scanWith(ENCODER, [{ path: "/photos", exclude: [], followLinks: false }], "test");
  await scan.record(
    vectors.map((vector, number) => {
      const file = { path: photoPath(`/photos/${number}.jpg`), bytes: 1, modifiedMs: 1, changedMs: null, fileId: `1:${number}` };
      const photo = { file, hash: contentHash(number.toString(16).padStart(64, "0")) };
      return { kind: "embedded", photo: { photo, facts, detail: 0.5, vector } };
    }),
  );
  const pairs = vectors
    .flatMap((one, a) => vectors.slice(0, a).map((other, b): Pair => ({ a: idOf(b + 1), b: idOf(a + 1), similarity: cosine(one, other) })))
    .filter(({ similarity }) => similarity >= SPEC.threshold.floor);
  await library.pairsOf(ENCODER).recordPairs({ pairs, through: idOf(count) });
  return library.calibrationOf(ENCODER);
}

/** Pairs of photos that share none and that the library does not hold, their similarities evenly from one to the other. */
function pairsOf(count: number, same: boolean, from: number, to: number): readonly ReviewablePair[] {
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [`${same}-${from}-${i}`, `${same}-${from}-${i}'`];
    const picture = (name: string) => ({ name, photo: photoPath(`/elsewhere/${name}.jpg`) });
    return { ...scoredPair(a, b, same, from + ((to - from) * i) / count), pictures: [picture(a), picture(b)] };
  });
}

const NONE_EXCLUDED = { sameBytes: 0, nearlyEmpty: 0, differentExposures: 0, seenDifferent: 0 };
const labels = (pairs: readonly ReviewablePair[]): ScoredPairSet => ({
  pairs,
  labelled: pairs,
  unlisted: 0,
  excluded: NONE_EXCLUDED,
  synthetic: null,
});
/** Edits that are all found far below the encoder's own threshold, and photos that are all below that. */
const edits: ScoredPairSet = {
  ...labels([...pairsOf(700, true, OWN - 0.1, 1), ...pairsOf(400, false, 0, OWN - 0.11)]),
  labelled: [],
  synthetic: { photos: 700, skipped: 0, edits: [], suspects: { threshold: OWN, count: 0, mostDoubtful: [] } },
};

const calibrate = async (store: CalibrationStore, scored: ScoredPairSet, source: CalibrationSource, force = false) => {
  const choice = { encoder: ENCODER, source, precision: 0.99, createdAt: "2026-03-04T05:06:07.000Z", save: true, force };
  const found = await calibrateThreshold({ store, scorePairs: async () => scored, areDifferent: () => false }, choice);
  if (found === null) throw new Error("Expected a calibration, got none");
  return found;
};
const inUse = async (store: CalibrationStore) => chooseThreshold(SPEC, { threshold: null, precision: null }, await store.saved());

describe("a calibration from edits", () => {
  test("that the library's own estimate contradicts is not saved, lower than the encoder's own threshold as it is", async () => {
    const store = await lookAlikes(1000);
    const found = await calibrate(store, edits, "synthetic");
    expect(found.chosen).toMatchObject({ precision: 0.99 });
    expect(found.chosen?.threshold).toBeLessThan(OWN);
    expect(found.library.pairsListed).toBeGreaterThan(100);
    expect(found.library.wrongShare?.expected).toBeGreaterThan(0.5);
    expect(found).toMatchObject({ refusal: { reason: "contradicted" }, saved: false, reportThreshold: OWN });
    expect(await store.saved()).toBeNull();
    expect((await calibrate(store, edits, "synthetic", true)).saved).toBe(false);
  });

  test("is saved where nothing speaks against it", async () => {
    const store = await lookAlikes(10);
    const found = await calibrate(store, edits, "synthetic");
    expect(found).toMatchObject({ refusal: null, saved: true, labels: 0, reportThreshold: found.chosen?.threshold });
    expect(await inUse(store)).toMatchObject({ value: found.chosen?.threshold, origin: "calibrated" });
  });
});

describe("a calibration from labels", () => {
  const many = labels([...pairsOf(250, true, 0.82, 1), ...pairsOf(459, false, OWN - 0.1, 0.819)]);
  const few = labels([...pairsOf(16, true, 0.7, 1), ...pairsOf(15, false, 0.3, 0.69)]);

  test("709 of which separate perfectly at 0.82 makes reports use 0.82, and says what for", async () => {
    const store = await lookAlikes(10);
    const found = await calibrate(store, many, "labels");
    expect(found).toMatchObject({ saved: true, labels: 709, threshold: { guaranteed: null } });
    expect(found.chosen?.confidence).toBeCloseTo(0.919, 3);
    const used = await inUse(store);
    expect(used.value).toBeCloseTo(0.82, 6);
    expect(used).toMatchObject({ calibration: { precision: found.chosen?.precision, pairs: 709 } });
  });

  test("of 31 does not replace one of 709, nor do edits, unless they are forced to", async () => {
    const store = await lookAlikes(10);
    await calibrate(store, many, "labels");
    const before = await store.saved();
    for (const [scored, source] of [
      [few, "labels"],
      [edits, "synthetic"],
    ] as const) {
      const found = await calibrate(store, scored, source);
      expect(found).toMatchObject({ saved: false, refusal: { reason: "rests-on-less", labels: 709 } });
      expect(found.reportThreshold).toBeCloseTo(0.82, 6);
      expect(await store.saved()).toEqual(before);
    }
    expect(await calibrate(store, few, "labels", true)).toMatchObject({ saved: true, labels: 31 });
  });
});
