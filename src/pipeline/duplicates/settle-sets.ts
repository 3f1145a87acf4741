/**
 * Sets that stand: of photos that are what they were, and that were seen to be the same.
 *
 * A photo that was changed, replaced or removed since it was scanned is the copy of nothing any more, and whoever trusted it as a keeper
 * would lose the last copy.
 */

import { SET_KINDS } from "../../core/duplicates/classes.ts";
import { touching } from "../../core/duplicates/confine.ts";
import { type ClusteredSets, clusterSets, type RankedContents, type SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import type { RankedContent } from "../../core/duplicates/keeper.ts";
import type { StalePhotos } from "../../core/duplicates/report.ts";
import type { Evidence } from "../../core/duplicates/sort-pairs.ts";
import { viewsOf, withViews } from "../../core/duplicates/views.ts";
import type { LibraryContent, LibraryPhoto, Pair } from "../../core/library/contents.ts";
import type { LooksSeen } from "../../core/look/looks-seen.ts";
import { compareStamps } from "../../core/photos/file-stamp.ts";
import type { StampAt } from "../../core/photos/ports.ts";
import type { PhotoPath } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";
import type { LookMore } from "../look/look-at-pairs.ts";

/** Enough to hide the latency of a network drive. */
const STATS_AT_ONCE = 64;

/** What decides about pairs. */
export interface Deciding {
  /** What was seen so far, and what is seen here; null where the encoder alone decides. */
  readonly looks: LooksSeen | null;
  readonly lookMore: LookMore;
  /** As `Evidence.undecidedFrom`. */
  readonly undecidedFrom: number;
}

export interface SettledSets {
  readonly clustered: ClusteredSets;
  /** Without the photos that do not stand. */
  readonly contents: RankedContents;
  readonly stale: StalePhotos;
  /** Pairs that could not be looked at now. */
  readonly unreadable: number;
}

type Standing = "as-known" | keyof StalePhotos;

/**
 * Forms sets, looks at what holds them together, and forms them anew with what was seen, until nothing is left to see. Each pair is looked
 * at once, so that it ends; of n photos alike it takes n looks where they are copies.
 * @param pairs all at or above the threshold
 * @param choice its folders are those that a set has to touch
 * @param stampAt null for photos that were met just now
 */
export async function settleSets(
  known: RankedContents,
  pairs: readonly Pair[],
  { looks, lookMore, undecidedFrom }: Deciding,
  choice: SetChoice & { readonly folders: readonly string[] },
  stampAt: StampAt | null,
): Promise<SettledSets> {
  const unreadable = new Set<string>();
  const evidence: Evidence = {
    looks,
    undecidedFrom,
    isUnreadable: ({ a, b }) => unreadable.has(`${a} ${b}`) || unreadable.has(`${b} ${a}`),
  };
  const standings = new Map<PhotoPath, Standing>();
  let contents = known;
  for (;;) {
    const { clustered: all, toLookAt } = clusterSets(contents, pairs, evidence, choice);
    const clustered = touching(all, contents, choice.folders);
    if (stampAt !== null && !(await areAllAsKnown(membersOf(clustered, contents), standings, stampAt))) {
      contents = withoutStale(contents, standings);
      continue;
    }
    if (looks !== null && toLookAt.length > 0) {
      const asked = toLookAt.map(({ a, b }) => ({ one: contents.get(a) as RankedContent, other: contents.get(b) as RankedContent }));
      for (const { one, other } of await lookMore(asked, looks)) unreadable.add(`${one.id} ${other.id}`);
      continue;
    }
    const viewed = looks === null ? contents : withViews(contents, viewsOf(looks, contents));
    if (viewed === contents) return { clustered, contents, stale: countStale(standings), unreadable: unreadable.size };
    contents = viewed;
  }
}

interface Member {
  readonly content: LibraryContent;
  readonly photo: LibraryPhoto;
}

function membersOf(clustered: ClusteredSets, contents: RankedContents): readonly Member[] {
  return SET_KINDS.flatMap((kind) => clustered[kind])
    .flatMap(({ keeper, extras }) => [keeper, ...extras])
    .flatMap((id) => {
      const content = contents.get(id) as RankedContent;
      return content.photos.map((photo) => ({ content, photo }));
    });
}

/** Asks about those that were not asked about yet. */
async function areAllAsKnown(members: readonly Member[], standings: Map<PhotoPath, Standing>, stampAt: StampAt): Promise<boolean> {
  const unasked = members.filter(({ photo }) => !standings.has(photo.path));
  const ask = async ({ content, photo }: Member) => ({ path: photo.path, standing: await standingOf(content, photo, stampAt) });
  let result = true;
  for await (const { path, standing } of inParallel(unasked, STATS_AT_ONCE, ask)) {
    standings.set(path, standing);
    if (standing !== "as-known") result = false;
  }
  return result;
}

async function standingOf({ bytes }: LibraryContent, photo: LibraryPhoto, stampAt: StampAt): Promise<Standing> {
  const now = await stampAt(photo.path);
  if (now === null) return "absent";
  return compareStamps({ ...photo, bytes }, now) === "same" ? "as-known" : "changed";
}

function withoutStale(contents: RankedContents, standings: ReadonlyMap<PhotoPath, Standing>): RankedContents {
  const stands = ({ path }: LibraryPhoto) => (standings.get(path) ?? "as-known") === "as-known";
  const standing = [...contents].map(([id, content]) => {
    const candidates = content.candidates.filter(({ photo }) => stands(photo));
    return [id, { ...content, photos: candidates.map(({ photo }) => photo), candidates }] as const;
  });
  return new Map(standing.filter(([, { photos }]) => photos.length > 0));
}

function countStale(standings: ReadonlyMap<PhotoPath, Standing>): StalePhotos {
  const counted = (wanted: Standing) => [...standings.values()].filter((standing) => standing === wanted).length;
  return { changed: counted("changed"), absent: counted("absent") };
}
