/**
 * Sets that stand: of photos that are what they were, and that were seen to be the same.
 *
 * A photo that was changed, replaced or removed since it was scanned is the copy of nothing any more, and whoever trusted it as a keeper
 * would lose the last copy.
 */

import { SET_KINDS } from "../../core/duplicates/classes.ts";
import { touching } from "../../core/duplicates/confine.ts";
import { type ClusteredSets, clusterSets, type RankedContents, type SetChoice } from "../../core/duplicates/duplicate-sets.ts";
import { inKeeperOrder, type KeeperChoice, type RankedContent } from "../../core/duplicates/keeper.ts";
import type { StalePhotos } from "../../core/duplicates/report.ts";
import { type Evidence, pairsByFacts } from "../../core/duplicates/sort-pairs.ts";
import { viewsOf, withViews } from "../../core/duplicates/views.ts";
import type { ContentId, LibraryContent, LibraryPhoto, Pair } from "../../core/library/contents.ts";
import { inLookOrder, type LookStore } from "../../core/look/look-store.ts";
import { LooksSeen } from "../../core/look/looks-seen.ts";
import { comparePaths } from "../../core/paths.ts";
import { compareStamps } from "../../core/photos/file-stamp.ts";
import type { StampAt } from "../../core/photos/ports.ts";
import type { PhotoPath } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";
import type { LookMore, PairToLookAt } from "../look/look-at-pairs.ts";

/** Enough to hide the latency of a network drive. */
const STATS_AT_ONCE = 64;

/** What decides about pairs. */
export interface Deciding {
  /** What the library keeps of earlier looks; null where the encoder alone decides. */
  readonly kept: Pick<LookStore, "looksAt"> | null;
  readonly lookMore: LookMore;
  /** When it fires nothing more is looked at: what is left is as what cannot be read. */
  readonly stop: AbortSignal;
  /** As `Evidence.undecidedFrom`. */
  readonly undecidedFrom: number;
}

export interface SettledSets {
  readonly clustered: ClusteredSets;
  /** Without the photos that do not stand. */
  readonly contents: RankedContents;
  readonly stale: StalePhotos;
  /** What was asked for, kept or new; null where the encoder alone decided. */
  readonly looks: LooksSeen | null;
  /** Pairs that could not be looked at now. */
  readonly unreadable: number;
}

/** Of two photos that each have so many look-alikes which were seen to be others, the nearest first, no more is looked at. */
const MOST_OTHERS = 6;

type Standing = "as-known" | keyof StalePhotos;

/**
 * Forms sets, looks at what holds them together, and forms them anew with what was seen, until nothing is left to see. Each pair is looked
 * at once, so that it ends. What the library keeps is asked for in its turn like anything else: the sets are those of a library that nobody
 * has looked at before, wherever an earlier look was broken off. Of n photos alike it takes n looks where they are copies, and at most `MOST_OTHERS` times n where they are not.
 * @param pairs all at or above the threshold
 * @param choice its folders are those that a set has to touch
 * @param stampAt null for photos that were met just now
 */
export async function settleSets(
  known: RankedContents,
  pairs: readonly Pair[],
  { kept, lookMore, stop, undecidedFrom }: Deciding,
  choice: SetChoice & { readonly folders: readonly string[] },
  stampAt: StampAt | null,
): Promise<SettledSets> {
  const looks = kept === null ? null : new LooksSeen();
  const unreadable = new Set<string>();
  const isFutile = ({ a, b }: Pair) => looks !== null && Math.min(looks.differing(a), looks.differing(b)) >= MOST_OTHERS;
  const isUnreadable = ({ a, b }: Pair) =>
    stop.aborted || (unreadable.size > 0 && (unreadable.has(`${a} ${b}`) || unreadable.has(`${b} ${a}`)));
  const evidence: Evidence = { looks, undecidedFrom, isUnreadable, isFutile };
  const standings = new Map<PhotoPath, Standing>();
  let contents = known;
  let told = pairsByFacts(pairs, contents, choice.decided);
  for (;;) {
    const { clustered: all, toLookAt } = clusterSets(contents, told, evidence, choice);
    const clustered = touching(all, contents, choice.folders);
    if (stampAt !== null && !(await areAllAsKnown(membersOf(clustered, contents), standings, stampAt))) {
      contents = withoutStale(contents, standings, choice);
      told = pairsByFacts(pairs, contents, choice.decided);
      continue;
    }
    if (kept !== null && looks !== null && toLookAt.length > 0) {
      const unkept = await takeKept(nextToLookAt(toLookAt, looks, contents), kept, looks);
      const unseen = unkept.length === 0 ? [] : await lookMore(unkept, looks);
      for (const { one, other } of unseen) unreadable.add(`${one.id} ${other.id}`);
      // At once: what was seen to be a part, a screenshot or a captioned copy is not looked at from again.
      contents = withViews(contents, viewsOf(looks, contents), choice);
      continue;
    }
    return { clustered, contents, stale: countStale(standings), looks, unreadable: unreadable.size };
  }
}

/** The most similar first, and of each photo no more than may still be looked at: what these show may make the others futile. */
function nextToLookAt(pairs: readonly Pair[], looks: LooksSeen, contents: RankedContents): readonly PairToLookAt[] {
  const left = new Map<ContentId, number>();
  const leftOf = (id: ContentId) => left.get(id) ?? MOST_OTHERS - looks.differing(id);
  const content = (id: ContentId) => contents.get(id) as RankedContent;
  // By hash where two are equally similar: ids are given in the order in which photos were read.
  const ordered = pairs.map(({ a, b, similarity }) => ({ ...inLookOrder(content(a), content(b)), similarity }));
  ordered.sort(
    (first, second) =>
      second.similarity - first.similarity ||
      comparePaths(first.one.hash, second.one.hash) ||
      comparePaths(first.other.hash, second.other.hash),
  );
  return ordered.filter(({ one, other }) => {
    const [ofOne, ofOther] = [leftOf(one.id), leftOf(other.id)];
    if (ofOne <= 0 && ofOther <= 0) return false;
    left.set(one.id, ofOne - 1);
    left.set(other.id, ofOther - 1);
    return true;
  });
}

/** @returns pairs of which nothing is kept */
async function takeKept(
  pairs: readonly PairToLookAt[],
  kept: Pick<LookStore, "looksAt">,
  looks: LooksSeen,
): Promise<readonly PairToLookAt[]> {
  for (const look of await kept.looksAt(pairs.map(({ one, other }) => ({ one: one.id, other: other.id })))) looks.add(look);
  return pairs.filter(({ one, other }) => !looks.has(one.id, other.id));
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

function withoutStale(contents: RankedContents, standings: ReadonlyMap<PhotoPath, Standing>, choice: KeeperChoice): RankedContents {
  const stands = ({ path }: LibraryPhoto) => (standings.get(path) ?? "as-known") === "as-known";
  const standing = [...contents.values()].map((content) => {
    const candidates = content.candidates.filter(({ photo }) => stands(photo));
    return { ...content, photos: candidates.map(({ photo }) => photo), candidates };
  });
  return inKeeperOrder(
    standing.filter(({ photos }) => photos.length > 0),
    choice,
  );
}

function countStale(standings: ReadonlyMap<PhotoPath, Standing>): StalePhotos {
  const counted = (wanted: Standing) => [...standings.values()].filter((standing) => standing === wanted).length;
  return { changed: counted("changed"), absent: counted("absent") };
}
