/**
 * The threshold and the floor that an adapted encoder comes with: a threshold never travels between encoders.
 */
import { evaluatePairs } from "../calibration/calibration.ts";
import type { EncoderSpec } from "../encoders/encoder.ts";
import { applyMap, type LinearMap } from "../encoders/linear-map.ts";
import { cosine } from "../encoders/similarity.ts";
import type { ReviewablePair } from "../pairs/labelled-pair.ts";

/** Of all pairs of a library, those kept at least: a calibration learns from them how unrelated pairs thin out. */
const KEPT_AT_LEAST = 1 / 2000;
/** Between the floor and the threshold: reports can be asked for a lower one. */
const ROOM_BELOW = 0.05;
const FLOOR_STEP = 0.01;

/**
 * The threshold by the rule of `calibrate`. The floor keeps as large a share of a library's pairs as the plain encoder's
 * floor does, or more where the threshold lies deep.
 * @param heldOut pairs, each with the similarity under a map that was learned without its photos: a map's own pairs look better
 * @param sample vectors of the plain encoder
 */
export function adaptedThreshold(
  heldOut: readonly ReviewablePair[],
  precision: number,
  map: LinearMap,
  sample: readonly Float32Array[],
  plainFloor: number,
): EncoderSpec["threshold"] {
  const { guaranteed, observed } = evaluatePairs(heldOut, precision, { floor: -1, value: -1 }).threshold;
  const value = Math.max(FLOOR_STEP, guaranteed ?? observed ?? aboveAllDifferent(heldOut));
  const floor = Math.min(floorLike(plainFloor, map, sample), value - ROOM_BELOW);
  return { value, floor: Math.max(0, Math.floor(floor / FLOOR_STEP) / Math.round(1 / FLOOR_STEP)), origin: "labels" };
}

function aboveAllDifferent(pairs: readonly ReviewablePair[]): number {
  const highest = Math.max(...pairs.filter(({ same }) => !same).map(({ similarity }) => similarity));
  return Math.min(1, highest + FLOOR_STEP / 100);
}

/** The similarity under the map that as many pairs reach as reach the floor without it. */
function floorLike(plainFloor: number, map: LinearMap, sample: readonly Float32Array[]): number {
  const plain = similarities(sample);
  const kept = Math.max(
    plain.reduce((count, value) => count + (value >= plainFloor ? 1 : 0), 0),
    Math.ceil(plain.length * KEPT_AT_LEAST),
  );
  const rising = similarities(sample.map((vector) => applyMap(map, vector))).sort();
  return rising[rising.length - kept] ?? plainFloor;
}

function similarities(vectors: readonly Float32Array[]): Float64Array {
  const values = new Float64Array((vectors.length * (vectors.length - 1)) / 2);
  let at = 0;
  for (const [index, one] of vectors.entries()) {
    for (let other = 0; other < index; other++) values[at++] = cosine(one, vectors[other] as Float32Array);
  }
  return values;
}
