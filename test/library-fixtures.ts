/**
 * Libraries for the tests of the pure layers, from as few words as a test needs.
 */

import type { Calibration } from "../src/core/calibration/calibration.ts";
import type { CurvePoint } from "../src/core/calibration/precision-recall-curve.ts";
import type { Linkage } from "../src/core/duplicates/clustering.ts";
import { NOTHING_DECIDED } from "../src/core/duplicates/decided-pairs.ts";
import { findSets, type SetChoice, type SimilarityOf } from "../src/core/duplicates/duplicate-sets.ts";
import { NO_FOLDERS } from "../src/core/duplicates/folder-tally.ts";
import { DEFAULT_RULES, rankContents } from "../src/core/duplicates/keeper.ts";
import { type Candidate, candidateOf } from "../src/core/duplicates/merits.ts";
import type { Report } from "../src/core/duplicates/report.ts";
import type { Evidence } from "../src/core/duplicates/sort-pairs.ts";
import type { ContentId, LibraryContent, Pair } from "../src/core/library/contents.ts";
import { NOTHING_LEFT_OUT } from "../src/core/library/left-out.ts";
import { LooksSeen } from "../src/core/look/looks-seen.ts";
import type { Laying, Look } from "../src/core/look/verdict.ts";
import type { LibraryMap, MapPoint, MapSet } from "../src/core/map/library-map.ts";
import { NONE_EXCLUDED } from "../src/core/pairs/labelled-pair.ts";
import type { ScoredPair } from "../src/core/pairs/scored-pair.ts";
import { CompanionIndex } from "../src/core/photos/companions.ts";
import { type Exposure, NO_EXPOSURE, parseCaptureTime } from "../src/core/photos/exposure.ts";
import type { CompanionFile, PictureFacts, PictureFormat } from "../src/core/photos/photo.ts";
import { histogram } from "../src/core/statistics/histogram.ts";
import { contentHash, encoderKey, type PixelsHash, photoPath, similarity } from "../src/core/units.ts";

export { shuffled } from "../src/core/statistics/seeded-random.ts";

export const NO_EXIF: Exposure = NO_EXPOSURE;
/** What tells nothing for a photo or against it. */
export const NO_MARKS = {
  exifFields: 0,
  pixelsHash: null,
  bits: 8,
  hasPlace: false,
  isWhole: true,
  editor: false,
  inside: [],
} as const satisfies Partial<PictureFacts>;

/** What one camera wrote of one moment: "2019:03:21 11:04:22", "348", "+09:00". */
export function frame(time: string, fraction = "", offset = "", camera = "Maker Model 1"): Exposure {
  return { ...NO_EXPOSURE, takenAt: parseCaptureTime(time, fraction, offset), camera };
}

export interface ContentSketch {
  readonly paths?: readonly string[];
  readonly bytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly format?: PictureFormat;
  readonly exposure?: Exposure;
  readonly exifFields?: number;
  readonly pixelsHash?: PixelsHash | null;
  readonly bits?: PictureFacts["bits"];
  readonly hasPlace?: PictureFacts["hasPlace"];
  readonly isWhole?: PictureFacts["isWhole"];
  readonly editor?: PictureFacts["editor"];
  readonly inside?: PictureFacts["inside"];
  readonly detail?: number;
  readonly modifiedMs?: number;
}

/** Numbers of contents, as tests write them. */
export function idOf(number: number): ContentId {
  return number as ContentId;
}

/** Twelve megapixels with much to see and no EXIF at `/photos/<id>.jpg`, unless the sketch says otherwise. */
export function content(number: number, sketch: ContentSketch = {}): LibraryContent {
  const id = idOf(number);
  const { paths = [`/photos/${id}.jpg`], bytes = 4_000_000, width = 4000, height = 3000, format = "jpeg" } = sketch;
  const { exposure = NO_EXIF, detail = 0.5, modifiedMs = 1_500_000_000_000 } = sketch;
  const { exifFields = 0, pixelsHash = null, bits = 8, hasPlace = false, editor = false, inside = [], isWhole = true } = sketch;
  return {
    id,
    hash: contentHash(id.toString(16).padStart(64, "0")),
    bytes,
    facts: { width, height, format, exposure, exifFields, pixelsHash, bits, hasPlace, editor, inside, isWhole },
    detail,
    photos: paths.map((path) => ({ path: photoPath(path), modifiedMs, changedMs: modifiedMs, fileId: `1:${path}` })),
  };
}

/** @param companions paths of what travels with it */
export function candidate(sketch: ContentSketch = {}, companions: readonly string[] = []): Candidate {
  const whole = content(1, sketch);
  return candidateOf(whole, whole.photos[0] as Candidate["photo"], companions.map(companionFile));
}

export function library(...contents: readonly LibraryContent[]): ReadonlyMap<ContentId, LibraryContent> {
  return new Map(contents.map((one) => [one.id, one]));
}

export function pair(a: number, b: number, value: number): Pair {
  return { a: idOf(a), b: idOf(b), similarity: similarity(value) };
}

/** Similarities as the pairs have them; contents that form no pair have the one that lies below the threshold. */
export function similarityAmong(pairs: readonly Pair[], below = 0.4): SimilarityOf {
  const key = (one: ContentId, other: ContentId) => `${Math.min(one, other)}-${Math.max(one, other)}`;
  const known = new Map(pairs.map((one) => [key(one.a, one.b), one.similarity]));
  return (one, other) => known.get(key(one, other)) ?? similarity(below);
}

export function setChoice(choice: Partial<SetChoice> = {}): SetChoice {
  return {
    rules: DEFAULT_RULES,
    protectedFolders: [],
    linkage: "star" satisfies Linkage,
    acrossRoots: null,
    decided: NOTHING_DECIDED,
    ...choice,
  };
}

