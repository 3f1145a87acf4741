/**
 * Sets of what still stands: a photo that was changed, replaced or removed since it was scanned is the copy of nothing any more, and
 * whoever trusted it as a keeper would lose the last copy.
 */
import { touching } from "../../core/duplicates/confine.ts";
import { type ClusteredSets, clusterSets, type RankedContents, type SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import type { RankedContent } from "../../core/duplicates/keeper.ts";
import type { StalePhotos } from "../../core/duplicates/report.ts";
import type { LibraryContent, LibraryPhoto, Pair } from "../../core/library/contents.ts";
import { compareStamps } from "../../core/photos/file-stamp.ts";
import type { LookAt } from "../../core/photos/ports.ts";
import type { PhotoPath } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";

/** Enough to hide the latency of a network drive. */
const LOOKS_AT_ONCE = 64;

export interface StandingSets {
  readonly clustered: ClusteredSets;
  /** Without the photos that do not stand. */
  readonly contents: RankedContents;
  readonly stale: StalePhotos;
}

type Sight = "as-known" | keyof StalePhotos;

/**
 * Looks at the members of the sets alone, and forms the sets anew without those that do not stand, until all members do.
 * @param pairs all at or above the threshold
 * @param choice its folders are those that a set has to touch
 */
export async function clusterStanding(
  known: RankedContents,
  pairs: readonly Pair[],
  choice: SetChoice & { readonly folders: readonly string[] },
  lookAt: LookAt,
): Promise<StandingSets> {
  const sights = new Map<PhotoPath, Sight>();
  for (let contents = known; ; contents = withoutStale(contents, sights)) {
    const clustered = touching(clusterSets(contents, pairs, choice), contents, choice.folders);
    const unseen = membersOf(clustered, contents).filter(({ photo }) => !sights.has(photo.path));
    const look = async ({ content, photo }: Member) => ({ path: photo.path, sight: await sightOf(content, photo, lookAt) });
    let areAllAsKnown = true;
    for await (const { path, sight } of inParallel(unseen, LOOKS_AT_ONCE, look)) {
      sights.set(path, sight);
      if (sight !== "as-known") areAllAsKnown = false;
    }
    if (areAllAsKnown) return { clustered, contents, stale: countStale(sights) };
  }
}

interface Member {
  readonly content: LibraryContent;
  readonly photo: LibraryPhoto;
}

function membersOf({ copies, bursts }: ClusteredSets, contents: RankedContents): readonly Member[] {
  return [...copies, ...bursts]
    .flatMap(({ keeper, extras }) => [keeper, ...extras])
    .flatMap((id) => {
      const content = contents.get(id) as RankedContent;
      return content.photos.map((photo) => ({ content, photo }));
    });
}

async function sightOf({ bytes }: LibraryContent, photo: LibraryPhoto, lookAt: LookAt): Promise<Sight> {
  const now = await lookAt(photo.path);
  if (now === null) return "absent";
  return compareStamps({ ...photo, bytes }, now) === "same" ? "as-known" : "changed";
}

function withoutStale(contents: RankedContents, sights: ReadonlyMap<PhotoPath, Sight>): RankedContents {
  const stands = ({ path }: LibraryPhoto) => (sights.get(path) ?? "as-known") === "as-known";
  const standing = [...contents].map(([id, content]) => {
    const candidates = content.candidates.filter(({ photo }) => stands(photo));
    return [id, { ...content, photos: candidates.map(({ photo }) => photo), candidates }] as const;
  });
  return new Map(standing.filter(([, { photos }]) => photos.length > 0));
}

function countStale(sights: ReadonlyMap<PhotoPath, Sight>): StalePhotos {
  const counted = (wanted: Sight) => [...sights.values()].filter((sight) => sight === wanted).length;
  return { changed: counted("changed"), absent: counted("absent") };
}
