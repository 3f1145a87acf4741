/**
 * The story of a comparison without labels: every encoder sees the same photos and the same edited bytes, and is asked
 * about the same pairs.
 */
import { type PairScore, scorePairs } from "../../core/calibration/encoder-comparison.ts";
import { allPairs } from "../../core/calibration/false-pair-estimate.ts";
import type { SearchPairs } from "../../core/library/vectors.ts";
import type { ReviewablePair } from "../../core/pairs/labelled-pair.ts";
import { seededRandom } from "../../core/statistics/seeded-random.ts";
import { type EditRecall, recallByEdit } from "../../core/synthetic/edit-recall.ts";
import {
  drawSamePairs,
  type EditedPhoto,
  editSimilarities,
  type SampledPhoto,
  type SamplePair,
} from "../../core/synthetic/edited-photo.ts";
import { suspectsAmong, withoutSuspects } from "../../core/synthetic/suspects.ts";
import { inParallel } from "../in-parallel.ts";
import { type EmbedPorts, embedPhoto } from "../photos/embed-photo.ts";
import { type EditPorts, embedEdits } from "../synthetic/embed-edits.ts";
import { type PairSample, pairSample } from "../synthetic/pair-sample.ts";
import { differentPair, SYNTHETIC_SEED } from "../synthetic/score-edits.ts";

/** Where an encoder takes more of all pairs for the same, its threshold is plainly wrong, and it has no say in what is suspected. */
const SUSPECTED_AT_MOST = 0.1;

export interface EmbedSamplePorts extends EditPorts, EmbedPorts {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** A sample as one encoder sees it. */
export interface EmbeddedSample {
  /** Similarity from which the encoder takes two photos for the same. */
  readonly threshold: number;
  /** In the order of the sample; photos that cannot be read are left out. */
  readonly edited: readonly EditedPhoto[];
  /** Originals decoded and encoded, without the edits. */
  readonly photosPerSecond: number;
}

/** @returns null when it was stopped */
export async function embedSample(
  sample: readonly SampledPhoto[],
  threshold: number,
  ports: EmbedSamplePorts,
): Promise<EmbeddedSample | null> {
  const begun = ports.now();
  const originals = new Map<SampledPhoto, SampledPhoto>();
  const embed = async (photo: SampledPhoto) => {
    const embedded = ports.stop.aborted ? null : await embedPhoto(photo, ports);
    return { photo, vector: embedded?.ok ? embedded.value.vector : null };
  };
  for await (const { photo, vector } of inParallel(sample, ports.parallel, embed)) {
    if (vector !== null) originals.set(photo, { ...photo, vector });
    ports.onProgress({ step: "embed", done: originals.size, total: sample.length });
  }
  const seconds = (ports.now() - begun) / 1000;
  const readable = sample.flatMap((photo) => originals.get(photo) ?? []);
  const versions = await embedEdits(readable, SYNTHETIC_SEED, ports);
  return versions === null ? null : { threshold, edited: versions.edited, photosPerSecond: originals.size / seconds };
}

export interface SampleComparison {
  readonly pairs: { readonly same: number; readonly different: number; readonly photos: number };
  readonly suspects: number;
  /** In the order of the encoders. */
  readonly scores: readonly (PairScore & { readonly edits: readonly EditRecall[] })[];
}

/** @param samples by every encoder: at least one, all of one sample */
export async function compareOnEdits(
  samples: readonly EmbeddedSample[],
  searchPairs: SearchPairs,
  precision: number,
): Promise<SampleComparison> {
  const sides = await Promise.all(withCommonPhotos(samples).map((side) => listPairs(side, searchPairs)));
  const suspects = unionOfSuspects(sides);
  const asked = sides.map(({ embedded: { edited }, sample }) => {
    const photos = edited.map(({ photo }) => photo);
    const different = withoutSuspects(sample.listed, suspects).map((pair) => differentPair(pair, photos));
    return { edited, same: drawSamePairs(edited, seededRandom(SYNTHETIC_SEED)), different, unlisted: sample.unlisted };
  });
  const [first] = asked as [(typeof asked)[number]];
  return {
    pairs: { same: first.same.length, different: first.different.length + first.unlisted, photos: first.edited.length },
    suspects: suspects.length,
    scores: asked.map(({ edited, same, different }) => scoreSide(edited, [...same, ...different], precision)),
  };
}

interface Side {
  readonly embedded: EmbeddedSample;
  readonly sample: PairSample;
}

async function listPairs(embedded: EmbeddedSample, searchPairs: SearchPairs): Promise<Side> {
  const photos = embedded.edited.map(({ photo }) => photo);
  return { embedded, sample: await pairSample(photos, embedded.threshold, searchPairs, seededRandom(SYNTHETIC_SEED)) };
}

/** Photos that every encoder embedded: one may have disappeared in between. */
function withCommonPhotos(samples: readonly EmbeddedSample[]): readonly EmbeddedSample[] {
  const ids = samples.map(({ edited }) => new Set(edited.map(({ photo }) => photo.id)));
  return samples.map((side) => ({ ...side, edited: side.edited.filter(({ photo }) => ids.every((known) => known.has(photo.id))) }));
}

/** What any encoder takes for the same: to leave out only what one of them does would favour that one. */
function unionOfSuspects(sides: readonly Side[]): readonly SamplePair[] {
  const union = new Map<string, SamplePair>();
  for (const { embedded, sample } of sides) {
    const suspects = suspectsAmong(sample.listed, embedded.threshold);
    if (suspects.length > SUSPECTED_AT_MOST * allPairs(embedded.edited.length)) continue;
    for (const pair of suspects) union.set(`${pair.first} ${pair.second}`, pair);
  }
  return [...union.values()];
}

function scoreSide(
  edited: readonly EditedPhoto[],
  pairs: readonly ReviewablePair[],
  precision: number,
): SampleComparison["scores"][number] {
  const score = scorePairs(pairs, precision);
  return { ...score, edits: score.at === null ? [] : recallByEdit(editSimilarities(edited), score.at.threshold) };
}
