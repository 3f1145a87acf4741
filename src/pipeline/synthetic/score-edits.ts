/**
 * The story of pairs without labels: draw photos of the library, edit and embed them, and take as different what the
 * library's photos are to each other, but for those that may be duplicates already.
 */
import type { SearchPairs } from "../../core/library/vectors.ts";
import type { DisputedPair, ReviewablePair } from "../../core/pairs/labelled-pair.ts";
import { samePictureGroups } from "../../core/pairs/same-picture-groups.ts";
import type { AreDifferent } from "../../core/pairs/seen-different.ts";
import { seededRandom } from "../../core/statistics/seeded-random.ts";
import { SUSPECTS_AT_MOST } from "../../core/synthetic/edit-recall.ts";
import { drawSamePairs, editSimilarities, pictureOf, type SampledPhoto, type SamplePair } from "../../core/synthetic/edited-photo.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import { suspectsAmong, withoutSuspects } from "../../core/synthetic/suspects.ts";
import { drawSample, requireEnough, type SampleSource } from "./draw-sample.ts";
import { type EditPorts, embedEdits } from "./embed-edits.ts";
import { pairSample } from "./pair-sample.ts";

export interface ScoreEditsPorts extends EditPorts, SampleSource {
  readonly searchPairs: SearchPairs;
  readonly areDifferent: AreDifferent;
}

export interface ScoreEditsChoice {
  /** Photos to draw, or all where there are fewer. */
  readonly photos: number;
  /** Encoder of the vectors. */
  readonly model: string;
  /** Similarity from which pairs of different contents may be duplicates. */
  readonly suspectFrom: number;
  /** Lowest threshold that a report can be asked for. */
  readonly floor: number;
}

/** Another seed draws other photos and edits. */
export const SYNTHETIC_SEED = 1;

/**
 * @returns null when it was stopped
 * @throws {UserError} when too few photos can be drawn or read
 */
export async function scoreEdits(ports: ScoreEditsPorts, choice: ScoreEditsChoice): Promise<ScoredPairSet | null> {
  const random = seededRandom(SYNTHETIC_SEED);
  const sample = await drawSample(ports, choice.photos, choice.model, random);
  const versions = await embedEdits(sample, SYNTHETIC_SEED, ports);
  if (versions === null) return null;
  const { edited, skipped } = versions;
  requireEnough(edited.length, `Only ${edited.length} of ${sample.length} photos can still be read`);
  const photos = edited.map(({ photo }) => photo);
  const { listed, unlisted, excluded } = await pairSample(photos, choice.floor, ports.searchPairs, random, ports.areDifferent);
  const suspects = suspectsAmong(listed, choice.suspectFrom);
  const different = withoutSuspects(listed, suspects).map((pair) => differentPair(pair, photos));
  return {
    pairs: oneWitnessEach([...drawSamePairs(edited, random), ...different], suspects, photos),
    labelled: [],
    unlisted,
    excluded,
    synthetic: {
      photos: edited.length,
      skipped: skipped.length,
      edits: editSimilarities(edited),
      suspects: {
        threshold: choice.suspectFrom,
        count: suspects.length,
        mostDoubtful: suspects.slice(0, SUSPECTS_AT_MOST).map((pair) => shown(pair, photos)),
      },
    },
  };
}

/** Photos that may be duplicates count as one: ten copies of a photo in the library are not ten witnesses. */
function oneWitnessEach(
  pairs: readonly ReviewablePair[],
  suspects: readonly SamplePair[],
  photos: readonly SampledPhoto[],
): readonly ReviewablePair[] {
  const path = (at: number) => (photos[at] as SampledPhoto).file.path;
  const origins: ReadonlyMap<string, string> = samePictureGroups(
    suspects.map(({ first, second }) => ({ a: path(first), b: path(second), same: true })),
  );
  return pairs.map((pair) => ({ ...pair, a: origins.get(pair.a) ?? pair.a, b: origins.get(pair.b) ?? pair.b }));
}

export function differentPair(pair: SamplePair, photos: readonly SampledPhoto[]): ReviewablePair {
  const { similarity, pictures } = shown(pair, photos);
  return { a: pictures[0].photo, b: pictures[1].photo, same: false, similarity, pictures };
}

function shown({ first, second, similarity }: SamplePair, photos: readonly SampledPhoto[]): DisputedPair {
  return { similarity, pictures: [pictureOf(photos[first] as SampledPhoto), pictureOf(photos[second] as SampledPhoto)] };
}
