/**
 * What was thrown away is remembered by its content: a phone that brings it back is told from a new photo.
 */
import type { HeldContent } from "../library/contents.ts";
import type { ContentHash } from "../units.ts";
import type { RunRecord } from "./journal.ts";

/** Contents that were moved or thrown away, each with the paths at which photos with the same bytes were to stay. */
export type RemovedContents = ReadonlyMap<ContentHash, ReadonlySet<string>>;

/** @param runs those of which nothing is left to undo count no more */
export function removedContents(runs: readonly RunRecord[]): RemovedContents {
  const removed = new Map<ContentHash, Set<string>>();
  const staying = new Map<ContentHash, Set<string>>();
  for (const { steps } of runs) {
    for (const { deed, state, keeper, stays } of steps) {
      const [file] = deed.kind === "move" ? deed.files : [];
      if (file === undefined) continue;
      const { sha256 } = file.file;
      // What stays is said by the first step of a content, be that one undone or not.
      add(staying, sha256, stays);
      if (state !== "done") continue;
      add(removed, sha256, []);
      if (keeper.sha256 === sha256) add(staying, sha256, [keeper.path]);
    }
  }
  return new Map([...removed.keys()].map((hash) => [hash, staying.get(hash) ?? new Set<string>()]));
}

/** How many photos are back. One that was to stay may have been renamed since, and is none of them. */
export function countReturned(removed: RemovedContents, held: ReadonlyMap<ContentHash, HeldContent>): number {
  let returned = 0;
  for (const [hash, staying] of removed) {
    const photos = held.get(hash)?.photos ?? [];
    const others = photos.filter(({ path }) => !staying.has(path)).length;
    returned += Math.max(0, Math.min(others, photos.length - staying.size));
  }
  return returned;
}

function add(map: Map<ContentHash, Set<string>>, hash: ContentHash, paths: readonly string[]): void {
  const known = map.get(hash) ?? new Set<string>();
  for (const path of paths) known.add(path);
  map.set(hash, known);
}
