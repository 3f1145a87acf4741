/**
 * UMAP (McInnes, Healy and Melville, UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction, 2018) in a thread of
 * its own: it computes for minutes where a library is large. Only user of umap-js.
 */
import { parentPort, workerData } from "node:worker_threads";
import { UMAP } from "umap-js";
import type { Plane } from "../../core/map/principal-plane.ts";
import type { NeighbourTable } from "../../core/search/neighbour-table.ts";
import { seededRandom } from "../../core/statistics/seeded-random.ts";

export interface UmapWorkerData {
  readonly neighbours: NeighbourTable;
  readonly start: Plane;
  readonly seed: number;
}

export type UmapMessage =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly plane: Plane };

/** Half the side of the square that the method starts from, as in its reference implementation. */
const START_SIDE = 10;
/** Breaks ties between contents that start at one place. */
const START_NOISE = 1e-3;
/** A distance of 0 is left out of the search for a content's scale, and contents with no other would make that quadratic. */
const LEAST_DISTANCE = 1e-9;

const { neighbours, start, seed } = workerData as UmapWorkerData;
const tell = (message: UmapMessage) => parentPort?.postMessage(message);

tell({ kind: "done", plane: layOut() });

function layOut(): Plane {
  const random = seededRandom(seed);
  const rowCount = start.x.length;
  // It counts a row among its own neighbours.
  const umap = new UMAP({ nComponents: 2, nNeighbors: neighbours.count + 1, minDist: 0.1, random });
  const { rows, distances } = withSelf(rowCount);
  umap.setPrecomputedKNN(rows, distances);
  // With neighbours known it reads nothing of the vectors but how many there are.
  const total = umap.initializeFit(Array.from({ length: rowCount }, () => []));
  const places = umap.getEmbedding();
  putAtStart(places, random);
  for (let done = 1; done <= total; done++) {
    umap.step();
    tell({ kind: "progress", done, total });
  }
  return { x: Float64Array.from(places, ([x]) => x as number), y: Float64Array.from(places, ([, y]) => y as number) };
}

function withSelf(rowCount: number): { readonly rows: number[][]; readonly distances: number[][] } {
  const { count } = neighbours;
  const rows: number[][] = [];
  const distances: number[][] = [];
  for (let row = 0; row < rowCount; row++) {
    const near = [row];
    const far = [0];
    for (let at = row * count; at < (row + 1) * count; at++) {
      near.push(neighbours.rows[at] as number);
      far.push(Math.max(LEAST_DISTANCE, 1 - (neighbours.similarities[at] as number)));
    }
    rows.push(near);
    distances.push(far);
  }
  return { rows, distances };
}

/** The places it starts from are random; it moves the very arrays that it hands out, so that others can be put there. */
function putAtStart(places: number[][], random: () => number): void {
  const reach = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = START_SIDE / (Math.max(reach(start.x), reach(start.y)) || 1);
  for (const [row, place] of places.entries()) {
    place[0] = (start.x[row] as number) * scale + (random() - 0.5) * START_NOISE;
    place[1] = (start.y[row] as number) * scale + (random() - 0.5) * START_NOISE;
  }
}
