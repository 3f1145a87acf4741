/**
 * From the library's contents and pairs to sets a person can act on: one keeper and the photos it makes redundant.
 */
import type { ContentId, LibraryContent, LibraryPhoto, Pair } from "../library/contents.ts";
import type { LooksSeen } from "../look/looks-seen.ts";
import type { Look } from "../look/verdict.ts";
import { comparePaths, isWithin } from "../paths.ts";
import { areDifferentExposures } from "../photos/exposure.ts";
import type { CompanionFile } from "../photos/photo.ts";
import type { Similarity } from "../units.ts";
import { type ExtraClass, SET_KINDS, type SetKind } from "./classes.ts";
import { type Cluster, cluster, type Linkage } from "./clustering.ts";
import type { DecidedPairs } from "./decided-pairs.ts";
import { pairsOfHubs } from "./hubs.ts";
import { compareKeepers, isProtected, type KeeperChoice, type KeeperReason, keeperReason, type RankedContent } from "./keeper.ts";
import { type Candidate, partedCompanions } from "./merits.ts";
import { type Evidence, haveEqualPixels, type PairsByFacts, pairsByFacts, sortPairs } from "./sort-pairs.ts";

export interface DuplicateSet {
  readonly kind: SetKind;
  readonly keeper: Candidate;
  readonly keeperReason: KeeperReason;
  /** At least one, but in a report on some folders: none of what lies outside them is one. */
  readonly extras: readonly Extra[];
  /** What stays all the same, since it lies outside the folders that the report is about. */
  readonly outside: readonly Extra[];
  /** Lowest similarity of any two members, the keeper among them. */
  readonly lowestSimilarity: Similarity;
  /** Bytes that removing every extra would free; zero for a burst, whose photos are no copies. */
  readonly reclaimableBytes: number;
}

export interface Extra extends Candidate {
  readonly class: ExtraClass;
  /** To the keeper. */
  readonly similarity: Similarity;
  /** At the keeper and at this, in this order; null where nobody looked, since bytes or pixels are equal, or could not. */
  readonly look: Look | null;
  /** Its companions for which the keeper has no equal: they would be left without a picture if the extra went. */
  readonly parted: readonly CompanionFile[];
}

export interface SetChoice extends KeeperChoice {
  readonly linkage: Linkage;
  /** Only sets whose members lie under at least two of these folders; null for all sets. */
  readonly acrossRoots: readonly string[] | null;
  readonly decided: DecidedPairs;
}

/** Similarity of any two contents of the library, below the floor too. */
export type SimilarityOf = (one: ContentId, other: ContentId) => Similarity;

/** Clusters of contents, before it is known which photos of theirs stay. */
export type ClusteredSets = Readonly<Record<SetKind, readonly Cluster[]>>;

/** As a report reads them, the one whose best photo is the best keeper first; `rankContents` makes them. */
export type RankedContents = ReadonlyMap<ContentId, RankedContent>;

/** `clusterSets` and `buildSets` in one, where every similarity is at hand and every look was taken. */
export function findSets(
  contents: RankedContents,
  pairs: readonly Pair[],
  similarityOf: SimilarityOf,
  evidence: Evidence,
  choice: SetChoice,
): readonly DuplicateSet[] {
  const told = pairsByFacts(pairs, contents, choice.decided);
  return buildSets(clusterSets(contents, told, evidence, choice).clustered, contents, similarityOf, evidence.looks, choice);
}

export interface Clustering {
  readonly clustered: ClusteredSets;
  /** Pairs that hold the clusters together and were not looked at yet: once there are none, the clusters stand. */
  readonly toLookAt: readonly Pair[];
}

/**
 * Copies first; then each kind among what those before it leave: a photo is an extra once. What was not looked at is taken for a copy, so
 * that only what matters is looked at: a keeper's pairs, or at first those of what is nearest to all, and not those among the extras. Linear
 * in the pairs, but for sorting them.
 * @param pairs of these contents, all at or above the threshold
 */
export function clusterSets(contents: RankedContents, pairs: PairsByFacts, evidence: Evidence, choice: SetChoice): Clustering {
  const sorted = sortPairs(pairs, evidence);
  const copies = clusterContents([...sorted.copies, ...sorted.unseen], contents, choice, "copies");
  const extras = new Set(copies.flatMap((found) => found.extras));
  const later = (kind: Exclude<SetKind, "copies">): readonly Cluster[] => {
    const standing = sorted[kind].filter((pair) => !extras.has(pair.a) && !extras.has(pair.b));
    const found = clusterContents(standing, contents, { ...choice, linkage: "star" }, kind);
    for (const id of found.flatMap((cluster) => cluster.extras)) extras.add(id);
    return found;
  };
  const [altered, undecided] = [later("altered"), later("undecided")];
  const burst = later("burst");

  const clustered = new Set(copies.flatMap((found) => [found.keeper, ...found.extras]));
  const sameBytesOnly = [...contents.values()]
    .filter((content) => content.photos.length > 1 && !clustered.has(content.id))
    .map((content): Cluster => ({ keeper: content.id, extras: [] }));
  const toLookAt = choice.linkage === "star" ? pairsOfHubs(copies, pairs.open, sorted.unseen) : sorted.unseen;
  return { clustered: { copies: [...copies, ...sameBytesOnly], altered, undecided, burst }, toLookAt };
}

/** Those in which `buildSets` asks for similarities. */
export function clustersOfSeveral(clustered: ClusteredSets): readonly Cluster[] {
  return SET_KINDS.flatMap((kind) => clustered[kind]).filter(({ extras }) => extras.length > 0);
}

