/**
 * The story of pruning up to the point where something would be touched: look for every photo that is known, and decide what to forget.
 */
import type { LibraryRoot } from "../../core/library/contents.ts";
import {
  choosePruned,
  type KnownPhoto,
  type PrunePlan,
  type PruneStore,
  type RootSurvey,
  type SurveyRoot,
} from "../../core/library/prune-plan.ts";

export interface PrunePorts {
  readonly roots: readonly LibraryRoot[];
  readonly survey: SurveyRoot;
  readonly store: PruneStore;
}

/** Calling this is safe: it reads, and nothing else. @param choice as in `choosePruned` */
export async function planPruning({ roots, survey, store }: PrunePorts, choice: { readonly force: boolean }): Promise<PrunePlan> {
  const surveys: RootSurvey[] = [];
  for (const root of roots) surveys.push(await survey(root, photosBelow(store, root.path)));
  const chosen = choosePruned(surveys, choice);
  return { ...chosen, contents: await store.contentsWithout(chosen.photos), folders: chosen.roots };
}

async function* photosBelow(store: PruneStore, root: string): AsyncGenerator<KnownPhoto> {
  for await (const page of store.photosBelow(root)) yield* page;
}
