/**
 * Sets as a report on some folders lists them: what lies outside is shown, since it may be what is kept, and is never an extra.
 */

import type { ContentId, LibraryContent } from "../library/contents.ts";
import { isWithinAny } from "../paths.ts";
import type { SetKind } from "./classes.ts";
import type { Cluster } from "./clustering.ts";
import { type ClusteredSets, compareSets, type DuplicateSet } from "./duplicate-sets.ts";

/** The clusters with a photo in one of the folders; empty folders for all. */
export function touching(
  clustered: ClusteredSets,
  contents: ReadonlyMap<ContentId, LibraryContent>,
  folders: readonly string[],
): ClusteredSets {
  const touches = ({ keeper, extras }: Cluster) =>
    [keeper, ...extras].some((id) => contents.get(id)?.photos.some(({ path }) => isWithinAny(path, folders)));
  const kept = (kind: SetKind) => clustered[kind].filter(touches);
  return { copies: kept("copies"), altered: kept("altered"), undecided: kept("undecided"), burst: kept("burst") };
}

/** @param folders empty for the whole library */
export function confineSets(sets: readonly DuplicateSet[], folders: readonly string[]): readonly DuplicateSet[] {
  if (folders.length === 0) return sets;
  return sets.flatMap((set) => confine(set, folders)).sort(compareSets);
}

function confine(set: DuplicateSet, folders: readonly string[]): readonly DuplicateSet[] {
  const isInside = ({ photo }: { readonly photo: { readonly path: string } }) => isWithinAny(photo.path, folders);
  const extras = set.extras.filter(isInside);
  if (extras.length === 0 && !isInside(set.keeper)) return [];
  const reclaimableBytes = set.kind === "burst" ? 0 : extras.reduce((sum, extra) => sum + extra.content.bytes, 0);
  return [{ ...set, extras, reclaimableBytes, outside: set.extras.filter((extra) => !isInside(extra)) }];
}

/** Sets with a photo in one of the folders, whole, wherever the others lie. @param folders empty for all sets */
export function setsTouching(sets: readonly DuplicateSet[], folders: readonly string[]): readonly DuplicateSet[] {
  if (folders.length === 0) return sets;
  return sets.filter(({ keeper, extras, outside }) =>
    [keeper, ...extras, ...outside].some(({ photo }) => isWithinAny(photo.path, folders)),
  );
}