/** A look that lays the whole on the whole; same unless the sketch says otherwise. */
export function look(sketch: Partial<Look> = {}): Look {
  const whole = [0, 0, 1, 0, 1, 1, 0, 1] as const;
  const laying: Laying = {
    otherOnOne: whole,
    oneOnOther: whole,
    colour: { one: "as-the-other", other: "as-the-other" },
    isFramed: { one: false, other: false },
    isEnlarged: { one: false, other: false },
  };
  return { verdict: "same", agreement: 1, laying, regions: [], ...sketch };
}

/** Every pair was looked at: the same picture, unless it is told otherwise by "1 2", the smaller id first. */
export function looksAt(pairs: readonly Pair[], others: Readonly<Record<string, Partial<Look>>> = {}): LooksSeen {
  const seen = new LooksSeen();
  for (const { a, b } of pairs) {
    const [one, other] = a < b ? [a, b] : [b, a];
    seen.add({ one, other, look: look(others[`${one} ${other}`]) });
  }
  return seen;
}

/** What decides where every pair was looked at. */
export function evidenceOf(looks: LooksSeen | null, undecidedFrom = 0.9): Evidence {
  return { looks, undecidedFrom, isUnreadable: () => false, isFutile: () => false };
}

/** @param companionFiles paths of what lies beside the photos */
export function setsOf(
  contents: readonly LibraryContent[],
  pairs: readonly Pair[],
  choice: Partial<SetChoice> = {},
  companionFiles: readonly string[] = [],
  looks: LooksSeen | null = looksAt(pairs),
) {
  const whole = setChoice(choice);
  const companions = new CompanionIndex(companionFiles.map(companionFile));
  const ranked = rankContents(library(...contents), (photo) => companions.of(photo), whole);
  return findSets(ranked, pairs, similarityAmong(pairs), evidenceOf(looks), whole);
}

export function companionFile(path: string): CompanionFile {
  return { path: photoPath(path), bytes: 1000 };
}

export const ENCODER_KEY = encoderKey("ab".repeat(32));

/** A report that found nothing, unless the sketch says otherwise. */
export function report(sketch: Partial<Report> = {}): Report {
  return {
    encoder: { id: "dupfind-lite", version: 12, key: ENCODER_KEY },
    threshold: { value: 0.65, origin: "measured" },
    folders: [],
    returnedCount: 0,
    since: null,
    photoCount: 0,
    uncomparedCount: 0,
    unreadCount: 0,
    unwalkedRoots: [],
    tally: NO_FOLDERS,
    sets: [],
    stale: { changed: 0, absent: 0 },
    unreadablePairs: 0,
    only: null,
    looked: true,
    burstCount: 0,
    skipped: [],
    leftOut: NOTHING_LEFT_OUT,
    ...sketch,
  };
}

export function scoredPair(a: string, b: string, same: boolean, value: number): ScoredPair {
  return { a, b, same, similarity: similarity(value) };
}

/** What holds at a threshold that 60 of 100 same pairs reach, and one of 200 different ones. */
export function point(threshold: number): CurvePoint {
  const [truePositives, falsePositives] = [60, 1];
  return {
    threshold: similarity(threshold),
    truePositives,
    falsePositives,
    precision: truePositives / (truePositives + falsePositives),
    recall: truePositives / 100,
    falsePositiveRate: falsePositives / 200,
  };
}

/** A calibration with labels for a precision of 0.9, unless the sketch says otherwise. */
export function calibration(sketch: Partial<Calibration> = {}): Calibration {
  const bins = histogram([0.1, 0.2, 0.2, 0.9]);
  return {
    encoder: { id: "dupfind-lite", version: 12, key: ENCODER_KEY },
    createdAt: "2026-03-04T05:06:07.000Z",
    source: "labels",
    excluded: NONE_EXCLUDED,
    synthetic: null,
    precision: 0.9,
    pairs: { same: 100, different: 200, photos: 250 },
    threshold: { guaranteed: 0.6, limitedByFloor: false, observed: 0.5, interval: { low: 0.47, high: 0.58 } },
    at: point(0.6),
    falsePositiveRateAtMost: 0.0235,
    averagePrecision: 0.98765,
    labels: 300,
    chosen: { threshold: similarity(0.6), precision: 0.9, confidence: 0.996 },
    refusal: null,
    saved: true,
    reportThreshold: 0.6,
    guarantees: [
      { precision: 0.9, at: point(0.6) },
      { precision: 0.95, at: null },
    ],
    highestGuarantee: 0.9312,
    pairsToGuarantee: 44,
    curve: [point(0.6), { ...point(0.5), truePositives: 90, recall: 0.9 }],
    scores: { same: bins, different: bins },
    disputed: { wrong: [], missed: [] },
    library: { photos: 1000, similarities: bins, threshold: 0.6, pairsListed: 400, pairsFound: 321, falsePairs: null, wrongShare: null },
    ...sketch,
  };
}

/** A place on a map with one photo that has no date, unless the sketch says otherwise. */
export function mapPoint(
  x: number,
  y: number,
  sketch: Partial<Omit<MapPoint, "photos">> & { readonly photos: readonly string[] },
): MapPoint {
  return { x, y, year: null, outlierScore: 0.5, ...sketch, photos: sketch.photos.map(photoPath) };
}

export function libraryMap(points: readonly MapPoint[], sets: readonly MapSet[] = []): LibraryMap {
  return { encoder: { id: "dupfind-lite", version: 12, key: ENCODER_KEY }, threshold: { value: 0.65, origin: "measured" }, points, sets };
}
