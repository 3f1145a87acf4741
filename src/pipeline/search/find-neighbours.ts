/**
 * The story of the neighbours: what has a pair is read from the library; only contents without one are compared again,
 * with all, since their nearest lies below the floor down to which pairs are kept.
 */
import type { ReportStore } from "../../core/duplicates/report-store.ts";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { cosineOfRows } from "../../core/encoders/similarity.ts";
import { type ContentId, narrowTo, type Pair } from "../../core/library/contents.ts";
import { allOf } from "../../core/library/pages.ts";
import type { SearchNearest, VectorRows } from "../../core/library/vectors.ts";
import type { LooksSeen } from "../../core/look/looks-seen.ts";
import { isWithinAny } from "../../core/paths.ts";
import type { OnProgress } from "../../core/progress.ts";
import {
  areNearDuplicates,
  type CompareContents,
  contentsByPath,
  contentsWithCopies,
  folderDensities,
  type IsolatedPhoto,
  type NeighbourReport,
  Neighbours,
} from "../../core/search/neighbour-report.ts";
import type { PhotoOfContent, SearchStore } from "../../core/search/search-store.ts";
import { TopK } from "../../core/search/top-k.ts";

export interface NeighbourPorts {
  /** What was seen of the pairs, if it was. */
  readonly looks: LooksSeen;
  readonly pairs: Pick<ReportStore, "pairsAtOrAbove">;
  readonly store: SearchStore;
  readonly searchNearest: SearchNearest;
  readonly onProgress: OnProgress;
  readonly stop: AbortSignal;
}

export interface NeighbourChoice {
  readonly threshold: NeighbourReport["threshold"];
  /** Photos outside are not looked at; empty for the whole library. */
  readonly folders: readonly string[];
  readonly count: number;
}

/** @returns null when it was stopped */
export async function findNeighbours(
  ports: NeighbourPorts,
  encoder: ChosenEncoder,
  uncomparedCount: number,
  choice: NeighbourChoice,
): Promise<NeighbourReport | null> {
  const photos = await photosIn(ports.store, choice.folders);
  const ids = new Set(photos.map(({ content }) => content));
  const withCopies = contentsWithCopies(photos);
  const compare = contentsByPath(photos);
  const neighbours = new Neighbours(compare);
  const near = new Set<ContentId>();
  const { floor } = encoder.spec.threshold;
  for await (const page of ports.pairs.pairsAtOrAbove(floor)) {
    for (const pair of page) {
      if (!ids.has(pair.a) || !ids.has(pair.b)) continue;
      neighbours.offer(pair);
      if (areNearDuplicates(pair, ports.looks.verdictOf(pair.a, pair.b), choice.threshold)) near.add(pair.a).add(pair.b);
    }
  }
  const unpaired = [...ids].filter((id) => !withCopies.has(id) && neighbours.of(id) === null);
  if (!(await compareUnpaired(ports, encoder, ids, new Set(unpaired), neighbours))) return null;
  const hasNearDuplicate = (id: ContentId) => withCopies.has(id) || near.has(id);
  const densities = folderDensities(photos, hasNearDuplicate);
  return {
    encoder: nameEncoder(encoder),
    threshold: choice.threshold,
    photoCount: photos.length,
    uncomparedCount,
    isolated: await leastSimilar(
      [...ids].filter((id) => !withCopies.has(id)),
      neighbours,
      compare,
      ports.store,
      choice,
    ),
    nearDuplicateCount: densities.reduce((sum, { nearDuplicates }) => sum + nearDuplicates, 0),
    folders: densities.slice(0, choice.count),
    folderCount: densities.length,
  };
}

async function photosIn(store: SearchStore, folders: readonly string[]): Promise<readonly PhotoOfContent[]> {
  return (await allOf(store.photos())).filter(({ path }) => isWithinAny(path, folders));
}

/** @returns whether all of them were compared */
async function compareUnpaired(
  { store, searchNearest, onProgress, stop }: NeighbourPorts,
  encoder: ChosenEncoder,
  ids: ReadonlySet<ContentId>,
  unpaired: ReadonlySet<ContentId>,
  neighbours: Neighbours,
): Promise<boolean> {
  if (unpaired.size === 0) return true;
  const matrix = await gather(store, ids, encoder.spec.image.dimensions);
  const { values, dimensions, contentIds } = matrix;
  const asked = contentIds.flatMap((id, row) => (unpaired.has(id) ? [row] : []));
  for await (const { done, candidates } of searchNearest(matrix, asked, 1)) {
    for (const { row, columns } of candidates) {
      for (const column of columns) {
        if (row === column) continue;
        const [a, b] = [contentIds[row] as ContentId, contentIds[column] as ContentId];
        neighbours.offer({ a, b, similarity: cosineOfRows(values, dimensions, row, column) });
      }
    }
    onProgress({ step: "compare", done, total: asked.length });
    if (stop.aborted) return false;
  }
  return true;
}

/** The embeddings of these contents, once. */
async function gather(store: SearchStore, ids: ReadonlySet<ContentId>, dimensions: number): Promise<VectorRows> {
  const values = new Float32Array(ids.size * dimensions);
  const contentIds: ContentId[] = [];
  for await (const block of store.vectors()) {
    for (const [row, stored] of block.contentIds.entries()) {
      const id = stored as ContentId;
      // A scan that runs meanwhile may have added some.
      if (!ids.has(id) || contentIds.length === ids.size) continue;
      values.set(block.values.subarray(row * dimensions, (row + 1) * dimensions), contentIds.length * dimensions);
      contentIds.push(id);
    }
  }
  return { values, dimensions, contentIds };
}

async function leastSimilar(
  candidates: readonly ContentId[],
  neighbours: Neighbours,
  compare: CompareContents,
  store: SearchStore,
  { count, folders }: NeighbourChoice,
): Promise<readonly IsolatedPhoto[]> {
  const least = new TopK<Pair>(count, (one, other) => one.similarity - other.similarity || compare(one.a, other.a));
  for (const a of candidates) {
    const found = neighbours.of(a);
    if (found !== null) least.add({ a, b: found.nearest, similarity: found.similarity });
  }
  const pairs = least.sorted();
  const contents = await store.contents([...new Set(pairs.flatMap(({ a, b }) => [a, b]))]);
  return pairs.flatMap(({ a, b, similarity }) => {
    const [content, nearest] = [contents.get(a), contents.get(b)];
    if (content === undefined || nearest === undefined) return [];
    return [{ content: narrowTo(content, folders), nearest: narrowTo(nearest, folders), similarity }];
  });
}