/**
 * Kind by kind, copies first; in each the set with the most reclaimable bytes stands first, then in path order.
 * @param similarityOf asked only for members of one set
 */
export function buildSets(
  clustered: ClusteredSets,
  contents: RankedContents,
  similarityOf: SimilarityOf,
  looks: LooksSeen | null,
  choice: SetChoice,
): readonly DuplicateSet[] {
  return SET_KINDS.flatMap((kind) => clustered[kind].flatMap((found) => toSet(kind, found, contents, similarityOf, looks, choice)))
    .filter((set) => choice.acrossRoots === null || rootsSpanned(set, choice.acrossRoots) > 1)
    .sort(compareSets);
}

function clusterContents(pairs: readonly Pair[], contents: RankedContents, choice: SetChoice, kind: SetKind): readonly Cluster[] {
  if (pairs.length === 0) return [];
  const content = (id: ContentId) => contents.get(id) as RankedContent;
  const paired = new Set<ContentId>();
  for (const { a, b } of pairs) paired.add(a).add(b);
  const ids = [...contents.keys()].filter((id) => paired.has(id));
  const mayShareCluster = (one: ContentId, other: ContentId) => {
    const verdict = choice.decided.verdictOf(one, other);
    return verdict === null ? kind === "burst" || !areDifferentExposures(content(one).facts, content(other).facts) : verdict === "same";
  };
  // Of two files of one picture one had its clock corrected: a copy of the other, which has its time, is a copy of both.
  const areBothOf = (keeper: ContentId, one: ContentId, other: ContentId) => {
    const isCorrected = (double: ContentId, copy: ContentId) =>
      haveEqualPixels(content(keeper), content(double)) && haveOneClock(content(keeper), content(copy));
    return choice.decided.verdictOf(one, other) === null && (isCorrected(one, other) || isCorrected(other, one));
  };
  return cluster({ ids, pairs, mayShareCluster, areBothOf }, choice.linkage);
}

/** Whether both say when they were taken, and with what; that the times are one is asked elsewhere. */
function haveOneClock({ facts: { exposure: one } }: LibraryContent, { facts: { exposure: other } }: LibraryContent): boolean {
  return one.takenAt !== null && other.takenAt !== null && one.camera !== null && one.camera === other.camera;
}

/** No set where every photo but one is protected, or where a burst has one photo left. */
function toSet(
  kind: SetKind,
  found: Cluster,
  contents: RankedContents,
  similarityOf: SimilarityOf,
  looks: LooksSeen | null,
  choice: SetChoice,
): readonly DuplicateSet[] {
  const photosOf = (id: ContentId) => (contents.get(id) as RankedContent).candidates;
  const [keeper, ...copies] = photosOf(found.keeper) as [Candidate, ...Candidate[]];
  const similarityToKeeper = (id: ContentId) => (id === found.keeper ? (1 as Similarity) : similarityOf(found.keeper, id));
  // Further photos of one content are copies, and listed as such.
  const others =
    kind === "copies" ? [...copies, ...found.extras.flatMap(photosOf)] : found.extras.flatMap((id) => photosOf(id).slice(0, 1));
  const extras = others
    .filter(({ photo }) => kind === "burst" || !isProtected(choice, photo))
    .map(
      (extra): Extra => ({
        ...extra,
        class: classOf(kind, keeper.content, extra.content),
        similarity: similarityToKeeper(extra.content.id),
        look: looks?.of(found.keeper, extra.content.id) ?? null,
        parted: partedCompanions(extra, keeper),
      }),
    );
  const runnerUp = [...extras].sort(compareKeepers(choice))[0];
  if (runnerUp === undefined) return [];
  return [
    {
      kind,
      keeper,
      keeperReason: keeperReason(choice, keeper, runnerUp),
      outside: [],
      extras: extras.sort((one, other) => other.similarity - one.similarity || comparePaths(one.photo.path, other.photo.path)),
      lowestSimilarity: lowestSimilarity([...new Set([found.keeper, ...extras.map((extra) => extra.content.id)])], similarityOf),
      reclaimableBytes: kind === "burst" ? 0 : extras.reduce((sum, extra) => sum + extra.content.bytes, 0),
    },
  ];
}

function classOf(kind: SetKind, keeper: LibraryContent, extra: LibraryContent): ExtraClass {
  if (kind !== "copies") return kind;
  if (extra.id === keeper.id) return "same-bytes";
  return haveEqualPixels(keeper, extra) ? "same-pixels" : "same-picture";
}

/** Over all pairs of members, not only those with the keeper. */
function lowestSimilarity(ids: readonly ContentId[], similarityOf: SimilarityOf): Similarity {
  let lowest = 1 as Similarity;
  for (const [index, one] of ids.entries()) {
    for (const other of ids.slice(index + 1)) {
      const found = similarityOf(one, other);
      if (found < lowest) lowest = found;
    }
  }
  return lowest;
}

function rootsSpanned(set: DuplicateSet, roots: readonly string[]): number {
  const rootOf = (photo: LibraryPhoto) => roots.filter((root) => isWithin(photo.path, root)).sort((a, b) => b.length - a.length)[0];
  return new Set([set.keeper, ...set.extras].map(({ photo }) => rootOf(photo)).filter((root) => root !== undefined)).size;
}

/** Kind by kind, those with the most reclaimable bytes first, then in path order. */
export function compareSets(one: DuplicateSet, other: DuplicateSet): number {
  return (
    SET_KINDS.indexOf(one.kind) - SET_KINDS.indexOf(other.kind) ||
    other.reclaimableBytes - one.reclaimableBytes ||
    comparePaths(one.keeper.photo.path, other.keeper.photo.path)
  );
}
