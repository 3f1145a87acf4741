/**
 * The story of a map: find each content's neighbours, lay the contents out so that neighbours stay together, and say of each place
 * which photos stand there.
 */
import type { DuplicateSet } from "../../core/duplicates/duplicate-sets.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { ContentId } from "../../core/library/contents.ts";
import { allOf } from "../../core/library/pages.ts";
import type { SearchNearest, VectorRows } from "../../core/library/vectors.ts";
import type { LibraryMap, MapPoint, MapSet } from "../../core/map/library-map.ts";
import type { LayOut, MapPhoto, MapStore } from "../../core/map/ports.ts";
import { type Plane, principalPlane, toUnitSquare } from "../../core/map/principal-plane.ts";
import { comparePaths } from "../../core/paths.ts";
import type { OnProgress } from "../../core/progress.ts";
import { emptyNeighbourTable, keepNearest, type NeighbourTable, outlierScores } from "../../core/search/neighbour-table.ts";

export interface MapPorts {
  readonly store: MapStore;
  readonly searchNearest: SearchNearest;
  readonly layOut: LayOut;
  readonly onProgress: OnProgress;
  readonly stop: AbortSignal;
}

/** As many as UMAP's authors look at, the content itself being one of their 15. */
const NEIGHBOURS = 14;
/** Fewer places have no shape that a layout could find. */
const FEWEST_TO_LAY_OUT = 4;

/**
 * @param report whose sets are drawn; of the same encoder
 * @param vectors may hold contents whose photos are missing: these are left out
 * @returns null when it was stopped
 */
export async function mapLibrary(
  ports: MapPorts,
  vectors: VectorRows,
  report: Pick<Report, "encoder" | "threshold" | "sets">,
  seed: number,
): Promise<LibraryMap | null> {
  const photos = photosByContent(await allOf(ports.store.photos()));
  const matrix = keepPresent(vectors, photos);
  const neighbours = await tabulateNeighbours(matrix, ports);
  if (neighbours === null) return null;
  const start = principalPlane(matrix);
  const plane = matrix.contentIds.length < FEWEST_TO_LAY_OUT ? start : await ports.layOut(neighbours, start, seed);
  if (plane === null) return null;
  const points = placePoints(matrix, photos, toUnitSquare(plane), outlierScores(neighbours));
  const indexOf = new Map(points.map(({ content }, index) => [content, index]));
  return {
    encoder: report.encoder,
    threshold: report.threshold,
    points: points.map(({ point }) => point),
    sets: report.sets.map((set) => toMapSet(set, indexOf)),
  };
}

function photosByContent(photos: Iterable<MapPhoto>): ReadonlyMap<ContentId, readonly MapPhoto[]> {
  const byContent = new Map<ContentId, MapPhoto[]>();
  for (const photo of photos) {
    const known = byContent.get(photo.content);
    if (known === undefined) byContent.set(photo.content, [photo]);
    else known.push(photo);
  }
  return byContent;
}

function keepPresent({ values, dimensions, contentIds }: VectorRows, photos: ReadonlyMap<ContentId, unknown>): VectorRows {
  if (contentIds.every((content) => photos.has(content))) return { values, dimensions, contentIds };
  const rows = contentIds.map((_, row) => row).filter((row) => photos.has(contentIds[row] as ContentId));
  const kept = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries()) kept.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  return { values: kept, dimensions, contentIds: rows.map((row) => contentIds[row] as ContentId) };
}

async function tabulateNeighbours(matrix: VectorRows, { searchNearest, onProgress, stop }: MapPorts): Promise<NeighbourTable | null> {
  const total = matrix.contentIds.length;
  // The layout counts a content among its own neighbours, and asks for more contents than neighbours.
  const neighbours = emptyNeighbourTable(total, Math.max(0, Math.min(NEIGHBOURS, total - 2)));
  const asked = Array.from({ length: total }, (_, row) => row);
  for await (const { done, candidates } of searchNearest(matrix, asked, neighbours.count)) {
    for (const { row, columns } of candidates) keepNearest(neighbours, matrix, row, columns);
    onProgress({ step: "neighbours", done, total });
    if (stop.aborted) return null;
  }
  return neighbours;
}

function placePoints(
  { contentIds }: VectorRows,
  photos: ReadonlyMap<ContentId, readonly MapPhoto[]>,
  { x, y }: Plane,
  outliers: Float64Array,
): readonly { readonly content: ContentId; readonly point: MapPoint }[] {
  return contentIds
    .map((content, row) => {
      const held = photos.get(content) as readonly MapPhoto[];
      const point = {
        x: x[row] as number,
        y: y[row] as number,
        photos: held.map(({ path }) => path),
        year: yearOf(held),
        outlierScore: outliers[row] ?? 0,
      };
      return { content, point };
    })
    .sort((one, other) => comparePaths(one.point.photos[0] as string, other.point.photos[0] as string));
}

function yearOf(photos: readonly MapPhoto[]): number | null {
  const taken = photos[0]?.takenAt ?? null;
  return taken === null ? null : new Date(taken.wallSeconds * 1000).getUTCFullYear();
}

function toMapSet({ kind, keeper, extras }: DuplicateSet, indexOf: ReadonlyMap<ContentId, number>): MapSet {
  const contents = new Set([keeper.content.id, ...extras.map(({ content }) => content.id)]);
  return { kind, points: [...contents].map((content) => indexOf.get(content) as number) };
}
