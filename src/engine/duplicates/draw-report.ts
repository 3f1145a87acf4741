/**
 * The sets of a report with small pictures of their photos.
 */
import { type DrawnSet, pictureEdge } from "../../core/duplicates/drawn-set.ts";
import type { DuplicateSet } from "../../core/duplicates/duplicate-sets.ts";
import type { Run } from "../../core/run.ts";
import { createPictureDrawer } from "../../io/pages/small-pictures.ts";
import { drawSets } from "../../pipeline/duplicates/draw-sets.ts";

/** @param bytes that all pictures may take together, as they are */
export async function* drawReport(
  sets: readonly DuplicateSet[],
  bytes: number,
  threads: number,
  { onProgress, signal }: Run,
): AsyncGenerator<DrawnSet> {
  const drawer = createPictureDrawer(pictureEdge(sets, bytes));
  try {
    yield* drawSets(sets, bytes, { draw: drawer.draw, onProgress, parallel: threads * 2, stop: signal });
  } finally {
    await drawer.close();
  }
}
