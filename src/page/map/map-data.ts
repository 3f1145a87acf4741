/**
 * The map as the page works with it: one typed array for each property, since fifty thousand points are drawn sixty times a second.
 */
import type { MapColor, MapSet } from "../../core/map/library-map.ts";
import type { MapPayload, ThumbnailPayload } from "../../core/map/map-payload.ts";
import { fromBase64 } from "../../core/text/base64.ts";
import { frontDecode } from "../../core/text/front-coding.ts";

export interface MapData {
  readonly count: number;
  /** In [0, 1], as `y`. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly folderNames: readonly string[];
  readonly folderOf: Uint8Array;
  /** 0 where no photo says. */
  readonly years: Uint16Array;
  readonly outlierScores: Float32Array;
  readonly sets: readonly MapSet[];
  /** Index of each point's set; -1 for none. */
  readonly setOf: Int32Array;
  readonly thumbnails: ThumbnailPayload | null;
  readonly color: MapColor;
  /** Paths of the photos that stand at a point; at least one. */
  photosOf(point: number): readonly string[];
}

export function readMapData(payload: MapPayload): MapData {
  const places = new Float32Array(fromBase64(payload.places).buffer);
  const count = places.length / 2;
  const paths = frontDecode(payload.paths);
  const first = runningSum(new Uint32Array(fromBase64(payload.photoCounts).buffer));
  return {
    count,
    x: Float32Array.from({ length: count }, (_, point) => places[2 * point] as number),
    y: Float32Array.from({ length: count }, (_, point) => places[2 * point + 1] as number),
    folderNames: payload.folders.names,
    folderOf: fromBase64(payload.folders.groupOf),
    years: new Uint16Array(fromBase64(payload.years).buffer),
    outlierScores: new Float32Array(fromBase64(payload.outlierScores).buffer),
    sets: payload.sets,
    setOf: setOfEach(payload.sets, count),
    thumbnails: payload.thumbnails,
    color: payload.color,
    photosOf: (point) => paths.slice(first[point], first[point + 1]),
  };
}

function runningSum(counts: Uint32Array): Uint32Array {
  const sums = new Uint32Array(counts.length + 1);
  for (const [i, count] of counts.entries()) sums[i + 1] = (sums[i] as number) + count;
  return sums;
}

/** A set of copies goes before a burst that has a photo in common with it. */
function setOfEach(sets: readonly MapSet[], count: number): Int32Array {
  const setOf = new Int32Array(count).fill(-1);
  for (const [index, { points }] of sets.entries()) for (const point of points) if (setOf[point] === -1) setOf[point] = index;
  return setOf;
}
