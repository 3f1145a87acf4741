/**
 * The library as `prune` sees it.
 */
import type { KnownPlace, PrunePlan } from "./library-status.ts";

export interface PruneStore {
  /** Every photo known below the root, in path order, a page at a time. */
  photosBelow(root: string): AsyncIterable<readonly KnownPlace[]>;
  /**
   * Forgets the photos, and every content that no photo holds any more, with its vectors and pairs.
   * @param roots forgotten too, with what was found and not compared below them
   * @param dryRun counts and keeps everything
   */
  forget(
    paths: readonly string[],
    roots: readonly string[],
    options: { readonly dryRun: boolean },
  ): Promise<Pick<PrunePlan, "photos" | "contents">>;
}
