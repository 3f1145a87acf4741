/**
 * All pairs of the sampled photos, the similar ones listed and the rest counted: where a threshold lies, only the similar
 * ones tell, and ten thousand photos have fifty million pairs.
 */
import { allPairs } from "../../core/calibration/false-pair-estimate.ts";
import { cosineOfRows, roundingMargin } from "../../core/encoders/similarity.ts";
import type { SearchPairs, VectorMatrix } from "../../core/library/vectors.ts";
import { exclusionOf, NONE_EXCLUDED, type PairExclusion } from "../../core/pairs/labelled-pair.ts";
import type { AreDifferent } from "../../core/pairs/seen-different.ts";
import type { Random } from "../../core/statistics/seeded-random.ts";
import type { SampledPhoto, SamplePair } from "../../core/synthetic/edited-photo.ts";

export interface PairSample {
  /** The most similar ones. */
  readonly listed: readonly SamplePair[];
  /** Less similar than every listed one. */
  readonly unlisted: number;
  /** Similar ones that a report decides without their similarity. */
  readonly excluded: Readonly<Record<PairExclusion, number>>;
}

/** As many different pairs as the rest of a calibration can resample a thousand times in seconds. */
const LISTED_ABOUT = 200_000;
/** Drawn to find the similarity that so many lie above. */
const PROBES = 50_000;

/**
 * @param floor pairs at or above it are all listed
 * @param areDifferent what looks said of the pairs; nothing where encoders are compared by what they propose
 */
export async function pairSample(
  photos: readonly SampledPhoto[],
  floor: number,
  searchPairs: SearchPairs,
  random: Random,
  areDifferent: AreDifferent = () => false,
): Promise<PairSample> {
  const matrix = toMatrix(photos);
  const from = Math.min(floor, levelOf(matrix, LISTED_ABOUT, random));
  const listed: SamplePair[] = [];
  const excluded = { ...NONE_EXCLUDED };
  for await (const { candidates } of searchPairs(matrix, from - roundingMargin(matrix.dimensions))) {
    for (const [row, column] of candidates) {
      const similarity = cosineOfRows(matrix.values, matrix.dimensions, row, column);
      if (similarity < from) continue;
      const [one, other] = [photos[row] as SampledPhoto, photos[column] as SampledPhoto];
      const reason = exclusionOf(one, other) ?? (areDifferent(one.id, other.id) ? "seenDifferent" : null);
      if (reason === null) listed.push({ first: column, second: row, similarity });
      else excluded[reason]++;
    }
  }
  const left = Object.values(excluded).reduce((sum, count) => sum + count, 0);
  return { listed, unlisted: allPairs(photos.length) - listed.length - left, excluded };
}

function toMatrix(photos: readonly SampledPhoto[]): VectorMatrix {
  const dimensions = photos[0]?.vector.length ?? 0;
  const values = new Float32Array(photos.length * dimensions);
  for (const [row, { vector }] of photos.entries()) values.set(vector, row * dimensions);
  return { values, dimensions, contentIds: photos.map(({ id }) => id), comparedRows: 0 };
}

/** The similarity that about so many pairs reach; -1 where there are no more. */
function levelOf({ values, dimensions, contentIds }: VectorMatrix, wanted: number, random: Random): number {
  const rows = contentIds.length;
  if (allPairs(rows) <= wanted) return -1;
  const probes = Float64Array.from({ length: PROBES }, () => {
    const row = 1 + Math.floor(random() * (rows - 1));
    return cosineOfRows(values, dimensions, row, (row + 1 + Math.floor(random() * (rows - 1))) % rows);
  });
  return probes.sort()[Math.floor(PROBES * (1 - wanted / allPairs(rows)))] as number;
}
